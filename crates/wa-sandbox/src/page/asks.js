// What a customer fills in: a sheet with an example that can be changed.

import { at, call, element, quietly, tell } from "./base.js";

/** What is filled in, and what becomes of it. */
let answer = {};
let done = async () => false;

/** The name of a member for people. */
const words = (name) => name.replaceAll("_", " ");

/** A field for each text, number and truth value, with the names that lead to it. */
function fields(value, way = []) {
  if (value !== null && typeof value === "object") {
    return Object.entries(value).flatMap(([name, inside]) => fields(inside, [...way, name]));
  }
  const input = element("input", { autocomplete: "off", dir: "auto", value: String(value ?? "") });
  if (typeof value === "number") Object.assign(input, { type: "number", step: "any", required: true });
  if (typeof value === "boolean") Object.assign(input, { type: "checkbox", checked: value });
  input.addEventListener("input", () => {
    put(way, typeof value === "boolean" ? input.checked : typeof value === "number" ? input.valueAsNumber : input.value);
    showJson();
  });
  // Items of a list are counted from one.
  const label = way.map((name) => (/^\d+$/.test(name) ? String(Number(name) + 1) : words(name))).join(", ");
  return [element("label", {}, `${label} `, input)];
}

function put(way, value) {
  const holder = way.slice(0, -1).reduce((inside, name) => inside[name], answer);
  holder[way.at(-1)] = value;
}

function showJson() {
  at("asks-json").value = JSON.stringify(answer, null, 2);
  at("asks-json").setCustomValidity("");
}

function showFields() {
  at("asks-fields").replaceChildren(...fields(answer));
}

/** The JSON is what counts, so that members can be put in that the example has not. */
function readJson() {
  const field = at("asks-json");
  let read;
  try {
    read = JSON.parse(field.value);
  } catch {
    return field.setCustomValidity("This is no JSON.");
  }
  if (read === null || typeof read !== "object" || Array.isArray(read)) return field.setCustomValidity("This has to be a JSON object.");
  field.setCustomValidity("");
  answer = read;
  showFields();
}

/** Opens the sheet for what was tapped. `send` sends what is filled in, and says whether it was taken. */
export async function ask(title, question, send) {
  const found = await quietly(call("POST", "/asks", question));
  if (!found) return;
  if (!found.asks) return tell("A phone would open something here, and nothing comes back.");
  answer = found.asks;
  done = send;
  at("asks-title").textContent = title;
  at("asks-more").open = false;
  showFields();
  showJson();
  at("asks").showModal();
}

/** Lets the sheet be used. */
export function setUpAsks() {
  at("asks-json").addEventListener("input", readJson);
  // Nobody sees what is wrong in something that is closed.
  at("asks-json").addEventListener("invalid", () => (at("asks-more").open = true));
  at("asks-close").addEventListener("click", () => at("asks").close());
  at("asks-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    // What was refused stays, so that it can be changed.
    if (await done(answer)) at("asks").close();
  });
}
