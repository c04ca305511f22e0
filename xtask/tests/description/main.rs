//! The description is a valid `OpenAPI` document, and what the generator cannot carry is refused.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../common/mod.rs"]
mod common;
mod excerpts;

use std::fs;

use common::{root, text};
use roas::{
    v3_1::spec::Spec,
    validation::{Options, Validate},
};
use xtask::{codegen, diff::Comparison, error::Error, yaml};

fn description() -> String {
    text(codegen::DESCRIPTION)
}

/// The description with one edit, which has to apply.
fn edited(from: &str, to: &str) -> String {
    common::edited(codegen::DESCRIPTION, from, to)
}

fn refusal(description: &str) -> String {
    match codegen::generate(description) {
        Ok(_) => panic!("it was generated from"),
        Err(error) => error.to_string(),
    }
}

fn assert_refused(description: &str, parts: &[&str]) {
    let message = refusal(description);
    for part in parts {
        assert!(message.contains(part), "{message:?} does not say {part:?}");
    }
}

#[test]
fn openapi_is_valid() {
    let document = yaml::read(&description()).unwrap().to_json();
    let spec: Spec = serde_json::from_value(document).unwrap();
    // The validator does not look for uses inside of arms.
    let problems = spec.validate(Options::IgnoreUnusedSchemas.only(), None);
    assert!(problems.is_ok(), "{}", problems.unwrap_err());
}

#[test]
fn generated_code_is_fresh() {
    codegen::check(root()).unwrap().refuse().unwrap();
}

#[test]
fn generating_twice_gives_the_same() {
    let text = description();
    let (first, second) = (codegen::generate(&text).unwrap(), codegen::generate(&text).unwrap());
    for (first, second) in first.iter().zip(&second) {
        assert_eq!(first.text, second.text, "{}", first.path);
        let preamble = first.text.lines().next().unwrap();
        assert!(preamble.contains("cargo xtask codegen"), "{}: {preamble}", first.path);
    }
}

#[test]
fn what_is_no_yaml_is_refused() {
    for text in ["", "a: [", "\t- x", "just words", "a: 1\n---\nb: 2", "{}"] {
        let message = refusal(text);
        assert!(!message.is_empty(), "{text:?}");
    }
}

#[test]
fn unknown_keywords_are_refused_with_their_place() {
    let at = "/components/schemas/Row";
    for keyword in [
        "not: {required: [id]}",
        "dependentSchemas: {title: {}}",
        "minProperties: 1",
        "if: {properties: {}}",
        "x-invented: true",
        "patternProperties: {}",
    ] {
        let with = format!("      x-label: a row\n      {keyword}\n");
        let text = edited("      x-label: a row\n", &with);
        let name = keyword.split(':').next().unwrap();
        assert_refused(&text, &[at, name, "line "]);
    }
    for (from, to, at) in [
        (
            "maxLength: 72",
            "maxLength: 72\n          multipleOf: 2",
            "/properties/description/multipleOf",
        ),
        (
            "maxItems: 3\n",
            "maxItems: 3\n          uniqueItems: true\n",
            "/properties/buttons/uniqueItems",
        ),
        ("maximum: 90", "exclusiveMaximum: 90", "/properties/latitude/exclusiveMaximum"),
        (
            "x-format: no-emoji",
            "x-format: no-emoji\n          format: date",
            "/properties/flow_cta/x-format",
        ),
        ("x-format: no-emoji", "format: no-emoji", "/properties/flow_cta/format"),
        ("{type: string, description: The city.}", "{description: The city.}", "/properties/city"),
        (
            "{type: string, description: The city.}",
            "{type: string, x-says: be a city, description: The city.}",
            "/properties/city",
        ),
        ("x-label: a row\n", "x-label: a row\n      x-content: Thing\n", "/components/schemas/Row"),
        ("format: date", "format: hostname", "/properties/birthday/format"),
        ("pattern: '^[0-9]$'", "pattern: '^\\d$'", "/components/schemas/ButtonIndex/pattern"),
        ("x-new: to", "x-new: context", "/components/schemas/MessageObject/x-new"),
        ("      x-label: a row\n", "      x-label: a row\n      x-new: title\n", "/Row/x-new"),
        // The form of a member that may be absent is no condition.
        (
            "to: {pattern: '^00'}}\n            required: [to]",
            "to: {pattern: '^00'}}",
            "/components/schemas/MessageObject/allOf",
        ),
        (
            "then:\n            properties: {to: {pattern: '^\\+'}}",
            "then:\n            properties: {to: {minLength: 2}}",
            "/components/schemas/MessageObject/allOf",
        ),
    ] {
        assert_refused(&edited(from, to), &[at]);
    }
}

#[test]
fn lost_references_are_refused() {
    let text = edited("schemas/ButtonAction'", "schemas/ButtonActoin'");
    assert_refused(
        &text,
        &["/components/schemas/ButtonInteractive/properties/action/$ref", "ButtonActoin"],
    );
    let text = edited("#/components/schemas/ButtonAction'", "other.yaml#/ButtonAction'");
    assert_refused(&text, &["ButtonInteractive/properties/action/$ref"]);
}

