// What a tab keeps, on a page that has only what the scripts ask for. Run by TestScripts_KeepDraftsApart, or: node --test templates/assets/js
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

// storage is one tab's own storage.
class Storage extends Map {
  get length() { return this.size; }
  key(n) { return [...this.keys()][n]; }
  getItem(key) { return this.get(key) ?? null; }
  setItem(key, value) { this.set(key, value); }
  removeItem(key) { this.delete(key); }
}

let server; // what arrived, and what is answered
let loads = 0;
mock.timers.enable({ apis: ["setTimeout"] }); // pages here save when a field is left

beforeEach(() => {
  globalThis.sessionStorage = new Storage();
  server = { sent: [], answer: null };
});

// a page with one note, as the server drew it.
function page({ person, caseAddress = "/tool/cases/1", text = "", version = 0, mark = "" }) {
  const said = [];
  const heard = {};
  const shown = [];
  const form = {
    elements: Object.fromEntries(Object.entries({ code: "P1", copy: "1", version: String(version), tab: "", count: "0", _csrf: "t" }).map(([n, value]) => [n, { value }])),
    dataset: { ssphSave: "/autosave" },
    parts: { textarea: { value: text }, select: { value: mark }, ".ssph-note__state": { set textContent(words) { said.push(words); }, append() {} } },
    querySelector(what) { return this.parts[what] ?? null; },
    closest: () => null,
    addEventListener: (name, fn) => { heard[name] = fn; },
    before: (box) => shown.push(box),
  };
  const element = () => ({ parts: [], append(...all) { this.parts.push(...all); } });
  globalThis.document = {
    body: { dataset: { ssphPerson: person } },
    querySelector: (what) => (what === "[data-ssph-case]" ? { dataset: { ssphCase: caseAddress } } : null),
    querySelectorAll: () => [form],
    createElement: element,
  };
  globalThis.window = { addEventListener() {} };
  globalThis.fetch = async (_, { body }) => {
    server.sent.push(JSON.parse(body));
    if (!server.answer) throw new TypeError("no connection");
    return { ok: true, status: 200, headers: new Map([["Content-Type", "application/json"]]), json: async () => server.answer };
  };
  return {
    text: () => form.parts.textarea.value,
    type(words) { form.parts.textarea.value = words; heard.input(); },
    leave: () => heard.focusout(),
    said: () => said.at(-1),
    shown: () => shown.map((box) => box.parts.map((part) => part.textContent).join(" ")).join("\n"),
    open: async () => {
      await import(`./autosave.js?load=${loads += 1}`);
      await new Promise(setImmediate);
    },
  };
}

// opened is main.js's work, and then the page's own.
async function opened(what) {
  const { forgetDrafts } = await import("./drafts.js");
  if (what.person) forgetDrafts(what.person);
  const p = page(what);
  await p.open();
  return p;
}

// typedOffline leaves a draft of a person behind.
async function typedOffline(what, words) {
  const p = await opened(what);
  p.type(words);
  await p.leave();
  await new Promise(setImmediate);
  assert.equal(server.sent.length > 0, true);
  server.sent = [];
}

test("an unsent text comes back over the version it was typed over", async () => {
  await typedOffline({ person: "7", text: "The shed", version: 1 }, "The shed, and the lads");
  const p = await opened({ person: "7", text: "The shed", version: 1 });
  assert.equal(p.text(), "The shed, and the lads");
});

test("it is still there after a visit as nobody, when the time of a sign-in is over", async () => {
  await typedOffline({ person: "7" }, "The shed");
  await opened({ person: undefined, caseAddress: "" });
  assert.equal((await opened({ person: "7" })).text(), "The shed");
});

test("it is not put over a newer text, and goes to the server as what it is", async () => {
  await typedOffline({ person: "7", text: "The shed", version: 1 }, "Mine, typed in a tunnel");
  server.answer = { copy: 2, version: 1, beside: true };
  const p = await opened({ person: "7", text: "A colleague’s words", version: 2 });
  assert.equal(p.text(), "A colleague’s words");
  assert.match(p.shown(), /Mine, typed in a tunnel/);
  const { text, version, copy } = server.sent[0];
  assert.deepEqual({ text, version, copy }, { text: "Mine, typed in a tunnel", version: 1, copy: 1 });
  assert.match(p.said(), /Both texts are kept/);
  assert.equal(sessionStorage.length, 0);
});

test("while there is no connection both are shown, and neither is lost by typing on", async () => {
  await typedOffline({ person: "7", text: "The shed", version: 1 }, "Mine");
  const p = await opened({ person: "7", text: "A colleague’s words", version: 2 });
  p.type("A colleague’s words, and more");
  const again = await opened({ person: "7", text: "A colleague’s words", version: 2 });
  assert.equal(again.text(), "A colleague’s words, and more");
  assert.match(again.shown(), /Mine/);
});

test("nothing crosses to another person, nor to the case of another that is called the same", async () => {
  await typedOffline({ person: "7" }, "Hannah’s words");
  const p = await opened({ person: "8" });
  assert.equal(p.text(), "");
  assert.equal(p.shown(), "");
  assert.equal([...sessionStorage.values()].some((kept) => kept.includes("Hannah")), false);
  await typedOffline({ person: "8" }, "Tom’s words");
  assert.equal((await opened({ person: "8", caseAddress: "/tool/cases/2" })).text(), "");
});

test("signing out throws away what is there", async () => {
  await typedOffline({ person: "7" }, "Hannah’s words");
  const { forgetDrafts } = await import("./drafts.js");
  forgetDrafts();
  assert.equal((await opened({ person: "7" })).text(), "");
});
