//! An editor inside of `wa_message!`: rust-analyzer is started on a small project and asked
//! over the language server protocol.
//!
//! It is looked for in the environment variable `RUST_ANALYZER` and then in the `PATH`. Where there is
//! none, nothing is asked, and a line says so. The requests and the answers are written to
//! `target/editor/log.txt`.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod editor;
mod names;
mod server;

use std::{
    env,
    path::PathBuf,
    process::{Command, ExitStatus, Stdio},
};

use editor::Editor;

/// What every kind takes.
const ENVELOPE: [&str; 5] = [
    "biz_opaque_callback_data",
    "context",
    "recipient",
    "recipient_identity_key_hash",
    "recipient_type",
];

/// Asks at the place of the `|` in an invocation.
#[test]
fn an_editor_helps_inside_of_a_message() {
    let Some(program) = rust_analyzer() else {
        println!("skipped: there is no rust-analyzer, neither in RUST_ANALYZER nor in the PATH");
        return;
    };
    let mut editor = Editor::start(&program);
    fields(&mut editor);
    kinds(&mut editor);
    documentation(&mut editor);
    values(&mut editor);
    variables(&mut editor);
    errors(&mut editor);
    editor.finish();
}

fn fields(editor: &mut Editor) {
    let text = [&ENVELOPE[..], &["preview_url"]].concat();
    editor.completes("<text> to, body: \"Hello\", |", &text);
    editor.completes("<text> to, body: \"Hello\", pre|", &text);
    editor.completes("<text> to, | body: \"Hello\"", &text);
    editor.completes("<text> to, |, body: \"Hello\"", &text);
    editor.completes("<text> bdy: 1, to, pre|", &[&text[..], &["body"]].concat());
    editor.completes("<text> |", &[&text[..], &["body", "to"]].concat());

    let row = ["description"];
    editor.completes(
        "<list> to, body: \"b\", button: \"B\", sections: [{ rows: [{ id: \"1\", title: \"One\", | }] }]",
        &row,
    );
    editor.completes(
        "<list> to, body: \"b\", button: \"B\", sections: [
            { title: \"Mains\", rows: [{ id: \"1\", title: \"One\" }] },
            { rows: [for dish in specials { id: dish.sku, title: dish.dish_name, de| }] },
        ]",
        &row,
    );
    editor.completes("<list> to, body: \"b\", sections: [{ | }]", &["rows", "title"]);
    editor.completes(
        "<button> to, body: \"b\", header: { | }",
        &["document", "image", "sub_text", "text", "type", "video"],
    );
    editor.completes("<button> to, header: { image: { l| } }", &["id", "link"]);
    editor.completes("<button> to, buttons: [{ id: \"1\", | }]", &["title"]);
    editor.completes(
        "<contacts> to, contacts: [{ name: { formatted_name: \"Ada\", fi| } }]",
        &["first_name", "last_name", "middle_name", "prefix", "suffix"],
    );
    editor.completes(
        "<template> to, name: \"n\", language: \"en\", header: { document: { link: to, | } }",
        &["filename", "id"],
    );
    editor.completes("<template> to, name: \"n\", language: { | }", &["code", "policy"]);
}

fn kinds(editor: &mut Editor) {
    let kinds: Vec<_> = wa_message_spec::tables::KINDS.iter().map(|kind| kind.name).collect();
    editor.completes("<|", &kinds);
    editor.completes("<te|", &kinds);
    editor.completes("<te|> to, body: \"Hello\"", &kinds);
}

fn documentation(editor: &mut Editor) {
    let hello = "<text> to, bo|dy: \"Hello\"";
    editor.explains(hello, &["The text of the message.", "1 to 4096 characters", "Text"]);
    let title = "<button> to, body: \"b\", buttons: [{ id: \"1\", ti|tle: \"One\" }]";
    editor.explains(title, &["1 to 20 characters", "Text", "Required"]);
    editor.explains("<li|st> to, body: \"b\"", &["A text with a button that opens a list"]);
    // Where the message is not whole yet.
    editor.explains("<text> to, bo|dy: , pre", &["1 to 4096 characters"]);
    editor.defines(hello, "pub body: crate::Text,");
    editor.defines(title, "pub title: crate::Text,");
    editor.defines("<te|xt> to, body: \"Hello\"", "pub struct text {");
    editor.defines("<text> to, body: customer.na|me", "pub name: String,");
}

