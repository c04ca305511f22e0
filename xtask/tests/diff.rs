//! The report of an edit tells what breaks users from what does not.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{fs, path::Path, process::Command};

use xtask::{codegen, diff::Changes, face::Face};

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn description() -> String {
    fs::read_to_string(root().join(codegen::DESCRIPTION)).unwrap()
}

/// The description with edits, each of which has to apply.
fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(description(), |text, (from, to)| {
        assert!(text.contains(from), "the description has no {from:?}");
        text.replacen(from, to, 1)
    })
}

fn between(old: &str, new: &str) -> Changes {
    Changes::between(&Face::read(old).unwrap(), &Face::read(new).unwrap())
}

/// The lines of an edit and of taking it back, with `!` before those that break users.
fn lines(old: &str, new: &str) -> Vec<String> {
    let changes = between(old, new).changes.into_iter();
    changes.map(|change| format!("{}{change}", if change.breaks { "! " } else { "" })).collect()
}

/// Asserts what is said of an edit, and what is said when it is taken back.
fn assert_said(edits: &[(&str, &str)], forth: &[&str], back: &[&str]) {
    let (old, new) = (description(), edited(edits));
    assert_eq!(lines(&old, &new), forth);
    assert_eq!(lines(&new, &old), back);
}

#[test]
fn a_report_reads_what_breaks_first() {
    let new = edited(&[
        ("x-kind: catalog_message", "x-kind: catalog"),
        ("pattern: '^https?://'", "pattern: '^https://'"),
        ("maxLength: 72", "maxLength: 60"),
        ("maxLength: 4096", "maxLength: 5000"),
        ("rows[]', max: 10", "rows[]', max: 20"),
        ("        department: ", "        division: "),
        (
            "        zip: ",
            "        plus_code: {type: string, description: The plus code.}\n        zip: ",
        ),
    ]);
    let expected = "\
breaks users:
  `<catalog_message>`: renamed to `<catalog>`?
  `Organization.department`: renamed to `division`?
  `Audio.link`, `Document.link`, `Image.link`, `Sticker.link` and 8 more: `pattern` was '^https?://', and is '^https://'
  `Row.description`: `maxLength` was 72, and is 60, tightened

does not break users:
  `Address.plus_code`: added, optional string
  `TextObject.body`: `maxLength` was 4096, and is 5000, loosened
  `ListAction`: rule was {max: 10, rule: 35, total: 'sections[].rows[]'}, and is {max: 20, rule: 35, total: 'sections[].rows[]'}, loosened

public face: 4 changes break users, 3 do not";
    assert_eq!(between(&description(), &new).to_string(), expected);
}

#[test]
fn words_and_order_of_keywords_change_nothing() {
    let new = edited(&[
        ("description: A row of a list.", "description: A line of a list."),
        ("x-label: a row", "x-label: a line"),
        ("x-says: a group takes no interactive message", "x-says: groups take none"),
        ("{rule: 30, unique: 'buttons[].reply.id'}", "{unique: 'buttons[].reply.id', rule: 30}"),
    ]);
    let report = between(&description(), &new).to_string();
    assert_eq!(report, "nothing changed in the public face");
}

#[test]
fn a_shared_text_may_be_written_out() {
    let written_out = "id: {type: string, minLength: 1, description: The id., x-says: be an id, \
        pattern: '^(?:[^:]|:+(?:/:+)*(?:[^:/]|/[^:/]))*(?::+(?:/:+)*/?)?$', x-rule: {pattern: 79}}";
    let new = edited(&[("id: {$ref: '#/components/schemas/MediaId'}", written_out)]);
    assert_eq!(lines(&description(), &new), Vec::<String>::new());
}

