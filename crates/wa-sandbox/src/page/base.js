// What the parts of the page share.

export const at = (id) => document.getElementById(id);

/** Makes an element. Texts are texts, whatever stands in them. */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Draws rows anew, which have their numbers. What somebody has opened stays open, and what has the focus keeps it. */
export function replaceRows(list, rows) {
  const numberOf = (inside) => inside?.closest("[data-number]")?.dataset.number;
  const opened = new Set([...list.querySelectorAll("details[open]")].map(numberOf));
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  const [number, tag] = [numberOf(focused), focused?.localName];
  list.replaceChildren(...rows);
  for (const row of rows) {
    for (const details of row.querySelectorAll("details")) details.open = opened.has(row.dataset.number);
    if (focused && row.dataset.number === number) row.querySelector(tag)?.focus({ preventScroll: true });
  }
}

/** Calls the control. What it refuses is shown. */
export async function call(method, path, body) {
  const options = { method, headers: { "content-type": "application/json", "x-sandbox-page": "1" } };
  if (body instanceof Blob) Object.assign(options, { body, headers: { ...options.headers, "content-type": "application/octet-stream" } });
  else if (body !== undefined) options.body = JSON.stringify(body);
  // The address of the page may have the password in it, and then no call may be relative to it.
  const answer = await fetch(`${location.origin}/_sandbox${path}`, options).catch((error) => {
    // What the page asks by itself is asked again.
    if (method !== "GET") tell("The sandbox does not answer.");
    throw error;
  });
  const json = await answer.json().catch(() => ({}));
  if (answer.ok) return json;
  tell(json.error?.message ?? json.message ?? json.error ?? `The sandbox has answered ${answer.status}.`);
  throw new Error("refused");
}

/** What can be chosen in calls. It is asked for once. */
let chosen;
export async function choices() {
  chosen ??= await call("GET", "/choices");
  return chosen;
}

export const quietly = (promise) => promise.catch(() => undefined);

export function tell(text) {
  at("told-text").textContent = typeof text === "string" ? text : JSON.stringify(text);
  if (!at("told").open) at("told").showModal();
}

/** What is asked for several times in a row is done once. */
const waiting = new Set();
export function later(work) {
  if (waiting.has(work)) return;
  waiting.add(work);
  setTimeout(() => {
    waiting.delete(work);
    work();
  }, 100);
}

export const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
