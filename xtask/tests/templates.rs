//! The description of templates is read strictly, it is about messages as they are, and the report of changes has it.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::{assert_refused, assert_stable, edited, said, text};
use xtask::{
    codegen::{self, Generated},
    diff::Changes,
    error::Result,
    face::Face,
};

fn generated(templates: &str) -> Result<Vec<Generated>> {
    codegen::generate_templates(templates, &text(codegen::DESCRIPTION))
}

#[test]
fn keywords_that_are_not_known_are_refused() {
    let edits = [
        ("      QUICK_REPLY: {sent-as", "      QUICK_REPLY: {width: 1, sent-as", "`width`"),
        (
            "together: 'buttons[type=QUICK_REPLY]'",
            "together: 'buttons[]'",
            "the items with some values of their tag",
        ),
        (
            "of: 'buttons[].type', x-says: all cards have buttons of the same types",
            "of: 'buttons[].type'",
            "this rule needs `x-says`",
        ),
        ("of: 'buttons[].type', x-says", "of: 'buttons[].width', x-says", "lost at `width`"),
        ("values: example.header_text", "values: example.header_txt", "lost at `header_txt`"),
        ("values: example.header_text", "values: sample.header_text", "lost at `sample`"),
        (
            "          minimum: 43200\n          maximum: 2592000\n",
            "          or: [-1]\n",
            "needs `minimum` or `maximum`",
        ),
        ("      way: template\n", "      way: template\n      road: x\n", "`road`"),
        ("      way: template\n", "", "`way` is missing"),
        ("      page: data\n", "      page: ''\n", "a name is missing"),
        (
            "component: optional, says: a quick",
            "component: sometimes, says: a quick",
            "and not `sometimes`",
        ),
        (
            "      IMAGE: {takes: image, component: required",
            "      IMAGE: {takes: image, component: optional",
            "a header is filled always",
        ),
        ("role: fixed, says: a footer", "role: loose, says: a footer", "and not `loose`"),
        (
            "role: fixed, says: a footer",
            "role: fixed, sent-as: body, says: a footer",
            "but for those that are `fixed`",
        ),
        (
            "sent-as: carousel, says: a carousel, write: 'carousel: [..]'",
            "sent-as: carousel, says: a carousel",
            "`write` goes with `sent-as`",
        ),
        (
            "sent-as: header, says: a header, ",
            "sent-as: header, needed-with: text, says: a header, ",
            "goes with the role `part`",
        ),
        (
            "PHONE_NUMBER: {component: never, ",
            "PHONE_NUMBER: {sent-as: url, component: never, ",
            "`never` filled",
        ),
        (
            "component: with-variable, variable-in: url",
            "component: with-variable",
            "`variable-in` goes with",
        ),
        (
            "SPM: {component: never, ",
            "SPM: {component: never, most: '#/components/schemas/TemplateButtonUrl', ",
            "`most` goes with",
        ),
        ("says: a url button,", "says: a url button., ", "without a full stop"),
        ("most: '#/components/schemas/TemplateHeaderText'", "most: 60", "expected a string"),
        (
            "most: '#/components/schemas/TemplateHeaderText'",
            "most: '#/components/schemas/HeaderText'",
            "no text `HeaderText`",
        ),
        (
            "most: '#/components/schemas/TemplateHeaderText'",
            "most: '#/components/schemas/UploadHandle'",
            "with `maxLength`",
        ),
        (
            "value: action.flow_action_data, ",
            "value: action..flow_action_data, ",
            "a way through members",
        ),
        ("values: [ORDER_STATUS, RICH_ORDER_STATUS]", "values: []", "at least one value"),
        ("APPROVED: {sendable: always", "APPROVED: {sendable: often", "and not `often`"),
        (
            "APPROVED: {sendable: always",
            "APPROVED: {sendable: always, code: 132001",
            "and with nothing else",
        ),
        (
            "REJECTED: {sendable: never, code: 132001, ",
            "REJECTED: {sendable: never, ",
            "and with nothing else",
        ),
        ("exists: {code: 100, subcode: 2388024, ", "exists: {code: 100, ", "`subcode` is missing"),
    ];
    assert_refused(codegen::TEMPLATES, generated, &edits);
}

