//! The lines of the description that an error shows.

use xtask::{
    codegen,
    excerpt::{self, Look},
};

use crate::{description, edited};

/// The excerpts of the errors of a description, in letters alone.
pub(crate) fn excerpts(description: &str) -> String {
    let error = codegen::generate(description).unwrap_err();
    excerpt::render(&error.in_file("openapi/messages.yaml", description), Look::Plain)
}

/// Asserts the excerpts, in which line numbers are left out: each edit of the description moves them.
fn assert_shown(description: &str, expected: &str) {
    let shown = excerpts(description);
    let lines = shown.lines().map(|line| {
        let line = line.trim_end();
        match line.split_once("messages.yaml:") {
            Some((_, place)) => {
                format!("--> messages.yaml:L:{}", place.split_once(':').unwrap().1)
            }
            None => line
                .trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ' ')
                .to_owned(),
        }
    });
    let shown: Vec<_> = lines.collect();
    assert_eq!(shown.join("\n"), expected);
}

#[test]
fn a_wrong_key_is_underlined() {
    assert_shown(
        &edited("maxLength: 72", "maxLenght: 72"),
        "\
error: the generator does not carry `maxLenght` through here
--> messages.yaml:L:11
|
|     Row:
|     --- in this schema
...
|         description:
|         ----------- in this member
|           type: string
|           minLength: 1
|           maxLenght: 72
|           ^^^^^^^^^ not carried through
|           description: The small text under the title.
|
= note: at #/components/schemas/Row/properties/description/maxLenght
= help: did you mean `maxLength`?",
    );
}

#[test]
fn wrong_values_are_underlined_in_all_schemas_at_once() {
    let text = edited("schemas/ButtonAction'", "schemas/ButtonActoin'");
    let text = text.replacen("maxItems: 3\n", "maxItems: three\n", 1);
    assert_shown(
        &text,
        "\
error: there is no schema `ButtonActoin`
--> messages.yaml:L:17
|
|     ButtonInteractive:
|     ----------------- in this schema
...
|         action:
|         ------ in this member
|           $ref: '#/components/schemas/ButtonActoin'
|                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
|           description: The buttons.
|
= note: at #/components/schemas/ButtonInteractive/properties/action/$ref

error: expected a whole number
--> messages.yaml:L:21
|
|     ButtonAction:
|     ------------ in this schema
...
|         buttons:
|         ------- in this member
...
|           minItems: 1
|           maxItems: three
|                     ^^^^^ this is a string
|           description: The buttons to answer with.
|
= note: at #/components/schemas/ButtonAction/properties/buttons/maxItems

error: 2 errors in openapi/messages.yaml",
    );
}

#[test]
fn what_is_no_yaml_is_shown() {
    assert_shown(
        &edited("x-label: a row\n", "x-label: a row: b\n"),
        "\
error: the description is not valid YAML
--> messages.yaml:L:21
|
|       description: A row of a list.
|       x-label: a row: b
|                     ^ mapping values are not allowed in this context
|       properties:
|",
    );
}

/// Every place that an error can name is found again, whatever stands around it.
#[test]
fn excerpts_are_safe_at_every_place() {
    for (from, to) in [
        ("maxLength: 72", "maxLength:"),
        (
            "description: A row of a list.",
            "description: |\n        Größe \u{1f4a5}\n      x-größe: \u{1f4a5}",
        ),
        ("required: [id, title]", "required:\n        - id\n        - {a: b}"),
        ("x-label: a row\n", "x-label: ''\n"),
    ] {
        let text = edited(from, to);
        let shown = excerpts(&text);
        assert!(shown.contains("at #/components/schemas/R"), "{shown}");
        let crlf = text.replace('\n', "\r\n");
        assert!(excerpts(&crlf).contains("at #/components/schemas/R"), "{shown}");
    }
    let truncated = description();
    let middle = truncated.len() / 2;
    let cut = (0..40).map(|back| middle - back).filter(|at| truncated.is_char_boundary(*at));
    for at in cut {
        if codegen::generate(&truncated[..at]).is_err() {
            assert!(excerpts(&truncated[..at]).starts_with("error: "));
        }
    }
}
