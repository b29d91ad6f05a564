// Everything works without this file. It adds the library's small comforts: focus on the error summary, no double press of a button.
import { forgetDrafts } from "./drafts.js";
import { initAll } from "./nhsuk-frontend.min.js";

// Drafts are for the eyes of the one who typed them. A page for a visitor leaves them: they are there again after signing in.
const person = document.body.dataset.ssphPerson;
if (person) forgetDrafts(person);
document.querySelector('form[action="/sign-out"]')?.addEventListener("submit", () => forgetDrafts());

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("nhsuk-frontend-supported");

// The menu and the filter are folded on a phone and open beside the page on a wide screen. The style sheet opens them there; this
// does the same for browsers whose style sheets cannot.
const wide = window.matchMedia("(min-width: 40.0625em)");
function unfold() {
  for (const part of document.querySelectorAll("details[data-ssph-open-wide]")) part.open = wide.matches;
}
if (wide.matches) unfold();
wide.addEventListener("change", unfold);

initAll();
