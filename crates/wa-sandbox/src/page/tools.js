// The tools beside the conversation: one message in full, faults, requests, webhooks, and the builder.

import { at, call, choices, clock, element, later, quietly, replaceRows } from "./base.js";
import { setUpLedger, showLedger } from "./ledger.js";

/** The requests that came. */
export const requests = [];

export async function showEntry(item) {
  const panel = at("entry");
  select("entry");
  const details = await quietly(call("GET", `/entries/${item.number}`));
  if (!details) return;
  const parts = [element("h2", {}, item.id ?? "A request")];
  if (item.id && item.side === "out") parts.push((await quietly(statusForm(item))) ?? "");
  parts.push(...problems(details.problems, "problem"), ...problems(details.advice, "problem advice"));
  if (details.macro) parts.push(element("h3", {}, "As the macro"), element("pre", {}, details.macro));
  parts.push(element("h3", {}, "JSON"), element("pre", {}, JSON.stringify(details.json, null, 2)));
  panel.replaceChildren(...parts);
}

function problems(list, className) {
  return (list ?? []).map((problem) => {
    const row = element("p", { className }, problem.says, " ");
    if (problem.path) row.append(element("code", {}, problem.path));
    if (problem.help) row.append(element("br"), problem.help);
    if (problem.note) row.append(element("br"), problem.note);
    return row;
  });
}

/** What can be told of a message by hand. */
async function statusForm(item) {
  const { statuses, codes } = await choices();
  const status = element("select", { name: "status" }, ...statuses.map((one) => element("option", {}, one.status)));
  const code = element("input", { name: "code", inputMode: "numeric", pattern: "[0-9]{1,7}", autocomplete: "off" });
  code.setAttribute("list", "status-codes");
  const list = element("datalist", { id: "status-codes" }, ...codes.map((one) => element("option", { value: one.code }, one.says)));
  const hint = element("span", { className: "soft" });
  const codeLabel = element("label", {}, "Code of the failure ", code, list, " ", hint);
  const takesCode = () => statuses.some((one) => one.status === status.value && one.takes_code);
  const show = () => {
    codeLabel.hidden = !takesCode();
    code.required = takesCode();
    hint.textContent = codes.find((one) => String(one.code) === code.value)?.says ?? "";
  };
  show();
  const form = element("form", { className: "tells" }, element("label", {}, "Status ", status), codeLabel, element("button", {}, "Tell this status"));
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const body = { id: item.id, status: status.value };
    if (takesCode()) body.code = Number(code.value);
    quietly(call("POST", "/statuses", body));
  });
  return form;
}

export function showRequests() {
  const rows = requests.slice(-200).reverse().map((request) => {
    const more = element("button", { type: "button" }, "Details");
    more.addEventListener("click", () => showEntry(request));
    return numbered(request.number, `${clock.format(request.time * 1000)} ${request.says} `, more);
  });
  replaceRows(at("request-list"), rows);
}

/** A row of something with a number. */
function numbered(number, ...parts) {
  const row = element("li", {}, ...parts);
  row.dataset.number = number;
  return row;
}

/** Several of the same in a row are counted. */
function inRuns(texts) {
  const runs = [];
  for (const text of texts) {
    if (runs.at(-1)?.text === text) runs.at(-1).count += 1;
    else runs.push({ text, count: 1 });
  }
  return runs.map(({ text, count }) => (count > 1 ? `${text}, ${count} times` : text)).join("; ");
}

export async function showWebhooks() {
  const list = await quietly(call("GET", "/deliveries?limit=100"));
  if (!list) return;
  const rows = list.deliveries.reverse().map((delivery) => {
    const tries = inRuns(delivery.attempts.map((attempt) => String(attempt.status ?? attempt.failure)));
    const again = element("button", { type: "button" }, "Post again");
    again.addEventListener("click", () => quietly(call("POST", "/redeliveries", { delivery: delivery.number })));
    const bytes = element("details", {}, element("summary", {}, `${delivery.body.length} bytes`), element("pre", {}, delivery.body));
    return numbered(delivery.number, `${delivery.number}: ${delivery.state}${tries ? ` (${tries})` : ""} `, again, bytes);
  });
  replaceRows(at("webhook-list"), rows);
}

let draftNumber = 0;
async function showDraft() {
  const text = at("draft").value;
  const number = (draftNumber += 1);
  if (!text.trim()) return at("drawn").replaceChildren();
  const draft = await quietly(call("POST", "/drafts", { text }));
  if (!draft || number !== draftNumber) return;
  const holder = document.createElement("template");
  holder.innerHTML = draft.html ?? "";
  const parts = [...problems(draft.problems, "problem"), ...problems(draft.advice, "problem advice"), holder.content];
  if (draft.macro) parts.push(element("h3", {}, "As the macro"), element("pre", {}, draft.macro));
  if (draft.json) parts.push(element("h3", {}, "JSON"), element("pre", {}, JSON.stringify(draft.json, null, 2)));
  at("drawn").replaceChildren(...parts);
}

const shows = { requests: showRequests, ledger: showLedger, webhooks: showWebhooks };

function select(name) {
  for (const tab of at("tabs").children) {
    const isThis = tab.getAttribute("aria-controls") === name;
    tab.setAttribute("aria-selected", String(isThis));
    tab.tabIndex = isThis ? 0 : -1;
    at(tab.getAttribute("aria-controls")).hidden = !isThis;
  }
  shows[name]?.();
}

/** Faults as the control takes them. The help of the program has all of them. */
const FAULTS = [
  ["code 131056: too many to this customer", { code: 131056 }],
  ["code 130429: too many a second", { code: 130429 }],
  ["code 131016: not available", { code: 131016 }],
  ["code 190: the token has expired", { code: 190 }],
  ["502 of a gateway, not accepted", { gateway: { status: 502, accepted: false } }],
  ["502 of a gateway, accepted all the same", { gateway: { status: 502, accepted: true } }],
  ["connection reset, not accepted", { reset: { accepted: false } }],
  ["connection reset, accepted all the same", { reset: { accepted: true } }],
  ["no answer, accepted all the same", { stall: { accepted: true } }],
  ["half an answer", "cut"],
  ["an answer after three seconds", { slow: 3000 }],
  ["the first status before the answer", "status_first"],
];

/** Lets the tools be used. */
export function setUpTools() {
  setUpLedger(showEntry);
  at("fault").replaceChildren(...FAULTS.map(([says], index) => element("option", { value: index }, says)));
  const chosen = () => FAULTS[Number(at("fault").value)][1];
  at("fault-form").addEventListener("submit", (event) => {
    event.preventDefault();
    quietly(call("POST", "/faults", { times: Number(event.target.elements.times.value), fault: chosen() }));
  });
  at("always").addEventListener("click", () => quietly(call("PUT", "/faults", { rate: [{ share: 1, fault: chosen() }] })));
  at("never").addEventListener("click", () => quietly(call("PUT", "/faults", {})));
  at("draft").addEventListener("input", () => later(showDraft));
  at("tabs").addEventListener("click", (event) => {
    const name = event.target.getAttribute("aria-controls");
    if (name) select(name);
  });
  at("tabs").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const tabs = [...at("tabs").children];
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    next.focus();
    select(next.getAttribute("aria-controls"));
  });
}