fn values(editor: &mut Editor) {
    let customer = ["name", "phone"];
    for invocation in [
        "<text> to, body: customer.na|, preview_url: true",
        "<text> to, body: customer.|",
        "<text> to, body: customer.na|, pre",
        "<text> to, body: customer.|, foo: 1",
        "<text> bdy: customer.na|",
        "<text> to, body: format!(\"{}\", customer.|)",
        "<button> to, buttons: [{ id: customer.na|, ti }]",
        "<button> to, buttons: [{ id: \"1\", title: customer.| }], fo",
        "<te to, body: customer.na|",
        "{ to: customer.na|, type: \"text\"",
    ] {
        editor.completes_among(invocation, &customer);
    }
    editor.completes_among(
        "<list> to, sections: [{ rows: [for dish in specials { id: dish.| }] }]",
        &["dish_name", "sku"],
    );
    editor.completes_among("<list> to, sections: [{ rows: [..spe|] }]", &["specials"]);
    editor.completes_among("<text> to: cus|", &["customer"]);
    editor.has_type("<text> to: \"1\", body: \"Hello\"", "Message");
    editor.has_type("<text> to, body: \"Hello\"", "Result<Message, InvalidMessage>");
    editor.has_type("<text> to, bo", "Result<Message, InvalidMessage>");
    editor.has_type("<read> message_id: \"wamid.1\"", "ReadReceipt");
}

/// The variables of a template whose definition lies beside the manifest.
fn variables(editor: &mut Editor) {
    let waiting = "<template> to, name: \"order_waiting\", language: \"en_US\", ";
    let with = |rest: &str| format!("{waiting}{rest}");
    editor.completes(&with("body: { | }"), &["first_name", "hour"]);
    editor.completes(&with("body: { first_name: to, | }"), &["hour"]);
    editor.completes(&with("body: { first_name: to, ho| }"), &["hour"]);
    editor.completes(&with("header: { or| }, body: { first_name: to }"), &["order_id"]);
    editor.explains(&with("body: { first_n|ame: to, hour: to }"), &["waits until {{hour}}"]);
    let customer = ["name", "phone"];
    editor.completes_among(&with("body: { first_name: customer.na|, ho }"), &customer);
    // No editor completes inside of a literal. Names and languages are offered as those of functions.
    editor.completes_among("<text> to: templates::|", &["order_waiting"]);
    editor.completes_among("<text> to: templates::order_waiting::|", &["EnUs", "en_us"]);
    editor.completes_among(
        "<text> to: templates::order_waiting::EnUs { fi| }",
        &["first_name", "hour", "order_id"],
    );
    editor.reports(
        &with("header: { order_id: \"17\" }, body: { first_name: to, hour: \"eight\" }"),
        &[],
    );
    editor.reports(
        &with("header: { order_id: \"17\" }, body: { first_name: to, huor: \"eight\" }"),
        &[("huor", "has no variable `huor`")],
    );
}

fn errors(editor: &mut Editor) {
    editor.reports("<text> to, body: \"Hello\"", &[]);
    editor.reports(
        "<button> to, header: { image: { link: to } }, body: format!(\"{to}\"), buttons: [
            { id: \"1\", title: \"One\" }, for dish in specials { id: dish.sku, title: dish.dish_name },
        ]",
        &[],
    );
    editor.reports(
        "<button> to, body: \"b\", buttons: [{ id: \"1\", title: \"Keep the table at eight\" }], fo",
        &[("fo", "has no field `fo`"), ("\"Keep the table at eight\"", "23 characters long")],
    );
    editor.reports(
        "<button> to, foo: 1, body: \"b\", buttons: [{ id: \"1\", title: customer. }]",
        &[(".", "expected a value"), ("foo", "has no field `foo`")],
    );
}

fn rust_analyzer() -> Option<PathBuf> {
    let program = env::var_os("RUST_ANALYZER").unwrap_or_else(|| "rust-analyzer".into());
    let mut command = Command::new(&program);
    // The stand-in that rustup puts in the `PATH` fails when the component is not installed.
    let status = command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.ok().filter(ExitStatus::success).map(|_| PathBuf::from(program))
}
