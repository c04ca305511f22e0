//! Keeps the expansions of a few invocations. `cargo insta review` shows what a change makes of them.
#![allow(missing_docs)]

use proc_macro2::TokenStream;

fn expanded(invocation: &str) -> String {
    let input: TokenStream =
        format!("[wa] {invocation}").parse().unwrap_or_else(|error| panic!("{error}"));
    formatted(&wa_message_dsl::expand(input))
}

/// What an editor is shown.
fn in_editor(invocation: &str) -> String {
    let input: TokenStream =
        format!("[wa] {invocation}").parse().unwrap_or_else(|error| panic!("{error}"));
    formatted(&wa_message_dsl::expand_in_editor(input))
}

fn formatted(expansion: &TokenStream) -> String {
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
fn texts_of_open_length() {
    insta::assert_snapshot!(expanded(
        r#"<list> to, body: "b", button: "B", sections: [{ rows: [
            { id: "1", title: t() },
            { id: "2", title: "Two" },
        ] }]"#
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

#[test]
fn editor() {
    insta::assert_snapshot!(in_editor(
        r#"<list> to, header: { image: { link: photo } }, body: "b", sections: [
            { rows: [{ id: "1", title: "One" }, for dish in specials { id: dish.sku, ti }] },
        ]"#
    ));
}

#[test]
fn editor_of_half_a_message() {
    insta::assert_snapshot!(in_editor(
        r#"<text> to: "1", bdy: customer.name, body: customer., pre"#
    ));
}

#[test]
fn editor_of_half_a_kind() {
    insta::assert_snapshot!(in_editor("<te to, body: customer.name"));
}