#[test]
fn colliding_names_are_refused() {
    let schema = |name: &str| {
        format!(
            "    {name}:\n      type: string\n      description: A thing.\n      enum: [a, b]\n\n    Template:\n"
        )
    };
    // The type of the constant `name` of `FlowAction` has this name.
    let text = edited("    Template:\n", &schema("FlowActionName"));
    assert_refused(&text, &["FlowActionName", "taken"]);
    let text = edited("    Template:\n", &schema("flow_action"));
    assert_refused(&text, &["flow_action", "FlowAction"]);
    let text = edited("      x-kind: list\n", "      x-kind: button\n");
    assert_refused(&text, &["two kinds", "button"]);
    let text = edited("    Row:\n", "    Reply:\n");
    assert_refused(&text, &["duplicated key", "line "]);
}

/// A limit is said once, by its keyword.
#[test]
fn limits_in_descriptions_are_refused() {
    for (from, to, limit) in [
        ("The small text under the title.", "The small text, at most 72 characters.", "72"),
        ("The small text under the title.", "The small text under the title. 1 to 72.", "72"),
        ("The buttons to answer with.", "The buttons to answer with. Up to 3 of them.", "3"),
        (
            "How long the message stays pinned. Counted in days.",
            "How long, for 1 to 30 days.",
            "30",
        ),
        ("The latitude in decimal degrees.", "The latitude, -90 to 90.", "90"),
        // That of the text which may stand in place of the body.
        ("The small text under the message.", "Small text of at most 60 characters.", "60"),
    ] {
        let said = format!("says {limit} again, which its schema says");
        let help = "leave it out: ";
        assert_refused(&edited(from, to), &[&said]);
        assert!(excerpts::excerpts(&edited(from, to)).contains(help));
    }
}

#[test]
fn other_numbers_in_descriptions_are_taken() {
    for description in [
        "The small text. 72 points are too large for it.",
        "The small text. More than 30 characters may be cut off.",
    ] {
        codegen::generate(&edited("The small text under the title.", description)).unwrap();
    }
}

#[test]
fn rules_that_lead_nowhere_are_refused() {
    for (from, to) in [
        ("unique: 'buttons[].reply.id'", "unique: 'buttons[].reply.idd'"),
        ("total: 'sections[].rows[]'", "total: 'sections[].lines[]'"),
        ("needs: title", "needs: titel"),
        ("- required: [link]", "- required: [lnik]"),
        ("x-scalar: message_id", "x-scalar: message"),
        ("properties: {context: false}", "properties: {contxt: false}"),
        ("required: [id, title]", "required: [id, titel]"),
    ] {
        let is_path = ["unique", "total", "properties"].iter().any(|key| from.starts_with(key));
        let said = if is_path { "the path is lost at" } else { "no member" };
        assert_refused(&edited(from, to), &[said]);
    }
}

#[test]
fn what_has_no_place_in_rust_is_refused() {
    let member = |name: &str| {
        format!("        {name}:\n          type: string\n          description: A thing.\n")
    };
    // The struct has a member of this name, which holds the enum.
    let head = "      x-content: Content\n      properties:\n";
    let text = edited(head, &(head.to_owned() + &member("content")));
    assert_refused(&text, &["it made no `MessageObject/content`"]);
    // The reader has a bit for each member.
    let head = "      x-label: a row\n      properties:\n";
    let members = |count| (0..count).map(|at| member(&format!("member_{at}"))).collect::<String>();
    codegen::generate(&edited(head, &(head.to_owned() + &members(61)))).unwrap();
    let text = edited(head, &(head.to_owned() + &members(62)));
    assert_refused(&text, &["`description` is the 65th member of its object"]);
}

#[test]
fn a_faulty_description_leaves_the_code_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(codegen::DESCRIPTION);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    for other in [codegen::WEBHOOKS, codegen::MEDIA, codegen::TEMPLATES, codegen::SANDBOX] {
        fs::copy(root().join(other), folder.path().join(other)).unwrap();
    }
    fs::write(&path, edited("maxLength: 72", "maxLenght: 72")).unwrap();
    assert!(codegen::write(folder.path()).is_err());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "something was written");

    fs::write(&path, description()).unwrap();
    let written = codegen::write(folder.path()).unwrap();
    assert!(matches!(written.changes, Comparison::NoSnapshot));
    let written = written.files;
    assert!(written.len() > 5);
    codegen::check(folder.path()).unwrap().refuse().unwrap();
    assert_eq!(codegen::write(folder.path()).unwrap().files, Vec::<&str>::new());

    fs::write(&path, edited("maxLength: 72", "maxLength: 60")).unwrap();
    let drift = codegen::check(folder.path()).unwrap();
    let changes = &drift.changes;
    assert!(changes.to_string().ends_with("1 change breaks users, 0 do not"), "{changes}");
    assert!(matches!(drift.refuse(), Err(Error::Stale { .. })));
    let changes = codegen::write(folder.path()).unwrap().changes;
    assert!(changes.to_string().contains("`Row.description`: `maxLength` was 72"), "{changes}");
    fs::write(folder.path().join(codegen::SNAPSHOT), "kinds: 1").unwrap();
    let changes = codegen::write(folder.path()).unwrap().changes;
    assert!(matches!(changes, Comparison::BadSnapshot(_)), "{changes}");

    fs::write(folder.path().join(written[0]), "// edited by hand").unwrap();
    let message = codegen::check(folder.path()).unwrap().refuse().unwrap_err().to_string();
    assert!(message.contains(written[0]) && message.contains("cargo xtask codegen"), "{message}");
}

