// Saves notes by itself: ten seconds after the first change, and when a field is left. Without this file the same forms have a Save
// button. A text that cannot be sent stays in the page and in this tab's own storage, and is sent when the connection is back.
const every = 10_000;
const saved = document.querySelector("[data-ssph-saved]");
const page = document.querySelector("[data-ssph-case]")?.dataset.ssphCase ?? "";

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
    this.key = `ssph:${page}:${form.elements.code.value}`;
    this.sent = this.now();
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

  // recall brings back what an earlier visit of this tab could not send.
  recall() {
    const kept = sessionStorage.getItem(this.key);
    if (kept === null) return;
    const { text, mark } = JSON.parse(kept);
    if (text === this.text.value) return sessionStorage.removeItem(this.key);
    this.text.value = text;
    this.mark.value = mark;
    this.form.closest("details")?.setAttribute("open", "");
    this.say("Brought back: this was not saved yet");
    this.changed();
  }

  changed() {
    sessionStorage.setItem(this.key, JSON.stringify({ text: this.text.value, mark: this.mark.value }));
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
    try {
      const answer = await fetch(this.form.dataset.ssphSave, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRF-Token": fields._csrf.value },
        body: JSON.stringify({
          code: fields.code.value, text: this.text.value, mark: this.mark.value, copy: Number(fields.copy.value),
          version: Number(fields.version.value), tab, count: Number(fields.count.value),
        }),
      });
      await this.answered(answer, going);
    } catch {
      this.say("No connection. What you typed stays on this page and is sent when the connection is back");
    }
    this.busy = false;
    // What was typed meanwhile, or could not be sent, is tried again.
    if (this.now() !== this.sent && this.timer === null && !this.ended) this.timer = setTimeout(() => this.save(), every);
  }

  async answered(answer, going) {
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
      if (said.kept) this.done(going);
      this.say(said.error ?? "Not saved. What you typed stays on this page", said.url);
      return;
    }
    this.form.elements.copy.value = said.copy;
    this.form.elements.version.value = said.version;
    this.done(going);
    if (said.beside) {
      this.say("Somebody else, or another tab, changed this too. Both texts are kept: load the page again to see them");
      return;
    }
    this.say(`Saved at ${said.at}`);
    if (saved) saved.textContent = `Saved at ${said.at}`;
  }

  done(going) {
    this.sent = going;
    if (this.now() === going) sessionStorage.removeItem(this.key);
  }
}

const notes = Array.from(document.querySelectorAll("form[data-ssph-save]"), (form) => new Note(form));
window.addEventListener("online", () => notes.forEach((note) => note.save()));
window.addEventListener("beforeunload", (event) => {
  if (notes.some((note) => note.now() !== note.sent && !note.ended)) event.preventDefault();
});
