// The page: it shows what the sandbox tells, and calls the control. Messages are drawn by the sandbox.

import { acts, setAnswering, setUpActs } from "./acts.js";
import { setUpAsks } from "./asks.js";
import { at, call, clock, element, later, quietly } from "./base.js";
import { refreshLedger } from "./ledger.js";
import { listen } from "./listen.js";
import { setUpNames } from "./names.js";
import { requests, setUpTools, showEntry, showRequests, showWebhooks } from "./tools.js";

/** How many messages come into the page at once, and how many are in it at most. The others stay in memory. */
const PIECE = 200;
const SHOWN = 3 * PIECE;

// What is known.

/** Customers by their numbers or ids, each with its messages. */
const people = new Map();
/** Messages by their ids. */
const messages = new Map();
/** Statuses of messages that have not come yet. */
const early = new Map();
let current = null;
let isWhole = false;
/** The messages of the conversation that are in the page: from the first, up to the last. */
let first = 0;
let last = 0;

function person(id) {
  let known = people.get(id);
  if (!known) {
    known = { id, name: "", items: [], unread: 0 };
    people.set(id, known);
  }
  return known;
}

function add(customer, item) {
  const known = person(customer);
  if (item.side === "out") stopTyping(known);
  known.items.push(item);
  if (item.name && item.name !== known.name) {
    known.name = item.name;
    if (known.id === current) showName(known);
  }
  if (item.id) {
    messages.set(item.id, item);
    for (const told of early.get(item.id) ?? []) mark(item, told);
    early.delete(item.id);
  }
  if (!isWhole) return;
  if (known.id === current) append(item);
  else if (!item.isTyping) known.unread += 1;
  if (current === null) open(known.id);
  showPeople();
}

/** How long one sees that somebody types, unless a message comes before. */
const TYPING = 25_000;

/** Somebody types from a time on. */
function types(customer, item) {
  const left = Math.min(TYPING, item.time * 1000 + TYPING - Date.now());
  if (left <= 0) return;
  add(customer, item);
  person(customer).typing = item;
  setTimeout(() => {
    if (people.get(customer)?.typing === item) stopTyping(people.get(customer));
  }, left);
}

function stopTyping(known) {
  const index = known.items.indexOf(known.typing);
  known.typing = null;
  if (index < 0) return;
  const [item] = known.items.splice(index, 1);
  if (known.id !== current) return;
  if (index < first) first -= 1;
  if (index < last) last -= 1;
  item.shown?.remove();
}

function mark(item, told) {
  item.status = told.status;
  item.code = told.code;
  showStatus(item);
}

const showStatus = (item) => item.shown?.querySelector(".status")?.replaceChildren(statusText(item));

const statusText = (item) => (item.status ? item.status + (item.code ? ` (${item.code})` : "") : item.delivery ?? item.fault ?? "");

const happens = {
  sent(event) {
    requests.push({ number: event.number, time: event.time, says: `${event.accepted ? "accepted" : "not accepted"}: ${event.kind}${event.customer ? ` to ${event.customer}` : ""}${event.fault ? `, fault: ${event.fault}` : ""}`, entry: event.number });
    const about = messages.get(event.about);
    // A receipt is a tick on what the customer wrote. Who is typing is seen.
    if (about) mark(about, { status: "read" });
    if (event.customer) add(event.customer, { ...event, side: "out" });
    else if (about && /\bwa-typing\b/.test(event.html)) types(about.customer, { ...event, side: "out", isTyping: true });
  },
  refused(event) {
    requests.push({ number: event.number, time: event.time, says: `refused with code ${event.code}: ${event.details}`, entry: event.number });
    add(event.customer, { ...event, side: "out", wrong: `${event.code}: ${event.details}` });
  },
  came(event) {
    add(event.customer, { ...event, side: "in", delivery: "webhook waits" });
  },
  told(event) {
    const item = messages.get(event.id);
    if (item) mark(item, event);
    else early.set(event.id, [...(early.get(event.id) ?? []), event]);
  },
  delivery(event) {
    for (const id of event.messages) {
      const item = messages.get(id);
      if (!item) continue;
      item.delivery = event.says;
      showStatus(item);
    }
    if (isWhole && !at("webhooks").hidden) later(showWebhooks);
  },
  armed(event) {
    const says = event.always ? "Faults from now on" : event.next === 1 ? "The next request goes wrong" : `The next ${event.next} requests go wrong`;
    at("armed").textContent = says;
    at("armed").hidden = !event.always && event.next === 0;
  },
  cleared() {
    people.clear();
    messages.clear();
    early.clear();
    requests.length = 0;
    current = null;
    first = 0;
    last = 0;
    at("earlier").hidden = true;
    at("newer").hidden = true;
    at("log").replaceChildren();
    at("name").textContent = "Nobody yet";
    at("rename").hidden = true;
    showPeople();
  },
};

