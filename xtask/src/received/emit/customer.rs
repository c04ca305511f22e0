//! The customer of the sandbox.

use std::fmt::Write as _;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

use super::doc;
use crate::received::model::{Customer, Made};

pub(super) fn emit(customer: &Customer) -> String {
    let mut out = "//! The actions of a customer, and the statuses of messages.\n\n\
                   use crate::{recipe::Made, status::statuses};\n\n"
        .to_owned();
    for (name, made) in &customer.actions {
        let _ = writeln!(out, "pub(crate) const {}: &[Made] = &[", name.to_shouty_snake_case());
        for Made { at, by, keeps, asks, gives } in made {
            let _ = writeln!(
                out,
                "    Made {{ at: {at:?}, by: {by:?}, keeps: {keeps:?}, asks: {asks:?}, gives: {gives:?} }},"
            );
        }
        out.push_str("];\n\n");
    }
    out.push_str("/// The actions with which a customer fills something in, by their names.\n");
    out.push_str("pub(crate) const ASKING: &[(&str, &[Made])] = &[\n");
    let is_asking = |made: &[Made]| made.iter().any(|made| !made.asks.is_empty());
    for (name, _) in customer.actions.iter().filter(|(_, made)| is_asking(made)) {
        let _ = writeln!(out, "    ({:?}, {}),", name.to_snake_case(), name.to_shouty_snake_case());
    }
    out.push_str("];\n\nstatuses! {\n");
    for status in &customer.statuses {
        doc(&mut out, 4, &status.description);
        let name = status.word.to_upper_camel_case();
        // A hole for a code makes it a status that has one.
        let code = if status.gives.contains("\"$code\"") { "(code)" } else { "" };
        let _ = writeln!(out, "    {name}{code} = {:?} {:?},", status.word, status.gives);
    }
    out.push_str("}\n\n");
    let list = |words: &[String]| {
        let words = words.iter().map(|word| format!("Status::{}", word.to_upper_camel_case()));
        words.collect::<Vec<_>>().join(", ")
    };
    let _ = writeln!(
        out,
        "/// The statuses that come by themselves.\npub(crate) const BY_ITSELF: &[Status] = &[{}];\n",
        list(&customer.by_itself)
    );
    out.push_str("/// Those that come by themselves for some kinds of message.\n");
    out.push_str("pub(crate) const FEWER: &[(&str, &[Status])] = &[\n");
    for (kind, words) in &customer.fewer {
        let _ = writeln!(out, "    ({kind:?}, &[{}]),", list(words));
    }
    out.push_str("];\n");
    out
}
