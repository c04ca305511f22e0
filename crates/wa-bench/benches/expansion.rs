//! Measures expansions: 2,000 invocations of several kinds, whose tokens are there already.
#![allow(missing_docs, clippy::unwrap_used)]

use std::{hint::black_box, time::Instant};

use proc_macro2::TokenStream;

const INVOCATIONS: usize = 2_000;
const ROUNDS: usize = 9;

/// The invocations of one kind, by their number.
type Kind = (&'static str, fn(usize) -> String);

const KINDS: [Kind; 5] = [
    ("text", |at| format!(r#"<text> to: to, body: "Order {at} is ready.""#)),
    ("button", |at| {
        format!(
            r#"<button> to, body: "Keep table {at}?", buttons: [
                {{ id: "keep-{at}", title: "Keep it" }}, {{ id: "cancel-{at}", title: cancel }},
            ]"#
        )
    }),
    ("list", |at| {
        format!(
            r#"<list> to: to, header: "Menu {at}", body: "Pick a dish", button: "See dishes",
            sections: [
                {{ title: "Mains", rows: [
                    {{ id: "m1-{at}", title: "Feijoada", description: "With rice" }},
                    {{ id: "m2-{at}", title: title, description: "What the market had" }},
                ] }},
                {{ title: "Sweets", rows: [
                    {{ id: "s1-{at}", title: "Pudim" }},
                    {{ id: "s2-{at}", title: "Quindim", description: "With coconut" }},
                ] }},
            ]"#
        )
    }),
    ("template", |at| {
        format!(
            r#"<template> to, name: "order_{at}", language: "en_US", body: [name, "soon"],
            buttons: [{{ quick_reply: "track-{at}" }}, {{ url: link }}]"#
        )
    }),
    ("wire form", |at| {
        format!(
            r#"{{ "messaging_product": "whatsapp", "to": to, "type": "interactive", "interactive": {{
                "type": "list",
                "header": {{ "type": "text", "text": "Menu {at}" }},
                "body": {{ "text": "Pick a dish" }},
                "action": {{ "button": "See dishes", "sections": [
                    {{ "title": "Mains", "rows": [
                        {{ "id": "m1-{at}", "title": "Feijoada", "description": "With rice" }},
                        {{ "id": "m2-{at}", "title": title }},
                    ] }},
                ] }},
            }} }}"#
        )
    }),
];

fn main() {
    println!("expansion of {INVOCATIONS} invocations, median and best of {ROUNDS} rounds");
    for (name, written) in KINDS {
        let tokens: Vec<TokenStream> =
            (0..INVOCATIONS).map(|at| format!("[wa] {}", written(at)).parse().unwrap()).collect();
        let mut times: Vec<f64> = (0..ROUNDS).map(|_| round(tokens.clone())).collect();
        times.sort_by(f64::total_cmp);
        println!("  {name:<10} {:>7.1} us {:>7.1} us", times[ROUNDS / 2], times[0]);
    }
}

/// Expands everything, and returns the microseconds of one.
#[allow(clippy::cast_precision_loss)] // A few thousand.
fn round(tokens: Vec<TokenStream>) -> f64 {
    let count = tokens.len() as f64;
    let start = Instant::now();
    for tokens in tokens {
        let expansion = wa_message_dsl::expand(black_box(tokens));
        assert!(!black_box(expansion).is_empty());
    }
    start.elapsed().as_secs_f64() * 1e6 / count
}
