//! The description of what comes back is a valid `OpenAPI` document, its examples are there, and what the generator
//! cannot carry is refused.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::{assert_stable, edited, root, said, text};
use roas::{
    v3_1::spec::Spec,
    validation::{Options, Validate},
};
use xtask::{codegen, diff::Changes, face::Face, yaml};

#[test]
fn openapi_is_valid() {
    for path in [codegen::WEBHOOKS, codegen::MEDIA, codegen::TEMPLATES, codegen::SANDBOX] {
        let spec: Spec =
            serde_json::from_value(yaml::read(&text(path)).unwrap().to_json()).unwrap();
        // The validator does not look for uses inside of arms, and follows no reference to another file.
        let options = Options::IgnoreUnusedSchemas | Options::IgnoreExternalReferences;
        let problems = spec.validate(options, None);
        assert!(problems.is_ok(), "{path}: {}", problems.unwrap_err());
    }
}

#[test]
fn examples_are_there_and_of_their_field() {
    let document = yaml::read(&text(codegen::WEBHOOKS)).unwrap().to_json();
    for (field, webhook) in document["webhooks"].as_object().unwrap() {
        let examples = &webhook["post"]["requestBody"]["content"]["application/json"]["examples"];
        for example in examples.as_object().unwrap().values() {
            let path = root().join("openapi").join(example["externalValue"].as_str().unwrap());
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(text.contains(&format!("\"{field}\"")), "{field}: {}", path.display());
        }
    }
}

#[test]
fn what_is_not_carried_is_refused() {
    for (from, to, said) in [
        ("x-event: message\n", "x-event: message\n          uniqueItems: true\n", "`uniqueItems`"),
        ("x-event: message\n", "x-event: change\n", "this name is taken"),
        ("x-event: status\n", "x-event: message\n", "another type elsewhere"),
        ("          x-event: user_action\n", "", "would be lost"),
        (
            "x-each-alone: true\n          x-event: message",
            "x-event: message",
            "goes with an array of objects",
        ),
        ("x-event-key: [id]", "x-event-key: [it]", "`it`, which is no member"),
        (
            "payload: {type: string, description: What the template",
            "payload: {type: string, x-essential: true, description: What the template",
            "`x-essential` goes with a member of a webhook that is not required",
        ),
        ("x-file: {id: id, ", "x-file: {id: ids, ", "`ids`, which is no text that is required"),
        (
            "x-file: {id: id, ",
            "x-file: {id: caption, ",
            "`caption`, which is no text that is required",
        ),
        ("x-file: {id: id, url: url, ", "x-file: {id: id, ", "`url` is missing"),
        ("user-id: from_user_id", "user-id: errors", "`errors`, which is no text"),
        (
            "unless: {recipient_type: group}",
            "unless: {errors: group}",
            "`errors`, which has no word `group`",
        ),
        ("unless: {recipient_type: group}", "unless: {}", "one member and its word"),
        (
            "unless: {direction: USER_INITIATED}",
            "unless: {direction: USER}",
            "`direction`, which has no word `USER`",
        ),
        ("at: [text.body]", "at: [text.bodies]", "`text.bodies`, which leads nowhere"),
        ("at: [text.body]", "at: [text.body, order]", "not alike everywhere"),
        ("at: [text.body]", "at: []", "nowhere to look"),
        ("x-rank: [sent, ", "x-rank: [went, ", "`went`, which is none of the words"),
        ("x-rank: [sent, ", "x-rank: [sent, sent, ", "a word twice"),
        ("x-aliases: [pricing_type]", "x-aliases: [category]", "two members are called `category`"),
        (
            "x-read-as: integer\n      description: A time, counted",
            "x-read-as: text\n      x-y: 1\n      description: A time, counted",
            "`x-y`",
        ),
        (
            "type: [number, string]\n      x-read-as: number",
            "type: [number, string]\n      x-read-as: integer",
            "no `integer`",
        ),
        (
            "          x-unknown: true\n          properties:\n            type: {type: string, not: {enum: [button_reply, ",
            "          x-unknown: true\n          properties:\n            type: {type: string, not: {enum: [list_reply, ",
            "`not.enum`",
        ),
        ("contentMediaType: application/json", "contentMediaType: text/html", "`text/html`"),
        ("x-with-events: number", "x-with-events: everything", "no `everything`"),
        ("x-with-events: time", "x-with-events: number", "cannot be given to events"),
        (
            "x-lenient: {group_participant_update: group_participants_update}",
            "x-lenient: {x: calls}",
            "`x` cannot stand for `calls`",
        ),
        (
            "allOf:\n        - $ref: '#/components/schemas/MessageContent'",
            "allOf:\n        - $ref: '#/components/schemas/Metadata'",
            "to a union",
        ),
        ("by-itself: [sent, ", "by-itself: [sent, went, ", "no status `went`"),
        ("by-itself: [sent, ", "by-itself: [sent, sent, ", "`sent` stands here twice"),
        ("      read: {status: read}", "      seen: {status: read}", "has no word `seen`"),
        ("statuses-of: DeliveryStatus", "statuses-of: Metadata", "no set of words"),
        (
            "      says:\n        - gives:",
            "      says:\n        - by: id\n          gives:",
            "stands `at` a place",
        ),
        ("      says:\n        - gives:", "      says:\n        - give:", "`gives` is missing"),
        ("  x-answer: true\n", "", "x-answer"),
        ("  security:\n    post:", "  insecurity:\n    post:", "security"),
        (
            "required: [original_message_id]\n\n    EditedMessage",
            "required: [original_message_id, message]\n\n    EditedMessage",
            "cannot be required",
        ),
        (
            "$ref: '#/components/schemas/Referral'",
            "$ref: '#/components/schemas/Referal'",
            "no schema `Referal`",
        ),
    ] {
        let message = codegen::generate_webhooks(&edited(codegen::WEBHOOKS, from, to))
            .unwrap_err()
            .to_string();
        assert!(message.contains(said), "{to:?}: {message}");
    }
}