#[test]
fn kinds() {
    let arm = "        - $ref: '#/components/schemas/FormMessageInteractive'\n";
    let text = description();
    let start = text.find("    FormMessageInteractive:\n").unwrap();
    let end = start + text[start..].find("\n    # ").unwrap() + 1;
    let without = format!("{}{}", &text[..start], &text[end..]).replacen(arm, "", 1);
    let removed = lines(&text, &without);
    let known = ["! `<form_message>`: kind removed", "! `FormMessageInteractive`: removed"];
    assert!(known.iter().all(|line| removed.contains(&(*line).to_owned())), "{removed:#?}");
    assert!(removed.contains(&"! `Interactive[type=form_message]`: removed".to_owned()));
    assert!(removed.iter().all(|line| line.starts_with('!')), "{removed:#?}");
    let added = lines(&without, &text);
    assert!(added.contains(&"`<form_message>`: kind added".to_owned()), "{added:#?}");
    assert!(!added.iter().any(|line| line.starts_with('!')), "{added:#?}");
}

#[test]
fn schemas_are_renamed_once() {
    let new =
        description().replace("schemas/Row'", "schemas/Line'").replace("    Row:\n", "    Line:\n");
    assert_eq!(lines(&description(), &new), ["! `Row`: renamed to `Line`?"]);
}

#[test]
fn members() {
    let note = "        plus_code: {type: string, description: The plus code.}\n        zip: ";
    assert_said(
        &[("        zip: ", note)],
        &["`Address.plus_code`: added, optional string"],
        &["! `Address.plus_code`: removed"],
    );
    let other = &note.replace("zip", "zap");
    // Two optional strings came and one went: no name is the successor of the other.
    assert_said(
        &[("        zip: ", other)],
        &[
            "! `Address.zip`: removed",
            "`Address.plus_code`: added, optional string",
            "`Address.zap`: added, optional string",
        ],
        &[
            "! `Address.plus_code`: removed",
            "! `Address.zap`: removed",
            "`Address.zip`: added, optional string",
        ],
    );
    assert_said(
        &[("required: [latitude, longitude]", "required: [longitude]")],
        &[
            "! `Location.latitude`: was required, and is optional: an `Option` in Rust, and no argument of `new`",
        ],
        &["! `Location.latitude`: was optional, and is required"],
    );
    assert_said(
        &[
            (
                "        latitude:\n",
                "        height: {type: number, description: The height.}\n        latitude:\n",
            ),
            ("required: [latitude, longitude]", "required: [height, latitude, longitude]"),
        ],
        &["! `Location.height`: added, required number"],
        &["! `Location.height`: removed"],
    );
    let arm = "            sub_text:\n";
    let more =
        "            aside: {type: string, description: Beside the text.}\n            sub_text:\n";
    // A member of a variant is named by whoever builds it.
    let said = "! `Header[type=text].aside`: added, optional string, which code that builds or matches the variant has to name";
    assert_eq!(lines(&description(), &edited(&[(arm, more)])), [said]);
    let again = "        again: {type: boolean, description: Again.}\n        success: ";
    assert_said(
        &[("        success: ", again)],
        &["`ReadAnswer.again`: added, boolean"],
        &["! `ReadAnswer.again`: removed"],
    );
}

#[test]
fn arguments_of_new_keep_their_order() {
    let face = |members: &str| {
        let text = format!(
            "api: {{}}\nkinds: {{}}\nschemas:\n  Row:\n    is: {{shape: struct}}\n    members:\n{members}"
        );
        Face::read(&text).unwrap()
    };
    let id = "      id: {required: true, type: string}\n";
    let title = "      title: {required: true, type: string}\n";
    let changes = Changes::between(&face(&format!("{id}{title}")), &face(&format!("{title}{id}")));
    let said = "`Row`: the arguments of `new` were `id`, `title`, and are `title`, `id`";
    assert_eq!(changes.changes[0].to_string(), said);
    assert!(changes.breaks());
}

