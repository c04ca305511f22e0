// The ledger: what became of the newest messages, as their senders were told.

import { at, call, clock, element, later, quietly, replaceRows } from "./base.js";

/** How many lines there are at first, how many more come at a time, and how many there are at most. */
const PIECE = 100;
const MOST = 1000;
let most = PIECE;

const WORDS = { accepted: "accepted", refused: "refused", in_doubt: "in doubt" };

function outcome(line) {
  const words = [line.code === null ? WORDS[line.outcome] : `${WORDS[line.outcome]}, ${line.code}`];
  // The sender may have been told something else than what happened.
  if (line.outcome !== "accepted") words.push(line.accepted ? "accepted all the same" : "");
  if (line.outcome === "in_doubt" && !line.accepted) words.push("not accepted");
  if (line.fault && line.outcome !== "refused") words.push(line.fault);
  return words.filter(Boolean).join("; ");
}

function row(line, show) {
  const time = element("time", { dateTime: new Date(line.time * 1000).toISOString() }, clock.format(line.time * 1000));
  const more = element("button", { type: "button" }, time);
  more.ariaLabel = `Details of ${line.kind ?? "a message"} to ${line.to}, ${clock.format(line.time * 1000)}`;
  more.addEventListener("click", () => show({ number: line.entry, id: line.id, side: "out" }));
  const made = element(
    "tr",
    {},
    element("td", {}, more),
    element("td", {}, element("bdi", {}, line.to)),
    element("td", {}, outcome(line)),
    element("td", {}, element("span", {}, line.kind ?? "unknown"), element("code", {}, line.id ?? "")),
  );
  made.className = line.outcome;
  made.dataset.number = line.entry;
  return made;
}

let open = () => {};

/** Draws the lines anew. */
export async function showLedger() {
  const list = await quietly(call("GET", `/outcomes?limit=${most}`));
  if (!list) return;
  replaceRows(at("ledger-lines"), list.outcomes.reverse().map((line) => row(line, open)));
  const shown = list.outcomes.length;
  at("ledger-count").textContent = shown === list.count ? `${shown} messages, the newest first.` : `The newest ${shown} of ${list.count} messages.`;
  at("ledger-more").hidden = shown === list.count || most >= MOST;
}

/** Something happened that may be a line. */
export function refreshLedger() {
  if (!at("ledger").hidden) later(showLedger);
}

/** `show` opens an entry. */
export function setUpLedger(show) {
  open = show;
  at("ledger-more").addEventListener("click", () => {
    most = Math.min(most + PIECE, MOST);
    showLedger();
  });
}
