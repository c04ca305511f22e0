//! The layout of messages: what the formatter makes of them, and that rustfmt leaves it alone.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use wa_message::{Message, ReadReceipt};
use wa_message_tests::examples;
use xtask::fmt::format;

/// Lays out a text, and again: nothing changes the second time.
fn laid_out(text: &str) -> String {
    let formatted = format(text);
    assert_eq!(formatted.left_alone, [], "{text}");
    assert_eq!(format(&formatted.text).text, formatted.text);
    formatted.text
}

#[track_caller]
fn becomes(before: &str, after: &str) {
    assert_eq!(laid_out(before), after);
}

/// The examples as `to_dsl` writes them.
fn invocations() -> Vec<String> {
    let dsl = |(name, document): (String, serde_json::Value)| {
        let receipt = ReadReceipt::try_from(&document).map(|receipt| receipt.to_dsl());
        let message = || Message::try_from(&document).map(|message| message.to_dsl());
        receipt.or_else(|_| message()).unwrap_or_else(|invalid| panic!("{name}: {invalid}"))
    };
    examples().into_iter().map(dsl).collect()
}

#[test]
fn to_dsl_writes_the_layout() {
    for invocation in invocations() {
        becomes(&invocation, &invocation);
        // However it was laid out before.
        let one_line = invocation.lines().map(str::trim).collect::<Vec<_>>().join(" ");
        becomes(&one_line, &invocation);
    }
}

#[test]
fn rustfmt_leaves_it_alone() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fmt");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("messages.rs");
    let functions = invocations()
        .into_iter()
        .enumerate()
        .map(|(at, invocation)| format!("\nfn message_{at}() {{\n    let _ = {invocation};\n}}\n"));
    let text = format!("use wa_message::wa_message;\n{}", functions.collect::<String>());
    let text = laid_out(&text);
    fs::write(&file, &text).unwrap();
    let mut command = Command::new("rustfmt");
    command.args(["--check", "--edition", "2024"]).arg(&file).stderr(Stdio::piped());
    let Ok(output) = command.output() else {
        println!("skipped, because rustfmt is not there");
        return;
    };
    let found = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{found}{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn what_fits_stands_on_one_line() {
    becomes(
        "fn f() {\n    let a = wa_message!{<text>to ,body : \"Hello\" , };\n}\n",
        "fn f() {\n    let a = wa_message! { <text> to, body: \"Hello\" };\n}\n",
    );
    becomes("let e = wa_message! { <text> };", "let e = wa_message! { <text> };");
}

#[test]
fn what_does_not_has_lines() {
    let before = r#"
fn f() -> Result<Message, InvalidMessage> {
    wa_message! { <list> to, header: "Tonight", body: "Pick a dish", button: "See dishes", sections: [
        { title: "Mains", rows: [{ id: "m1", title: "Feijoada", description: "With rice" },
        for dish in specials { id: dish.sku, title: dish.name }, if vegan { id: "tofu", title: "Tofu" } else
        { id: "beef", title: "Beef" }, ..more] }, for (title, dishes) in courses_of_the_evening { title, rows: [for dish in dishes { id: dish, title: dish }] }] }
}
"#;
    let after = r#"
fn f() -> Result<Message, InvalidMessage> {
    wa_message! { <list>
        to,
        header: "Tonight",
        body: "Pick a dish",
        button: "See dishes",
        sections: [
            { title: "Mains", rows: [
                { id: "m1", title: "Feijoada", description: "With rice" },
                for dish in specials { id: dish.sku, title: dish.name },
                if vegan { id: "tofu", title: "Tofu" } else { id: "beef", title: "Beef" },
                ..more,
            ] },
            for (title, dishes) in courses_of_the_evening {
                title,
                rows: [for dish in dishes { id: dish, title: dish }],
            },
        ],
    }
}
"#;
    becomes(before, after);
}

#[test]
fn comments_stay() {
    let before = r#"
    let a = wa_message! { <text> // who
        to, // the guest

        /* what */
        body: "Hello"
        // nothing else
    };
"#;
    let after = r#"
    let a = wa_message! { <text>
        // who
        to, // the guest

        /* what */
        body: "Hello",
        // nothing else
    };
"#;
    becomes(before, after);
}

#[test]
fn a_comment_inside_of_a_field_leaves_the_message_alone() {
    let text = "let a = wa_message! { <text>   to: // who\n \"1\", body: \"b\" };\n\
                let b = wa_message! { <text>to,body: \"b\" };\n";
    let formatted = format(text);
    assert_eq!(formatted.messages, 2);
    assert_eq!(formatted.left_alone, [(1, "a comment stands inside of a field")]);
    assert!(formatted.text.starts_with("let a = wa_message! { <text>   to: // who\n \"1\""));
    assert!(formatted.text.ends_with("let b = wa_message! { <text> to, body: \"b\" };\n"));
}

#[test]
fn expressions_and_texts_stay() {
    let text = r##"
fn f() {
    let a = wa_message! { <text>
        to: match guest {
            // The first one.
            Some(guest) => guest.phone,
            None => "+15550100",
        },
        body: r#"A "text", with: { all } of [it] // and no comment"#,
        context: std::iter::once("wamid").next(),
    }?;
}
"##;
    becomes(text, text);
    // Moved with the field, but for a text of several lines.
    becomes(
        "    wa_message! { <text> to: f(\n        a,\n    ), body: \"x\ny\" };",
        "    wa_message! { <text>\n        to: f(\n            a,\n        ),\n        body: \"x\ny\",\n    };",
    );
}

#[test]
fn other_forms_are_left_alone() {
    for text in [
        "wa_message!({ \"to\":   \"1\" })",
        "wa_message! { { \"to\":   \"1\" } }",
        "// wa_message! { <text>to }",
        "let s = \"wa_message! { <text>to }\";",
        "wa_message! { <text>to",
        "json! { <text>to }",
    ] {
        let formatted = format(text);
        assert_eq!((formatted.text.as_str(), formatted.messages), (text, 0));
    }
    let broken = "wa_message! { <text>to body: 1 }";
    assert_eq!(format(broken).text, broken);
}