#[test]
fn generating_twice_gives_the_same() {
    assert_stable(&text(codegen::WEBHOOKS), codegen::generate_webhooks);
}

#[test]
fn the_report_covers_what_comes_back() {
    for (from, to, forth, back) in [
        (
            "        failed: It could not be delivered.\n",
            "        failed: It could not be delivered.\n        lost: It is gone.\n",
            "`DeliveryStatus`: has the new value `lost`",
            "! `DeliveryStatus`: no longer has the value `lost`",
        ),
        (
            "        animated: ",
            "        moving: {type: boolean, description: Whether it moves.}\n        animated: ",
            "`IncomingSticker.moving`: added, boolean",
            "! `IncomingSticker.moving`: removed",
        ),
        (
            "x-aliases: [new_wa_id]",
            "x-aliases: [new_wa_id, to_wa_id]",
            "`SystemNotice.wa_id`: has the new value `to_wa_id`",
            "! `SystemNotice.wa_id`: no longer has the value `to_wa_id`",
        ),
        (
            "        animated: {$ref: '#/components/schemas/Flag', ",
            "        animated: {$ref: '#/components/schemas/Flag', x-essential: true, ",
            "! `IncomingSticker.animated`: `x-essential` added",
            "! `IncomingSticker.animated`: `x-essential` removed",
        ),
        (
            "x-event-key: [id, event]",
            "x-event-key: [id, event, timestamp]",
            "! `Call`: `x-event-key` was [id, event], and is [id, event, timestamp]",
            "! `Call`: `x-event-key` was [id, event, timestamp], and is [id, event]",
        ),
        (
            "        order: {description: 'Returns the order, if it is one.', at: [order]}\n",
            "",
            "! `IncomingMessage`: `x-finds` was {choice: [interactive.button_reply.id, interactive.list_reply.id, button.payload], form: [interactive.nfm_reply.response_json], order: [order], text: [text.body]}, and is {choice: [interactive.button_reply.id, interactive.list_reply.id, button.payload], form: [interactive.nfm_reply.response_json], text: [text.body]}",
            "! `IncomingMessage`: `x-finds` was {choice: [interactive.button_reply.id, interactive.list_reply.id, button.payload], form: [interactive.nfm_reply.response_json], text: [text.body]}, and is {choice: [interactive.button_reply.id, interactive.list_reply.id, button.payload], form: [interactive.nfm_reply.response_json], order: [order], text: [text.body]}",
        ),
    ] {
        assert_eq!(
            said(codegen::WEBHOOKS, from, to),
            [vec![forth.to_owned()], vec![back.to_owned()]]
        );
    }
}

/// A snapshot of both is compared with a description of one.
#[test]
fn the_snapshot_has_both() {
    let snapshot = Face::read(&text(codegen::SNAPSHOT)).unwrap();
    let face = Face::read(&text(codegen::WEBHOOKS)).unwrap();
    assert_eq!(snapshot.webhooks, face.webhooks);
    assert!(Changes::between(&snapshot, &face).changes.is_empty());
}
