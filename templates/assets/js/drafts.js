// What was typed in this tab and not saved yet. A draft belongs to one person, one case and the version it was typed over: on a page
// of somebody else it is thrown away, and it is never put over a newer text.
const prefix = "ssph:";

// draftPlace is the beginning of the keys of one note's drafts.
export function draftPlace(person, caseAddress, code) {
  return `${prefix}${person}:${caseAddress}:${code}:`;
}

export function keepDraft(place, draft) {
  sessionStorage.setItem(`${place}${draft.copy}.${draft.version}`, JSON.stringify(draft));
}

export function forgetDraft(place, draft) {
  sessionStorage.removeItem(`${place}${draft.copy}.${draft.version}`);
}

// draftsAt are the drafts of one note, each with the version it was typed over.
export function draftsAt(place) {
  return keys().filter((key) => key.startsWith(place)).map((key) => JSON.parse(sessionStorage.getItem(key)));
}

// forgetDrafts throws away every draft, or all but those of one person.
export function forgetDrafts(butOf = "") {
  for (const key of keys()) {
    if (butOf === "" || !key.startsWith(`${prefix}${butOf}:`)) sessionStorage.removeItem(key);
  }
}

function keys() {
  return Array.from({ length: sessionStorage.length }, (_, n) => sessionStorage.key(n)).filter((key) => key.startsWith(prefix));
}