#[test]
fn what_a_definition_does_not_have_is_refused() {
    let edits = [
        ("      SPM: {component", "      SBM: {component", "no button `SBM`"),
        (
            "      SPM: {component: never, says: a button for one product}\n",
            "",
            "what the button `SPM` demands",
        ),
        ("      LOCATION: {takes", "      PLACE: {takes", "no format `PLACE`"),
        (
            "      FOOTER: {role: fixed, says: a footer}\n",
            "",
            "what the component `FOOTER` demands",
        ),
        ("      DELETED: {sendable", "      GONE: {sendable", "no state `GONE`"),
        ("role: part, sent-as: limited", "role: cards, sent-as: limited", "with the role `part`"),
        (
            "role: fixed, says: a request to call",
            "role: body, sent-as: body, write: 'body: ..', says: a request to call",
            "two components have the role `body`",
        ),
        ("limited_time_offer.has_expiration", "limited_time_offer.expires", "no member `expires`"),
        ("variable-in: url, ", "variable-in: address, ", "no member `address`"),
        ("member: flow_action, is", "member: flow_deed, is", "no member `flow_deed`"),
        ("{member: sub_category, ", "{member: name, ", "no words `name`"),
        ("values: [ORDER_STATUS, ", "values: [ORDER_STATE, ", "no word `ORDER_STATE`"),
        ("      codes: AUTHENTICATION", "      codes: CODES", "no word `CODES`"),
        ("      named: NAMED", "      named: BY_NAME", "no word `BY_NAME`"),
        ("      page: data", "      page: items", "no `items`"),
        ("      more: paging.next", "      more: paging.follows", "no `follows`"),
        ("      format: format", "      format: form", "no `form`"),
        ("      of: Template\n", "      of: Definition\n", "no `Definition`"),
    ];
    assert_refused(codegen::TEMPLATES, generated, &edits);
}

#[test]
fn what_the_sandbox_does_is_about_what_there_is() {
    let edits = [
        ("      loaded: APPROVED\n", "      loaded: READY\n", "no state `READY`"),
        ("      created: PENDING\n", "", "`created` is missing"),
        ("editable: [APPROVED, ", "editable: [READY, ", "no state `READY`"),
        ("    most: 6000\n", "    most: many\n", "expected"),
        ("      SPM: Spm\n", "      SBM: Spm\n", "no button `SBM`"),
        ("      no-template:\n", "      no-name:\n", "does not tell `no-name` apart"),
        ("      name: {part-of: [name]}\n", "      name: {}\n", "has either `is` or `part-of`"),
        ("      status: {is: status}\n", "      state: {is: status}\n", "no parameter `state`"),
        ("{on: create, most: 100", "{on: delete, most: 100", "a rate is on one of create, edit"),
        ("most: 100, within: 1 h", "most: 100, within: 1 w", "expected a time"),
        (
            "{on: edit, of: [APPROVED], most: 1,",
            "{on: edit, of: [MADE], most: 1,",
            "no state `MADE`",
        ),
        ("      count:\n        - {code", "      count:\n        - {size: 1, code", "`size`"),
        ("- {of: [TEXT], code: 132000", "- {of: [WORDS], code: 132000", "no format `WORDS`"),
        ("- {of: [FLOW], code: 131009", "- {of: [STREAM], code: 131009", "no button `STREAM`"),
        ("- {of: [FLOW], code: 131009", "- {of: [FLOW]", "each row has a `code`"),
        ("- {of: [FLOW], code: 131009", "- {of: [FLOW], code: 132999", "no code 132999"),
        ("- {of: [PAUSED], details", "- {of: [PAUSED], code: 132015, details", "which have theirs"),
        ("- {of: [PAUSED], details", "- {of: [ASLEEP], details", "no state `ASLEEP`"),
        (
            "        sets: {status: PAUSED}\n",
            "        sets: {status: ASLEEP}\n",
            "no state `ASLEEP`",
        ),
        ("        sets: {status: PAUSED}\n", "", "or it `removes` the template"),
        ("        takes: {quality: YELLOW}\n", "        takes: {}\n", "takes one thing"),
        ("      flag:\n", "      flag-it:\n", "the name of a method"),
        ("      - of: OTP\n", "      - of: CODE\n", "no component or button `CODE`"),
        (
            "has: flow_id, gives: {flow_id: '<#flow_id>'}",
            "has: flow_id, gives: 1",
            "expected an object",
        ),
    ];
    assert_refused(codegen::TEMPLATES, generated, &edits);
}

