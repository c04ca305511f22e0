// Customers by hand: new ones, and their names.

import { at } from "./base.js";

/** The number of the first customer who is made by a click, and names for them. */
const FIRST = 15550101;
const NAMES = ["Ada", "Alex", "Robin", "Kim", "Noor", "Sam"];

/** A number that nobody has: the first one. */
function freeNumber(ids) {
  const taken = new Set(ids);
  let number = FIRST;
  while (taken.has(String(number))) number += 1;
  return String(number);
}

/** What somebody typed: of a phone number the digits alone. */
const id = (text) => (/^[+\d][\d\s()-]*$/.test(text) ? text.replace(/\D/g, "") : text);

/** `ids` are those of all customers. `open` opens the conversation with one, who gets a name if there is one. `current` is the
 * one whose conversation is open, and `rename` names them. */
export function setUpNames({ ids, open, current, rename }) {
  at("new-customer").addEventListener("submit", (event) => {
    event.preventDefault();
    const { customer, name } = event.target.elements;
    open(id(customer.value.trim()), name.value.trim());
    event.target.reset();
  });
  at("another").addEventListener("click", () => {
    open(freeNumber(ids()), NAMES[ids().length % NAMES.length]);
    at("composer").elements.text.focus();
  });
  at("rename").addEventListener("click", () => {
    at("naming").querySelector("input").value = current()?.name ?? "";
    at("naming").showModal();
  });
  at("naming-close").addEventListener("click", () => at("naming").close());
  at("naming-form").addEventListener("submit", (event) => rename(event.target.elements.name.value.trim()));
}
