// What the customer does: taps, answers, texts and files. Each is a call of the control.

import { ask } from "./asks.js";
import { at, call, choices, quietly, tell } from "./base.js";

/** Says whose conversation is open: the number or id, and the name if there is one. */
let customer = () => null;
/** The message that is answered. */
let answering = null;

const path = () => `/customers/${encodeURIComponent(customer().id)}`;

/** What goes with each action. */
function withName(body) {
  const { name } = customer();
  return name ? { name, ...body } : body;
}

/** `message_id` is the message that is answered. */
export const acts = (action, message_id) => quietly(call("POST", path(), withName({ action, message_id })));

const answers = {
  taps: (button) => ({ taps: button.dataset.id }),
  chooses: (button) => ({ chooses: button.dataset.id }),
};

/** The message whose list is open. */
let listOf = null;

/** A list comes up from the lower edge, as on a phone. */
function opensList(event) {
  const summary = event.target.closest(".wa-sheet > summary");
  if (!summary) return false;
  event.preventDefault();
  listOf = summary.closest("#log > li").dataset.message;
  const parts = [...summary.parentElement.children].filter((part) => part !== summary);
  at("list-title").textContent = summary.textContent;
  at("list-inside").replaceChildren(...parts.map((part) => part.cloneNode(true)));
  at("list").showModal();
  return true;
}

function tapped(event) {
  if (opensList(event)) return;
  const button = event.target.closest("button[data-answer], button[data-code], button[data-title]");
  if (!button) return;
  const row = button.closest("#log > li");
  const about = row ? row.dataset.message : listOf;
  const does = answers[button.dataset.answer];
  if (button.dataset.answer && !about) tell("Nobody has got this message, because it was refused.");
  else if (does) acts(does(button), about);
  else if (button.dataset.answer) fillsIn(button, about);
  else if (button.dataset.code) quietly(navigator.clipboard.writeText(button.dataset.code).then(() => tell("The code is copied.")));
  else tell("A phone would open something here, and nothing comes back.");
  if (!row) at("list").close();
}

/** What else can be tapped asks the customer for something. */
function fillsIn(button, about) {
  const action = button.dataset.answer.replaceAll("-", "_");
  const question = { message_id: about, action };
  if (button.dataset.id) question.id = button.dataset.id;
  ask(button.dataset.title, question, (filled) => acts({ [action]: filled }, about));
}

export function setAnswering(item) {
  answering = item?.id ?? null;
  at("answering").hidden = !item;
  at("answering").firstElementChild.textContent = item ? "An answer to the message above" : "";
  if (item) at("composer").elements.text.focus();
}

/** How long what goes with a file is at most, as it stands in the address: the sandbox reads no head that is much longer. */
const QUERY = 14_000;

/** A file goes as it is. `more` goes with it. */
async function sendsFile(file, more) {
  const most = (await quietly(choices()))?.file_at_most;
  if (file.size > most) return tell(`A file has at most ${Math.floor(most / 2 ** 20)} MiB here, and this one has ${Math.ceil(file.size / 2 ** 20)}.`);
  const about = withName({ mime_type: file.type || "application/octet-stream", ...more });
  // A phone shows pictures, films and sounds, and of other files their names.
  if (!/^(image|video|audio)\//.test(file.type)) about.file_name = file.name;
  const query = String(new URLSearchParams(about));
  if (query.length > QUERY) return tell("The text and the name of the file are too long to go with it. Send the text alone.");
  return quietly(call("POST", `${path()}/files?${query}`, file));
}

async function composes(event) {
  event.preventDefault();
  const form = at("composer");
  const [text, file] = [form.elements.text.value, form.elements.file.files[0]];
  if (!customer()) return tell("Choose a customer first, or open a new one.");
  if (!text && !file) return;
  const more = { ...(text ? { caption: text } : {}), ...(answering ? { message_id: answering } : {}) };
  const sent = file ? sendsFile(file, more) : acts({ says: text }, answering ?? undefined);
  // What was refused stays, so that it can be changed.
  if (!(await sent)) return;
  form.reset();
  setAnswering(null);
}

/** Lets the customer act whose conversation `who` says. */
export function setUpActs(who) {
  customer = who;
  at("log").addEventListener("click", tapped);
  at("list-inside").addEventListener("click", tapped);
  at("composer").addEventListener("submit", composes);
  at("no-answer").addEventListener("click", () => setAnswering(null));
}
