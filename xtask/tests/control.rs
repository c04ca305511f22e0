//! The description of the control of the sandbox: what its calls do, and bodies that fit the help.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::{assert_refused, text};
use xtask::codegen;

#[test]
fn what_cannot_be_shown_is_refused() {
    let says = "      summary: The next requests go wrong.\n";
    let long = format!("short: {{value: {{fault: {}}}}}\n", "x".repeat(100));
    let one =
        "short: {value: {name: menu, language: de, components: [{type: BODY, text: Heute}]}}\n";
    let edits = [
        (says, "", "`summary` is missing"),
        (one, &*long, "the first example has more than 94 characters"),
        (one, "short: {}\n", "`value` is missing"),
        (
            "            examples:\n              all: {value: {}}\n",
            "",
            "a body of JSON has `examples`",
        ),
    ];
    assert_refused(codegen::SANDBOX, codegen::generate_control, &edits);
}

#[test]
fn bodies_are_in_the_order_of_the_file() {
    let generated = codegen::generate_control(&text(codegen::SANDBOX)).unwrap();
    let body = r#""{\"name\":\"Robin\",\"action\":{\"says\":\"What is there today?\"}}""#;
    assert!(generated[0].text.contains(body));
}