#[test]
fn limits() {
    for (from, to, forth, back) in [
        (
            "maxLength: 72",
            "maxLength: 60",
            "! `Row.description`: `maxLength` was 72, and is 60, tightened",
            "`Row.description`: `maxLength` was 60, and is 72, loosened",
        ),
        (
            "maximum: 90",
            "maximum: 91",
            "`Location.latitude`: `maximum` was 90, and is 91, loosened",
            "! `Location.latitude`: `maximum` was 91, and is 90, tightened",
        ),
        (
            "minimum: -90\n",
            "minimum: -90.5\n",
            "`Location.latitude`: `minimum` was -90, and is -90.5, loosened",
            "! `Location.latitude`: `minimum` was -90.5, and is -90, tightened",
        ),
        (
            "enum: [draft, published]",
            "enum: [draft, published, live]",
            "`FlowMode`: has the new value `live`",
            "! `FlowMode`: no longer has the value `live`",
        ),
        (
            "minProperties: 1",
            "minProperties: 0",
            "`FlowActionPayload.data`: `minProperties` removed, it was 1, loosened",
            "! `FlowActionPayload.data`: `minProperties` added: 1, tightened",
        ),
        (
            "          const: deterministic\n",
            "",
            "! `Language.policy`: `const` removed, it was deterministic",
            "! `Language.policy`: `const` added: deterministic",
        ),
        (
            "      x-lenient: integer\n",
            "",
            "! `QuickReplyButton.index`, `UrlButton.index`, `CatalogButton.index`, `CopyCodeButton.index` and 4 more: `x-lenient` removed, it was integer",
            "`QuickReplyButton.index`, `UrlButton.index`, `CatalogButton.index`, `CopyCodeButton.index` and 4 more: `x-lenient` added: integer",
        ),
        (
            "amount_1000:\n          type: integer",
            "amount_1000:\n          type: number",
            "! `Currency.amount_1000`: was integer, and is number",
            "! `Currency.amount_1000`: was number, and is integer",
        ),
    ] {
        assert_said(&[(from, to)], &[forth], &[back]);
    }
}

#[test]
fn rules() {
    let unique = "        - {rule: 39, unique: 'sections[].rows[].id'}\n";
    assert_said(
        &[(unique, "")],
        &["`ListAction`: rule removed: {rule: 39, unique: 'sections[].rows[].id'}"],
        &["! `ListAction`: rule added: {rule: 39, unique: 'sections[].rows[].id'}"],
    );
    assert_said(
        &[("rows[]', max: 10", "rows[]', max: 12")],
        &[
            "`ListAction`: rule was {max: 10, rule: 35, total: 'sections[].rows[]'}, and is {max: 12, rule: 35, total: 'sections[].rows[]'}, loosened",
        ],
        &[
            "! `ListAction`: rule was {max: 12, rule: 35, total: 'sections[].rows[]'}, and is {max: 10, rule: 35, total: 'sections[].rows[]'}, tightened",
        ],
    );
    let new = edited(&[("properties: {context: false}", "properties: {recipient_type: false}")]);
    let said = lines(&description(), &new);
    assert!(said[0].starts_with("! `MessageObject`: rule was {if: "), "{said:?}");
    assert_said(
        &[("x-rule: {oneOf: 12}", "x-rule: {oneOf: 13}")],
        &["! `Audio`: the number of the rule for `oneOf` was 12, and is 13"],
        &["! `Audio`: the number of the rule for `oneOf` was 13, and is 12"],
    );
    let new =
        edited(&[("        filename: {rule: 15, because: 'it belongs to a document'}\n", "")]);
    let said = "`Audio`: `refused` was [caption, filename, provider], and is [caption, provider]";
    assert_eq!(lines(&description(), &new), [said]);
}