#[test]
fn what_a_message_does_not_have_is_refused() {
    let edits = [
        (
            "{member: recipient_type, is: group}",
            "{member: recipient_type, is: crowd}",
            "no `crowd` there",
        ),
        ("{member: to, or: recipient}", "{member: to, or: receiver}", "no `receiver` there"),
        (
            "{sent-as: tap_target_configuration, button: url",
            "{sent-as: tap_target_configuration, button: link",
            "no button `link`",
        ),
        (
            "{sent-as: tap_target_configuration, button: url",
            "{sent-as: tap_target, button: url",
            "no component `tap_target`",
        ),
        ("sent-as: copy_code, ", "sent-as: copy, ", "no button `copy`"),
        ("sent-as: carousel, ", "sent-as: cards, ", "no component `cards`"),
        ("sent-as: order_status, ", "sent-as: order_state, ", "no component `order_state`"),
        (
            "takes: gif, component: required, known: false",
            "takes: gif, component: required",
            "say `known: false`",
        ),
        (
            "takes: video, component: required",
            "takes: video, component: required, known: false",
            "takes `video`",
        ),
        ("value: action.flow_action_data, ", "value: action.flow_data, ", "no `action.flow_data`"),
        ("sendable: not-now, code: 132015", "sendable: not-now, code: 132999", "no code 132999"),
        ("      of: MessageObject", "      of: Message", "no `Message` there"),
        ("      way: template", "      way: templates", "no `templates` there"),
        ("      language: language.code", "      language: language.name", "no `name` there"),
        ("      sub-type: sub_type", "      sub-type: kind", "no `kind` there"),
        ("      button: button", "      button: buttons", "no `buttons` there"),
        ("      card-index: card_index", "      card-index: at", "no `at` there"),
        (
            "      parameter-name: parameter_name",
            "      parameter-name: called",
            "no `called` there",
        ),
        (
            "      card-index: card_index\n      buttons: buttons",
            "      card-index: card_index\n      buttons: taps",
            "no `taps` there",
        ),
    ];
    assert_refused(codegen::TEMPLATES, generated, &edits);
}

#[test]
fn schemas_and_requests_are_read_strictly() {
    let edits = [
        (
            "      x-label: a footer\n",
            "      x-label: a footer\n      minProperties: 1\n",
            "`minProperties`",
        ),
        (
            "      x-label: a footer\n",
            "      x-label: a footer\n      x-kind: footer\n",
            "only messages have kinds",
        ),
        ("maxContains: 2, x-rule: 224", "maxContains: 2, minimum: 1, x-rule: 224", "`minimum`"),
        ("x-read-as: presence", "x-read-as: absence", "or read as its `presence`"),
        ("x-read-as: json", "x-read-as: yaml", "are read as `json`"),
        ("enum: [HEADER, BODY, ", "enum: [BODY, HEADER, ", "`not.enum`"),
        (
            "    QualityRating:\n",
            "    Spare:\n      type: string\n      description: Spare.\n\n    QualityRating:\n",
            "no request leads to this schema",
        ),
        ("schemas/TemplateCreate'}", "schemas/TemplateMake'}", "posts an object of this file"),
        (
            "application/json:\n            schema: {$ref: '#/components/schemas/TemplateEdit'}",
            "text/plain:\n            schema: {$ref: '#/components/schemas/TemplateEdit'}",
            "`text/plain`",
        ),
        ("schemas/CreatedTemplate'}", "schemas/Created'}", "no answer `Created`"),
        (
            "operationId: editTemplate",
            "operationId: createTemplate",
            "two of them are called `create_template`",
        ),
        ("  /{template_id}:\n", "  /template:\n", "the path has no `template_id`"),
        (
            "summary: Get one definition.\n",
            "summary: Get one definition.\n      deprecated: true\n",
            "`deprecated`",
        ),
    ];
    assert_refused(codegen::TEMPLATES, generated, &edits);
}

