// Saves notes by itself: ten seconds after the first change, and when a field is left. Without this file the same forms have a Save
// button. A text that cannot be sent stays in the page and in this tab's own storage, and is sent when the connection is back.
import { draftPlace, draftsAt, forgetDraft, keepDraft } from "./drafts.js";

const every = 10_000;
const saved = document.querySelector("[data-ssph-saved]");
const caseAddress = document.querySelector("[data-ssph-case]")?.dataset.ssphCase ?? "";
const person = document.body.dataset.ssphPerson ?? "";

function tabName() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}
const tab = tabName();

class Note {
  constructor(form) {
    this.form = form;
    this.text = form.querySelector("textarea");
    this.mark = form.querySelector("select");
    this.state = form.querySelector(".ssph-note__state");
    this.place = draftPlace(person, caseAddress, form.elements.code.value);
    // What the server refused stands on the page and is not saved.
    this.sent = form.querySelector(".nhsuk-error-message") ? "" : this.now();
    this.timer = null;
    this.busy = false;
    form.elements.tab.value = tab;
    this.recall();
    form.addEventListener("input", () => this.changed());
    form.addEventListener("focusout", () => this.save());
    form.addEventListener("submit", () => {
      clearTimeout(this.timer);
      form.elements.count.value = Number(form.elements.count.value) + 1;
      this.sent = this.now();
    });
  }

  now() {
    return JSON.stringify([this.text.value, this.mark.value]);
  }

  // draft is what stands in the form, with the version it was typed over.
  draft() {
    const fields = this.form.elements;
    return {
      text: this.text.value, mark: this.mark.value, copy: Number(fields.copy.value), version: Number(fields.version.value),
      tab, count: Number(fields.count.value),
    };
  }

  // recall takes up what an earlier visit of this tab could not send. Over the version it was typed over it is put back. When the
  // note has been changed since, it is not: it stands beside, and is sent as what it is.
  recall() {
    const stands = this.draft();
    for (const draft of draftsAt(this.place)) {
      if (draft.text === stands.text && draft.mark === stands.mark) {
        forgetDraft(this.place, draft);
        continue;
      }
      this.form.closest("details")?.setAttribute("open", "");
      if (draft.copy !== stands.copy || draft.version !== stands.version) {
        this.setBeside(draft);
        continue;
      }
      this.text.value = draft.text;
      this.mark.value = draft.mark;
      this.say("Brought back: this was not saved yet");
      this.changed();
    }
  }

  // setBeside shows a draft that was typed over an older version and sends it with that version: the server keeps both texts.
  async setBeside(draft) {
    const box = document.createElement("div");
    const words = document.createElement("strong");
    const text = document.createElement("p");
    box.className = "ssph-prompt__beside";
    text.className = "ssph-typed";
    words.textContent = "You typed this earlier. The note was changed since, and nothing was written over it.";
    text.textContent = draft.text;
    box.append(words, text);
    this.form.before(box);
    try {
      const answer = await this.send({ ...draft, count: draft.count + 1 });
      const said = await answer.json();
      if (!answer.ok && !said.kept) throw new Error(said.error);
      forgetDraft(this.place, draft);
      this.say("Both texts are kept: load the page again to see them");
    } catch {
      this.say("What you typed earlier is not saved yet. Copy what you need from it into the note");
    }
  }

  changed() {
    keepDraft(this.place, this.draft());
    if (this.timer === null) this.timer = setTimeout(() => this.save(), every);
  }

  say(words, url) {
    this.state.textContent = words;
    if (url) {
      const link = document.createElement("a");
      link.href = url;
      link.textContent = "See what you can do";
      this.state.append(". ", link);
    }
  }

  async save() {
    clearTimeout(this.timer);
    this.timer = null;
    const going = this.now();
    if (this.busy || going === this.sent) return;
    this.busy = true;
    const fields = this.form.elements;
    fields.count.value = Number(fields.count.value) + 1;
    const draft = this.draft();
    try {
      const answer = await this.send(draft);
      await this.answered(answer, draft, going);
    } catch {
      this.say("No connection. What you typed stays on this page and is sent when the connection is back");
    }
    this.busy = false;
    // What was typed meanwhile, or could not be sent, is tried again.
    if (this.now() !== this.sent && this.timer === null && !this.ended) this.timer = setTimeout(() => this.save(), every);
  }

  send(draft) {
    const fields = this.form.elements;
    return fetch(this.form.dataset.ssphSave, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": fields._csrf.value },
      body: JSON.stringify({ code: fields.code.value, person: Number(person), ...draft }),
    });
  }

  async answered(answer, draft, going) {
    if (answer.status === 413) {
      this.say("Too long to be saved. Shorten it; it is still on this page");
      return;
    }
    const json = answer.headers.get("Content-Type")?.includes("json");
    if (answer.redirected || !json) {
      this.say("Not saved. You may be signed out: sign in again in another tab. What you typed stays on this page");
      return;
    }
    const said = await answer.json();
    if (!answer.ok) {
      this.ended = answer.status === 403;
      if (said.kept) this.done(draft, going);
      this.say(said.error ?? "Not saved. What you typed stays on this page", said.url);
      return;
    }
    this.form.elements.copy.value = said.copy;
    this.form.elements.version.value = said.version;
    this.done(draft, going);
    if (said.beside) {
      this.say("Somebody else, or another tab, changed this too. Both texts are kept: load the page again to see them");
      return;
    }
    this.say(`Saved at ${said.at}`);
    if (saved) saved.textContent = `Saved at ${said.at}`;
  }

  // done forgets the draft that was saved; what was typed meanwhile is a draft over the version that came of it.
  done(draft, going) {
    this.sent = going;
    forgetDraft(this.place, draft);
    if (this.now() !== going) keepDraft(this.place, this.draft());
  }
}

const notes = Array.from(document.querySelectorAll("form[data-ssph-save]"), (form) => new Note(form));
window.addEventListener("online", () => notes.forEach((note) => note.save()));
window.addEventListener("beforeunload", (event) => {
  if (notes.some((note) => note.now() !== note.sent && !note.ended)) event.preventDefault();
});
