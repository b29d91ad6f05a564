// Builds the front end into templates/static: one style sheet, the scripts, the pictures. No network, no bundler.
// Run it with `npm run build` (or `make assets`) after `npm ci`.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const modules = join(root, "node_modules");
const out = join(here, "..", "static");

// Files are replaced one by one and what is left over goes last: a program being built meanwhile still finds them all.
const kept = new Set([".gitkeep"]);
function put(name, content) {
  kept.add(name);
  const next = join(out, `${name}.next`);
  writeFileSync(next, content);
  renameSync(next, join(out, name));
}

mkdirSync(out, { recursive: true });

// The library's pictures that its style sheet names stand beside it, in the one folder.
const css = sass.compile(join(here, "scss", "ssph.scss"), {
  loadPaths: [modules],
  style: "compressed",
  quietDeps: true,
}).css.replaceAll("/static/images/", "/static/");
for (const [, name] of css.matchAll(/url\("?\/static\/([\w.-]+)"?\)/g)) {
  put(name, readFileSync(join(modules, "nhsuk-frontend", "dist", "nhsuk", "assets", "images", name)));
}
const remote = css.match(/(https?:)?\/\/[a-z0-9.-]+\.[a-z]{2,}/gi)?.filter((url) => !url.endsWith("www.w3.org"));
if (remote?.length) throw new Error(`the style sheet asks for ${remote.join(", ")}: every file must be our own`);
put("ssph.css", css);

const library = readFileSync(join(modules, "nhsuk-frontend", "dist", "nhsuk", "nhsuk-frontend.min.js"), "utf8").replace(/\/\/# sourceMappingURL=.*\s*$/, "");
put("nhsuk-frontend.min.js", library);

// An import carries the hash of what it imports, so that a browser never pairs an old copy with a new page.
const script = (name) => readFileSync(join(here, "js", name), "utf8");
const drafts = script("drafts.js");
put("drafts.js", drafts);
for (const name of ["main.js", "autosave.js"]) {
  let text = script(name);
  for (const [file, content] of [["nhsuk-frontend.min.js", library], ["drafts.js", drafts]]) {
    text = text.replace(`"./${file}"`, `"./${file}?v=${createHash("sha256").update(content).digest("hex").slice(0, 10)}"`);
  }
  put(name, text);
}

for (const name of readdirSync(join(here, "images"))) put(name, readFileSync(join(here, "images", name)));

for (const name of readdirSync(out)) {
  if (!kept.has(name)) rmSync(join(out, name), { recursive: true });
}
