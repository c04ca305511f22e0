//! What a few invocations expand to. `cargo insta review` shows what a change makes of them.
#![allow(missing_docs)]

use proc_macro2::TokenStream;

fn expanded(invocation: &str) -> String {
    let input: TokenStream =
        format!("[wa] {invocation}").parse().unwrap_or_else(|error| panic!("{error}"));
    let expansion = wa_message_dsl::expand(input).to_string();
    let file = format!("fn expansion() {{ let message = {expansion}; }}");
    let file = syn::parse_file(&file).unwrap_or_else(|error| panic!("{error}: {expansion}"));
    prettyplease::unparse(&file)
}

#[test]
fn literals() {
    insta::assert_snapshot!(expanded(r#"<text> to: "1", body: "Hello""#));
}

#[test]
fn values_in_the_order_written() {
    insta::assert_snapshot!(expanded(
        r#"<button> buttons: [{ title: b(), id: "x" }], to: a(), body: "Sure?""#
    ));
}

#[test]
fn control_flow() {
    insta::assert_snapshot!(expanded(
        r#"<list> to: "1", body: "b", button: "B", sections: [{ rows: [
            { id: "1", title: "One" },
            for dish in specials { id: dish.sku, title: "Dish" },
            if vegan { id: "v", title: "Vegan" },
            ..more,
        ] }]"#
    ));
}

#[test]
fn template() {
    insta::assert_snapshot!(expanded(
        r#"<template> to, name: "n", language: "en", body: ["Ada"], buttons: [for x in xs { url: x }]"#
    ));
}

#[test]
fn constants() {
    insta::assert_snapshot!(expanded(r#"<text> to: "1", body: const { GREETING }"#));
}

#[test]
fn errors() {
    insta::assert_snapshot!(expanded(r#"<text> to, bdy: "x""#));
}
