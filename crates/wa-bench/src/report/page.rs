//! The page, from what was measured.
// A page is one text that grows, and adding to a text cannot fail, so there is no error to handle.
#![allow(clippy::format_push_string)]

mod bounds;
mod compiling;
mod running;
mod sending;
mod webhooks;

use wa_bench::{project::Outcome, written::Way};

use crate::{
    machine::Machine,
    results::{Kept, Results},
};

const HEAD: &str = "# Benchmarks

What `wa-message` costs, beside three other ways to write the same messages:

- `json!` of `serde_json`, which checks nothing;
- structs with serde derives, written by hand, which check names and shapes and no limits
  ([the structs](crates/wa-bench/src/sides/structs/types.rs));
- the crate `whatsapp-business-rs` 0.5.0, which has builders for some kinds of message and checks no
  limits when a message is built.

This page is written by `cargo run --release -p wa-bench --bin report`; do not edit it. Ratios come
first, because they depend less on the machine than times do. A ratio says how many times as much
something takes as `wa-message` does: above 1, `wa-message` takes less.
";

const TAIL: &str = "## What is not covered

- Sending over a real network. On loopback there is no TLS and hardly a way to go; the real API takes far
  longer to answer than any of this.
- Kinds of message beyond those above, very large messages, and the memory that the compiler takes.
- Other machines, systems and compilers. Nothing was measured on more than one machine.
- Wrong input. How long a refusal takes was not measured.
- `whatsapp-business-rs` has no template messages, and reads incoming messages but none of those that it
  sends. So it has no row for these.

## What is unfair

In favour of `wa-message`:

- `whatsapp-business-rs` is a client with media, catalogues, webhooks and more. Without default features
  it still has its HTTP client, and `wa-message` without `client` has none. The second row of the clean
  build has both clients.
- The structs own their texts and share one flattened envelope, as they are often written. Structs that
  borrow their texts, one for each kind, would be faster to write and to read.
- Most of each message is literals, which are checked while compiling. A message of nothing but values has
  more to check when it runs.
- Of the list and the text `wa_message!` makes the JSON and no data. Who looks at the data has them read
  first, once, in less than the time of `Message::from_str`.
- Sending is measured without the limit of 80 messages a second that the client keeps otherwise, because
  nobody else keeps one.
- What is left of `whatsapp-business-rs` at run time, when a request without a body is taken off, is an
  estimate. A request with a body does a little more around it than one without.

Against `wa-message`:

- It alone checks limits and rules over several fields, at each time that a message is built or read, and
  while compiling. The others leave this to the API.
- Its result is a document that can be read, compared and taken apart. The floor is bytes alone.
- It brings every kind of message, and a clean build compiles all of them. The structs hold four kinds.
";

/// The whole page.
pub(crate) fn render(results: &Results) -> Outcome<String> {
    let mut page = HEAD.to_owned();
    page += &machines(results);
    page += &bounds::render(results);
    if let Some(kept) = &results.run_time {
        page += &running::render(&kept.result)?;
    }
    if let Some(kept) = &results.sending {
        page += &sending::render(&kept.result);
    }
    if let Some(kept) = &results.webhooks {
        page += &webhooks::render(&kept.result);
    }
    page += &compiling::render(results);
    page += "\n";
    page += TAIL;
    Ok(page)
}

fn machines(results: &Results) -> String {
    let mut machines: Vec<(&Machine, Vec<&str>)> = Vec::new();
    let mut add = |name, machine| match machines.iter_mut().find(|(known, _)| *known == machine) {
        Some((_, names)) => names.push(name),
        None => machines.push((machine, vec![name])),
    };
    macro_rules! add {
        ($($field:ident $name:literal),*) => {
            $(if let Some(Kept { machine, .. }) = &results.$field { add($name, machine); })*
        };
    }
    add!(
        run_time "run time",
        compile_time "compile time",
        check "check",
        clean_build "clean build",
        dependencies "dependencies",
        size "size",
        expansion "expansion",
        sending "sending",
        webhooks "webhooks",
        templates "templates"
    );
    let mut text = String::new();
    let several = machines.len() > 1;
    for (machine, sections) in machines {
        let what = if several {
            format!("{} measured", sections.join(", "))
        } else {
            "Measured".to_owned()
        };
        text += &format!(
            "\n{what} on: {}, {} cores, {} of memory; {}; {}.\n",
            machine.processor, machine.cores, machine.memory, machine.system, machine.compiler
        );
    }
    text
}

/// A table with a column for each way, the first of them for names.
fn ways(corner: &str) -> String {
    let names: Vec<String> = Way::ALL.iter().map(|way| format!("`{}`", way.name())).collect();
    let names = names.join(" | ").replace("`structs by hand`", "structs by hand");
    format!("| {corner} | {names} |\n|---|---|---|---|---|\n")
}

/// A row of a table.
fn row(name: &str, cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().collect();
    format!("| {name} | {} |\n", cells.join(" | "))
}

/// Ratios to the first.
fn ratios(values: &[f64]) -> impl Iterator<Item = String> + '_ {
    values.iter().map(|value| ratio(value / values[0]))
}

/// A ratio, with no more digits than it deserves.
fn ratio(value: f64) -> String {
    if value < 10.0 { format!("{value:.2}") } else { format!("{value:.1}") }
}

/// A number with commas between thousands.
fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digit.is_ascii_digit() && (digits.len() - at) % 3 == 0 && !text.ends_with('-')
        {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