#[test]
fn the_short_form() {
    assert_said(
        &[("      x-scalar: company\n", "")],
        &["! `Organization`: `x-scalar` removed, it was company"],
        &["`Organization`: `x-scalar` added: company"],
    );
    let by_name = (
        "            body: {type: body, holds: parameters",
        "            text: {type: body, holds: parameters",
    );
    let said = lines(&description(), &edited(&[by_name]));
    assert!(said[0].starts_with("! `Template.components`: `x-by-name` was [{header: "), "{said:?}");
    assert_eq!(said.len(), 1);
    let without = description().replace("          x-position: true\n", "");
    let said = lines(&description(), &without);
    let cards = "`MediaCard.card_index`, `ProductCard.card_index`, `TemplateCard.card_index`";
    let buttons = "`QuickReplyButton.index`, `UrlButton.index`, `CatalogButton.index`, `CopyCodeButton.index` and 4 more";
    let removed = [cards, buttons].map(|indexes| format!("! {indexes}: `x-position` removed"));
    assert_eq!(said, removed);
}

/// Keywords that come later are compared without an edit of the report.
#[test]
fn unknown_keywords_are_shown() {
    let face = |id: &str, row: &str| {
        let text = format!(
            "api: {{}}\nkinds: {{}}\nschemas:\n  Row:\n    is: {{shape: struct{row}}}\n    members:\n      id: {{type: string{id}}}\n"
        );
        Face::read(&text).unwrap()
    };
    for (id, row, breaks, said) in [
        (", x-newer: 1", "", true, "`Row.id`: `x-newer` added: 1; not known here, so judge it"),
        (", x-max-bytes: 9", "", true, "`Row.id`: `x-max-bytes` added: 9, tightened"),
        ("", ", x-advice: [{unique: id}]", false, "`Row`: advice added: {unique: id}"),
        (
            "",
            ", x-anything: {a: b}",
            true,
            "`Row`: `x-anything` added: {a: b}; not known here, so judge it",
        ),
    ] {
        let changes = Changes::between(&face("", ""), &face(id, row));
        let [change] = changes.changes.as_slice() else {
            panic!("{changes}");
        };
        assert_eq!((change.breaks, change.to_string().as_str()), (breaks, said));
    }
}

#[test]
fn a_snapshot_is_the_face_it_was_made_of() {
    let text = description();
    let generated = codegen::generate(&text).unwrap();
    let snapshot = generated.iter().find(|file| file.path == codegen::SNAPSHOT).unwrap();
    assert_eq!(Face::read(&snapshot.text).unwrap(), Face::read(&text).unwrap());
}

#[test]
fn exit_codes() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let old = file("old.yaml", &description());
    let loose = file("loose.yaml", &edited(&[("maxLength: 72", "maxLength: 80")]));
    let faulty = file("faulty.yaml", &edited(&[("maxLength: 72", "maxLenght: 72")]));
    let lost = folder.path().join("lost.yaml");
    let run = |arguments: &[&std::ffi::OsStr]| {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).output().unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        (output.status.code().unwrap(), said)
    };
    let diff = |old: &Path, new: &Path| run(&["diff".as_ref(), old.as_ref(), new.as_ref()]);
    for (new, code, part) in [
        (&old, 0, "nothing changed"),
        (&loose, 0, "loosened"),
        (&faulty, 2, "did you mean `maxLength`?"),
        (&lost, 2, "cannot access"),
    ] {
        let (found, said) = diff(&old, new);
        assert!(found == code && said.contains(part), "{found}: {said}");
        assert!(!said.contains('\x1b'), "colours without a terminal: {said:?}");
    }
    let webhooks = root().join("openapi/webhooks.yaml");
    let (code, said) = diff(&webhooks, &old);
    let expected = "old.yaml what is sent";
    assert!(code == 2 && said.contains("webhooks.yaml describes what comes back, and "), "{said}");
    assert!(said.contains(expected), "{said}");
    let snapshot = root().join("openapi/generated/face.yaml");
    assert_eq!(diff(&snapshot, &webhooks).0, 0);
    assert_eq!(diff(&loose, &old).0, 1);
    assert_eq!(run(&["invented".as_ref()]).0, 2);
    for arguments in [&[][..], &["--help".as_ref()]] {
        let (code, said) = run(arguments);
        assert!(code == 0 && said.starts_with("usage: cargo xtask"), "{said}");
    }
}
