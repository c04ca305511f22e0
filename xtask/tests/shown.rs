//! The keyword `x-shown`: what it leads to, what is refused, and that its roles are documented.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::{assert_refused, assert_stable, edited, said, text};
use xtask::codegen;

fn of_messages(messages: &str) -> xtask::error::Result<Vec<codegen::Generated>> {
    codegen::generate_shown(messages, &text(codegen::WEBHOOKS))
}

fn of_webhooks(webhooks: &str) -> xtask::error::Result<Vec<codegen::Generated>> {
    codegen::generate_shown(&text(codegen::DESCRIPTION), webhooks)
}

#[test]
fn what_is_not_understood_is_refused() {
    let row = "x-shown: {as: row, answer: chooses}";
    assert_refused(
        codegen::DESCRIPTION,
        of_messages,
        &[
            (row, "x-shown: rows", "there is no role `rows`: text, "),
            (row, "x-shown: {as: rows}", "there is no role `rows`"),
            (row, "x-shown: {answer: chooses}", "`as` is missing"),
            (row, "x-shown: {as: row, answer: choose}", "customers do says, reacts, "),
            (row, "x-shown: {as: row, say: Row}", "does not carry `say`"),
            (row, "x-shown: {as: row, says: A row.}", "without a full stop"),
            (row, "x-shown: [row]", "expected a mapping"),
            // Nothing leads to an answer from a message.
            (
                "    SendAnswer:\n      type: object\n",
                "    SendAnswer:\n      type: object\n      x-shown: text\n",
                "nothing that is shown leads here",
            ),
            ("      x-shown: message\n", "", "nothing that is shown leads here"),
        ],
    );
    assert_refused(
        codegen::WEBHOOKS,
        of_webhooks,
        &[
            ("x-shown: message", "x-shown: massage", "there is no role `massage`"),
            (
                "    WebhookError:\n      type: object\n",
                "    WebhookError:\n      type: object\n      x-shown: texts\n",
                "there is no role `texts`",
            ),
            (
                "    LinkClick:\n      type: object\n",
                "    LinkClick:\n      type: object\n      x-shown: text\n",
                "nothing that is shown leads here",
            ),
        ],
    );
}

#[test]
fn only_messages_are_shown() {
    let messages = text(codegen::DESCRIPTION);
    for from in ["    TemplateCreate:\n      type: object\n", "    Template:\n      type: object\n"]
    {
        let templates = edited(codegen::TEMPLATES, from, &format!("{from}      x-shown: text\n"));
        let error = codegen::generate_templates(&templates, &messages).unwrap_err().to_string();
        assert!(error.contains("only messages are shown"), "{error}");
    }
}

#[test]
fn the_table_is_stable_and_changes_nothing_for_users() {
    assert_stable(&text(codegen::DESCRIPTION), of_messages);
    let row = "x-shown: {as: row, answer: chooses}";
    assert_eq!(said(codegen::DESCRIPTION, row, "x-shown: row"), [[""; 0]; 2]);
}

#[test]
fn what_is_not_shown_is_in_no_table() {
    let generated = of_messages(&text(codegen::DESCRIPTION)).unwrap();
    let table = &generated[0].text;
    for name in ["\"body\"", "\"latitude\"", "\"retailer_id\"", "\"expiration_days\""] {
        let is_there = table.contains(&format!("name: {name}"));
        assert_eq!(is_there, !["\"retailer_id\"", "\"expiration_days\""].contains(&name), "{name}");
    }
}

/// Each role stands in the documentation, and in the enum.
#[test]
fn roles_are_documented() {
    let readme = text("openapi/README.md");
    let section = readme.split_once("\n### x-shown\n").unwrap().1.split_once("\n## ").unwrap().0;
    let lines = section.lines().filter_map(|line| line.strip_prefix("| `"));
    let mut documented: Vec<_> = lines
        .flat_map(|line| line.split(" |").next().unwrap().split(", "))
        .map(|role| role.trim_matches('`').to_owned())
        .collect();
    documented.sort();
    let error = of_messages(&edited(codegen::DESCRIPTION, "x-shown: quote", "x-shown: quotes"));
    let error = error.unwrap_err().to_string();
    let mut known: Vec<_> =
        error.split_once("`quotes`: ").unwrap().1.split(", ").map(str::to_owned).collect();
    known.sort();
    assert_eq!(documented, known);
    let code = text("crates/wa-message-spec/src/shown.rs");
    let code = code.split_once("pub enum Role {").unwrap().1.split_once("\n}\n").unwrap().0;
    let mut variants: Vec<_> =
        code.lines().filter_map(|line| line.trim().strip_suffix(',')).map(kebab).collect();
    variants.sort();
    assert_eq!(variants, known);
}

fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    for sign in name.chars() {
        if sign.is_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.extend(sign.to_lowercase());
    }
    kebab
}