#[test]
fn kinds_that_nobody_finds_are_refused() {
    let text = edited("        - $ref: '#/components/schemas/FlowInteractive'\n", "");
    assert_refused(&text, &["/components/schemas/FlowInteractive/x-kind", "no request body"]);
    let text = edited("      x-label: a row\n", "      x-label: a row\n      x-kind: row\n");
    assert_refused(&text, &["/components/schemas/Row/x-kind", "no request body", "`row`"]);
    let text = edited("      x-label: a row\n", "      x-label: a row\n      x-kind: list\n");
    assert_refused(&text, &["/components/schemas/Row/x-kind", "two kinds", "`list`"]);
    let text = edited("x-label: a context\n", "x-label: a context\n      x-kind: context\n");
    assert_refused(&text, &["/components/schemas/Context/x-kind", "no request body"]);
    let text = edited("requestBody:", "x-requestBody:");
    assert_refused(&text, &["`paths` has to name a `requestBody`"]);
}

#[test]
fn objects_are_closed_in_one_way() {
    let closed = "required: [message_id]\n      additionalProperties: false\n";
    for value in ["true", "false"] {
        let with = format!("{closed}      unevaluatedProperties: {value}\n");
        assert_refused(&edited(closed, &with), &["schemas/Context/unevaluatedProperties"]);
        let union = "      x-label: a header parameter\n";
        for keyword in ["additionalProperties", "unevaluatedProperties"] {
            let with = format!("{union}      {keyword}: {value}\n");
            assert_refused(&edited(union, &with), &["schemas/HeaderParameter/", keyword]);
        }
    }
}

#[test]
fn numbers_of_rules_that_decide_nothing_are_refused() {
    for (from, to, parts) in [
        (
            "{maxLength: 55, pattern: 59}",
            "{maxItems: 55, pattern: 59}",
            ["x-rule/maxItems", "takes"],
        ),
        (
            "{minLength: 33, required: 29}",
            "{pattern: 33, required: 29}",
            ["x-rule/pattern", "not here"],
        ),
        ("x-rule: {required: 24}", "x-rule: {maxLength: 24}", ["x-rule/maxLength", "`$ref`"]),
        ("x-rule: {oneOf: 12}", "x-rule: {anyOf: 12}", ["x-rule/anyOf", "not here"]),
        (
            "x-rule: {pattern: 13}",
            "x-rule: {pattern: 13, maxLength: 13}",
            ["x-rule/maxLength", "not here"],
        ),
        (
            "context:\n          x-synonyms: [reply_to, reply, quote, quoted]\n",
            "context:\n          x-synonyms: [reply_to, reply, quote, quoted]\n          x-rule: {required: 4}\n",
            ["x-rule/required", "optional"],
        ),
        (
            "x-answer: true\n",
            "x-answer: true\n      x-rule: {additionalProperties: 1}\n",
            ["x-rule/additionalProperties", "not here"],
        ),
    ] {
        assert_refused(&edited(from, to), &parts);
    }
}

/// A range is held by what is built too, each end that it has. What no type can hold is refused.
#[test]
fn ranges_of_numbers_are_rules() {
    let last = "- {rule: 67, less: sale_amount.value, than: amount.value}\n";
    let with = |rule: &str| edited(last, &format!("{last}        - {{{rule}}}\n"));
    let held = |rule: &str| {
        let generated = codegen::generate(&with(rule)).unwrap();
        let holds = generated.iter().find(|file| file.path.ends_with("holds.rs")).unwrap();
        holds.text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let both = held("number: quantity, minimum: 2, maximum: 99, or: [-1]");
    let written = "< 2i64 || *";
    assert!(both.contains(written) && both.contains("> 99i64;"), "no {written}");
    assert!(both.contains("!= -1i64"));
    let open = held("number: quantity, minimum: 2");
    assert!(open.contains("< 2i64") && !open.contains("> 99i64") && !open.contains("i64::MAX"));
    assert_refused(
        &with("samples: name, values: name, names: name, x-says: each has one"),
        &["`samples` are for requests without types"],
    );
}