// The list of customers.

function showPeople() {
  later(drawPeople);
}

function drawPeople() {
  at("first").hidden = people.size > 0;
  const rows = [...people.values()].map((known) => {
    const button = element("button", { type: "button" }, element("bdi", {}, known.name), known.name ? " " : "", known.id);
    if (known.unread > 0) button.append(element("span", { className: "count", ariaLabel: `${known.unread} new` }, String(known.unread)));
    button.setAttribute("aria-current", String(known.id === current));
    button.addEventListener("click", () => open(known.id));
    return element("li", {}, button);
  });
  at("people").replaceChildren(...rows);
}

// The conversation. Of a long one, only a part is in the page.

function open(id) {
  const known = person(id);
  current = id;
  known.unread = 0;
  showName(known);
  at("day").hidden = false;
  last = known.items.length;
  first = Math.max(0, last - PIECE);
  at("log").replaceChildren(...known.items.slice(first, last).map(drawn));
  shown();
  toEnd();
  showPeople();
  showLimits();
}

function showName(known) {
  // A name may be written from right to left, and moves nothing else.
  at("name").replaceChildren(...(known.name ? [element("bdi", {}, known.name), ` (${known.id})`] : [known.id]));
  at("rename").hidden = false;
}

function shown() {
  at("earlier").hidden = first === 0;
  at("newer").hidden = last === person(current).items.length;
}

function toEnd() {
  const chat = at("chat");
  requestAnimationFrame(() => chat.scrollTo({ top: chat.scrollHeight, behavior: "instant" }));
}

/** A message has come into the conversation that is open. */
function append(item) {
  const chat = at("chat");
  const isAtEnd = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 120;
  if (last === person(current).items.length - 1) {
    at("log").append(drawn(item));
    last += 1;
    if (isAtEnd) {
      trim(true);
      toEnd();
    }
  }
  shown();
  later(showLimits);
}

/** Takes out what is far from what one sees, so that the page stays small. */
function trim(isFromStart) {
  const log = at("log");
  while (log.childElementCount > SHOWN) {
    (isFromStart ? log.firstElementChild : log.lastElementChild).remove();
    if (isFromStart) first += 1;
    else last -= 1;
  }
}

function earlier() {
  if (first === 0) return;
  const [chat, items] = [at("chat"), person(current).items];
  const start = Math.max(0, first - PIECE);
  const before = chat.scrollHeight - chat.scrollTop;
  at("log").prepend(...items.slice(start, first).map(drawn));
  first = start;
  chat.scrollTo({ top: chat.scrollHeight - before, behavior: "instant" });
  trim(false);
  shown();
}

function newer() {
  const [chat, items] = [at("chat"), person(current).items];
  const end = Math.min(items.length, last + PIECE);
  at("log").append(...items.slice(last, end).map(drawn));
  last = end;
  const before = chat.scrollHeight - chat.scrollTop;
  trim(true);
  chat.scrollTo({ top: chat.scrollHeight - before, behavior: "instant" });
  shown();
}

