// What happens, as it happens.

import { at } from "./base.js";

/** How long a page waits before it asks again where its browser does not, in milliseconds. */
const PAUSE = 5000;

/** What is told of what happens, if this page hears of it. */
let events = null;
/** The id of what was told last. */
let last = "";

const says = (text) => (at("state").textContent = text);

function stop() {
  events?.close();
  events = null;
}

/** `happened` gets each event, and `whole` is called when all is there that has happened before. */
export function listen(happened, whole) {
  const start = () => {
    if (events || document.hidden) return;
    events = new EventSource(`${location.origin}/_sandbox/events?${new URLSearchParams(last ? { behind: last } : {})}`);
    events.addEventListener("open", () => says("Connected"));
    events.addEventListener("error", () => {
      says("Not connected; trying again");
      // Where the answer is another one, a browser does not ask again.
      if (events?.readyState !== EventSource.CLOSED) return;
      stop();
      setTimeout(start, PAUSE);
    });
    events.addEventListener("message", (message) => {
      last = message.lastEventId || last;
      happened(JSON.parse(message.data));
    });
    events.addEventListener("whole", whole);
  };
  // A browser has few connections to a sandbox for all of its tabs, so one that nobody sees leaves its own to the others.
  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : start()));
  start();
}