#[test]
fn a_button_is_added_by_the_description_alone() {
    let templates = edited(
        codegen::TEMPLATES,
        "      REQUEST_CONTACT_INFO: {component",
        "      POSTBACK: {sent-as: quick_reply, component: optional, says: a postback, write: '{ quick_reply: .. }'}\n      REQUEST_CONTACT_INFO: {component",
    );
    let templates = templates.replacen(
        "        - type: object\n          description: A button of a type that is not known here.",
        "        - type: object\n          description: A button that posts back.\n          properties:\n            type: {type: string, const: POSTBACK, description: The type of the button.}\n          required: [type]\n        - type: object\n          description: A button of a type that is not known here.",
        1,
    );
    let templates = templates.replacen(
        "ORDER_DETAILS, REQUEST_CONTACT_INFO]}}",
        "ORDER_DETAILS, REQUEST_CONTACT_INFO, POSTBACK]}}",
        1,
    );
    let files = generated(&templates).unwrap();
    let definitions = files.iter().find(|file| file.path.ends_with("definitions.rs")).unwrap();
    assert!(definitions.text.contains("name: \"POSTBACK\""));
}

/// A length stands once: what is created has it, and what is filled in is compared with it.
#[test]
fn lengths_come_from_what_is_created() {
    let body = "      maxLength: 1024\n";
    let files = generated(&edited(codegen::TEMPLATES, body, "      maxLength: 1023\n")).unwrap();
    for path in ["definitions.rs", "template_create.rs"] {
        let file = files.iter().find(|file| file.path.ends_with(path)).unwrap();
        assert!(file.text.contains("1023") && !file.text.contains("1024"), "{path}");
    }
}

#[test]
fn generating_twice_gives_the_same() {
    assert_stable(&text(codegen::TEMPLATES), generated);
}

#[test]
fn the_report_covers_templates() {
    for (from, to, forth, back) in [
        (
            "        RED: Low. It is paused soon.\n",
            "        RED: Low. It is paused soon.\n        BLUE: Cold.\n",
            "`QualityRating`: has the new value `BLUE`",
            "! `QualityRating`: no longer has the value `BLUE`",
        ),
        (
            "      maxLength: 1024\n",
            "      maxLength: 2048\n",
            "`CreateBody.text`: `maxLength` was 1024, and is 2048, loosened",
            "! `CreateBody.text`: `maxLength` was 2048, and is 1024, tightened",
        ),
        (
            "        - {rule: 224, same: 'cards[].components[type=HEADER].format'}\n",
            "        - {rule: 225, same: 'cards[].components[type=HEADER].format'}\n",
            "! `CreateCarousel`: rule was {rule: 224, same: 'cards[].components[type=HEADER].format'}, and is {rule: 225, same: 'cards[].components[type=HEADER].format'}",
            "! `CreateCarousel`: rule was {rule: 225, same: 'cards[].components[type=HEADER].format'}, and is {rule: 224, same: 'cards[].components[type=HEADER].format'}",
        ),
        (
            "QUICK_REPLY: {sent-as: quick_reply, component: optional",
            "QUICK_REPLY: {sent-as: quick_reply, component: required",
            "! `buttons of templates, QUICK_REPLY`: `component` was optional, and is required",
            "! `buttons of templates, QUICK_REPLY`: `component` was required, and is optional",
        ),
        (
            "PAUSED: {sendable: not-now, ",
            "PAUSED: {sendable: never, ",
            "! `statuses of templates, PAUSED`: `sendable` was not-now, and is never",
            "! `statuses of templates, PAUSED`: `sendable` was never, and is not-now",
        ),
        (
            "        disable_ios_autofill: ",
            "        is_quiet: {type: boolean, description: Whether it makes no sound.}\n        disable_ios_autofill: ",
            "`Template.is_quiet`: added, boolean",
            "! `Template.is_quiet`: removed",
        ),
    ] {
        assert_eq!(
            said(codegen::TEMPLATES, from, to),
            [vec![forth.to_owned()], vec![back.to_owned()]]
        );
    }
}

#[test]
fn the_snapshot_has_them() {
    let snapshot = Face::read(&text(codegen::SNAPSHOT)).unwrap();
    let face = Face::read(&text(codegen::TEMPLATES)).unwrap();
    assert!(face.templates.is_some());
    assert_eq!(snapshot.templates, face.templates);
    assert!(Changes::between(&snapshot, &face).changes.is_empty());
}