/** Says what a message is about by its words, where they are known. */
function quote(quoted) {
  const about = messages.get(quoted.textContent);
  if (!about) return;
  const holder = document.createElement("template");
  holder.innerHTML = about.html;
  const block = holder.content.querySelector(".wa-text, .wa-heading, .wa-emoji, .wa-title, .wa-what");
  // Of a text, its first line.
  const says = (block?.querySelector("p, li, blockquote") ?? block)?.textContent;
  if (!says) return;
  quoted.title = quoted.textContent;
  const characters = [...says];
  quoted.textContent = characters.length > 80 ? `${characters.slice(0, 80).join("")}…` : says;
}

function drawn(item) {
  const row = element("li", { className: item.side });
  if (item.wrong) row.classList.add("refused");
  if (item.id) row.dataset.message = item.id;
  const holder = document.createElement("template");
  // The sandbox has drawn it, and escaped what came from outside.
  holder.innerHTML = item.html;
  for (const link of holder.content.querySelectorAll("a")) link.target = "_blank";
  for (const quoted of holder.content.querySelectorAll(".wa-quote .wa-source")) quote(quoted);
  row.append(holder.content);
  const time = element("time", { dateTime: new Date(item.time * 1000).toISOString() }, clock.format(item.time * 1000));
  const meta = element("p", { className: "meta" }, time, element("span", { className: "status" }, statusText(item)));
  const more = element("button", { type: "button" }, "Details");
  more.addEventListener("click", () => showEntry(item));
  meta.append(more);
  if (item.id && !item.wrong && item.side === "out") {
    const react = element("button", { type: "button" }, "👍");
    react.ariaLabel = "React with a thumb";
    react.addEventListener("click", () => acts({ reacts: { emoji: "👍", message_id: item.id } }));
    const answer = element("button", { type: "button" }, "Answer");
    answer.addEventListener("click", () => setAnswering(item));
    meta.append(answer, react);
  }
  if (row.querySelector(".wa-stars")) meta.append(element("span", {}, "no rating can be given here"));
  row.append(meta);
  if (item.wrong) row.append(element("p", { className: "wrong" }, item.wrong));
  item.shown = row;
  return row;
}

async function showLimits() {
  if (!current) return;
  const limits = await quietly(call("GET", `/customers/${encodeURIComponent(current)}`));
  if (!limits) return;
  const window = limits.window_seconds === null ? "The 24-hour window is closed" : `The 24-hour window is open for ${Math.ceil(limits.window_seconds / 3600)} h`;
  at("limits").textContent = limits.pair_seconds > 0 ? `${window}. Nothing more for ${limits.pair_seconds} s` : window;
}

function setUp() {
  setUpTools();
  setUpAsks();
  setUpActs(() => people.get(current));
  setUpNames({
    ids: () => [...people.keys()],
    current: () => people.get(current),
    open: (id, name) => {
      if (name) person(id).name = name;
      open(id);
    },
    rename: (name) => {
      const known = person(current);
      known.name = name;
      showName(known);
      showPeople();
    },
  });
  at("address").textContent = location.origin;
  quietly(call("GET", "").then(({ messages }) => (at("address").textContent = location.origin + messages)));
  at("reset").addEventListener("click", () => quietly(call("POST", "/reset", {})));
  at("day").addEventListener("click", () => quietly(call("POST", "/clock", { seconds: 86400 }).then(showLimits)));
  at("earlier").addEventListener("click", earlier);
  at("newer").addEventListener("click", newer);
  at("chat").addEventListener("scroll", () => {
    const chat = at("chat");
    if (chat.scrollTop < 80 && first > 0) later(earlier);
    else if (chat.scrollHeight - chat.scrollTop - chat.clientHeight < 80 && !at("newer").hidden) later(newer);
  });
  setInterval(showLimits, 30000);
}

/** What changes the ledger. */
const LINES = new Set(["sent", "refused", "cleared"]);

function happened(event) {
  happens[event.event]?.(event);
  if (isWhole && !at("requests").hidden) later(showRequests);
  if (isWhole && LINES.has(event.event)) refreshLedger();
}

function whole() {
  if (isWhole) return;
  isWhole = true;
  const last = [...people.values()].at(-1);
  if (last && current === null) open(last.id);
  drawPeople();
}

setUp();
listen(happened, whole);
