//! Messages from templates, which the sandbox refuses as the API does, and the life of a template.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{collections::BTreeSet, fs, path::PathBuf};

use common::{
    call, create, get, message_from, plain, post,
    receiver::{Receiver, SECRET, check_bodies},
    send,
};
use serde_json::{Value, json};
use wa_sandbox::{Sandbox, Webhooks};

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/templates"))
}

/// The codes that the API has for what breaks a rule, by the number of the rule.
fn codes(rule: u64) -> &'static [i64] {
    match rule {
        201 | 202 => &[132_001],
        203 => &[132_001, 132_015, 132_016],
        // A header with a variable counts as one, and others have a format.
        204 => &[132_000, 132_012, 132_018],
        206 => &[132_000],
        207 => &[100, 132_000, 132_018],
        208 | 210 => &[100, 132_018],
        209 => &[131_008, 131_009],
        211 | 213 => &[132_018],
        216 => &[132_012, 132_018],
        217 | 218 => &[131_008, 132_018],
        220 => &[132_005],
        221 => &[131_062, 132_018],
        _ => panic!("{rule}"),
    }
}

/// The server was seen to say these words of these cases.
const SEEN: [(&str, i64, &str); 15] = [
    ("a slip in the name", 132_001, "template name (order_redy) does not exist in en_US"),
    ("a language without its country", 132_001, "template name (order_ready) does not exist in en"),
    ("an image is forgotten", 132_012, "header: Format mismatch, expected IMAGE, received UNKNOWN"),
    (
        "a place is forgotten",
        132_012,
        "header: Format mismatch, expected LOCATION, received UNKNOWN",
    ),
    (
        "@the header of `menu` (en_US) is an image, and `video` is given",
        132_012,
        "header: Format mismatch, expected IMAGE, received VIDEO",
    ),
    (
        "@the body of `order_ready` (en_US) takes 2 variables, and 1 is given",
        132_000,
        "number of localizable_params (1) does not match the expected number of params (2)",
    ),
    (
        "@the body of `menu` (en_US) takes no variable, and 1 is given",
        132_000,
        "number of localizable_params (1) does not match the expected number of params (0)",
    ),
    (
        "@the body of `pick_up` (en_US) lacks `hour`",
        132_000,
        "number of localizable_params (1) does not match the expected number of params (2)",
    ),
    (
        "@the header of `pick_up` (en_US) has variables with names, and a value without a name is given",
        100,
        "Parameter name is missing or empty",
    ),
    (
        "@button 2 of `track` (en_US) is a url button that needs a value, and none is given",
        131_008,
        "buttons: Button at index 2 of type Url requires a parameter",
    ),
    (
        "@button 1 of `track` (en_US) is fixed in the template, and takes no value",
        132_018,
        "buttons: Button at index 1 of type Url does not require parameters",
    ),
    (
        "@button 0 of `track` (en_US) is fixed in the template, and takes no value",
        100,
        "buttons: Button at index 0 is of type Call and does not support parameters",
    ),
    (
        "@button 0 of `code` (en_US) is a url button, and `copy_code` is given",
        132_018,
        "buttons: Button at index 0 must be of type Url",
    ),
    (
        "@button 0 of `rate` (en_US) is a flow button that needs a value, and none is given",
        131_009,
        "Components sub_type invalid at index: 0 and type: 0",
    ),
    ("a paused template", 132_015, "template name (state_paused) is paused in en_US"),
];

#[tokio::test]
async fn each_case_is_judged_as_by_the_api() {
    let sandbox =
        Sandbox::builder().templates_from(folder().join("definitions")).start().await.unwrap();
    // One of the definitions has a button of a type that nobody knows, and is read all the same.
    let warnings = sandbox.templates().warnings();
    assert!(warnings.len() == 1 && warnings[0].contains("REMINDER"), "{warnings:?}");
    let cases = fs::read_to_string(folder().join("cases/cases.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&cases).unwrap();
    let mut seen = BTreeSet::new();
    for case in &cases {
        let mut message = message_from(&case["template"]);
        for (name, value) in case["message"].as_object().into_iter().flatten() {
            if value.is_null() {
                message.as_object_mut().unwrap().remove(name);
            } else {
                message[name] = value.clone();
            }
        }
        let answer = post(&sandbox, message.to_string().as_bytes()).await;
        let found = |name: &str| case[name].as_array().into_iter().flatten();
        // A template that waits or is paused is sent later perhaps, and now it is refused.
        let refused_too = |found: &&Value| found["rule"] == 203 || found["rule"] == 221;
        let mut errors = found("errors").chain(found("advice").filter(refused_too));
        let Some(first) = errors.next() else {
            assert_eq!(answer.status, 200, "{case}: {}", answer.body);
            continue;
        };
        assert!(answer.status >= 400, "{case}: {}", answer.body);
        let codes = codes(first["rule"].as_u64().unwrap());
        assert!(codes.contains(&answer.code()), "{case}: {}", answer.body);
        let is_it = |(name, ..): &&(&str, i64, &str)| match name.strip_prefix('@') {
            Some(says) => first["says"] == says,
            None => case["case"] == *name,
        };
        if let Some((name, code, details)) = SEEN.iter().find(is_it) {
            assert_eq!((answer.code(), answer.details()), (*code, *details), "{case}");
            seen.insert(*name);
        }
    }
    assert!(cases.len() > 90);
    assert_eq!(seen, SEEN.iter().map(|(name, ..)| *name).collect());
}

#[tokio::test]
async fn without_definitions_any_template_is_taken() {
    let sandbox = Sandbox::start().await.unwrap();
    let template = json!({ "name": "any", "language": { "code": "en_US" } });
    assert_eq!(send(&sandbox, &template).await.status, 200);
    // What cannot be read may have had it.
    let sandbox = Sandbox::builder().templates("{").start().await.unwrap();
    assert_eq!(send(&sandbox, &template).await.status, 200);
    assert_eq!(sandbox.templates().warnings().len(), 1);
    let missing = Sandbox::builder().templates_from(folder().join("nothing")).start().await;
    assert!(missing.unwrap_err().to_string().contains("cannot read"));
}

/// A template, by its name and what is sent from it.
struct Order {
    sandbox: Sandbox,
    sent: Value,
}

impl Order {
    /// The code that a message from it is refused with, or 0.
    async fn code(&self) -> i64 {
        send(&self.sandbox, &self.sent).await.body["error"]["code"].as_i64().unwrap_or_default()
    }

    async fn change(&self, change: &str, said: Option<&str>) {
        let mut body = json!({ "name": "order_ready", "language": "en_US", "change": change });
        if let Some(said) = said {
            body["said"] = said.into();
        }
        let body = body.to_string();
        let answer = call(&self.sandbox, "POST /_sandbox/templates/changes", &body).await;
        assert_eq!(answer.status, 200, "{change}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_template_lives_over_http() {
    let receiver = Receiver::start().await;
    let webhooks = Webhooks::to(&receiver.url, SECRET).without_statuses();
    let sandbox = Sandbox::builder().webhooks(webhooks).start().await.unwrap();
    let mut order = plain("order_ready", "Hi {{1}}, order {{2}} is ready.");
    order["components"][0]["example"] = json!({ "body_text": [["Ada", "17"]] });
    let created = create(&sandbox, &order).await;
    assert_eq!(created.status, 200, "{}", created.body);
    let id = created.body["id"].as_str().unwrap().to_owned();
    assert_eq!(created.body, json!({ "id": id, "status": "PENDING", "category": "UTILITY" }));

    let values = json!([{ "type": "text", "text": "Ada" }, { "type": "text", "text": "17" }]);
    let sent = json!({
        "name": "order_ready", "language": { "code": "en_US" },
        "components": [{ "type": "body", "parameters": values }],
    });
    let order = Order { sandbox, sent };
    assert_eq!(order.code().await, 132_001);
    for (change, said, code) in [
        ("approve", None, 0),
        ("flag", None, 0),
        ("pause", None, 132_015),
        ("reinstate", None, 0),
        ("rate", Some("RED"), 0),
    ] {
        order.change(change, said).await;
        assert_eq!(order.code().await, code, "{change}");
    }
    assert_eq!(get(&order.sandbox, &id).await["quality_score"]["score"], "RED");
    edit(&order, &id).await;
    for (change, said, code) in [
        ("reject", Some("PROMOTIONAL"), 132_001),
        ("approve", None, 132_000),
        ("disable", None, 132_016),
    ] {
        order.change(change, said).await;
        assert_eq!(order.code().await, code, "{change}");
    }
    let delete = "DELETE /v23.0/500100/message_templates?name=order_ready";
    assert_eq!(call(&order.sandbox, delete, "").await.code(), 100);
    order.change("reinstate", None).await;
    assert_eq!(call(&order.sandbox, delete, "").await.body, json!({ "success": true }));
    assert_eq!(order.code().await, 132_001);
    assert_eq!(call(&order.sandbox, delete, "").await.code(), 100);
    order.sandbox.settled().await;
    is_told(&order.sandbox, &id);
}

/// An edit replaces the components as a whole, and is reviewed.
async fn edit(order: &Order, id: &str) {
    let sandbox = &order.sandbox;
    let line = format!("POST /v23.0/{id}");
    let other = call(sandbox, &line, r#"{ "category": "MARKETING" }"#).await;
    assert_eq!(other.code(), 100);
    let edit = json!({ "components": [{ "type": "BODY", "text": "An order is ready." }] });
    let edited = call(sandbox, &line, &edit.to_string()).await;
    assert_eq!((edited.status, &edited.body["success"]), (200, &true.into()), "{}", edited.body);
    let found = get(sandbox, id).await;
    assert_eq!((&found["components"], &found["status"]), (&edit["components"], &"PENDING".into()));
    assert_eq!(order.code().await, 132_001);
    let again = call(sandbox, &line, &edit.to_string()).await;
    assert_eq!((again.code(), &again.body["error"]["error_subcode"]), (100, &2_388_039.into()));
}

/// Each change was posted.
fn is_told(sandbox: &Sandbox, id: &str) {
    check_bodies(sandbox);
    let deliveries = sandbox.deliveries();
    let told = deliveries.iter().map(|delivery| {
        let body: Value = serde_json::from_slice(delivery.body()).unwrap();
        body["entry"][0]["changes"][0].clone()
    });
    let told: Vec<Value> = told.collect();
    let of_field = |field: &str| -> Vec<&Value> {
        told.iter()
            .filter(|change| change["field"] == field)
            .map(|change| &change["value"])
            .collect()
    };
    let states = of_field("message_template_status_update");
    let mut events: Vec<_> = states.iter().map(|value| value["event"].as_str().unwrap()).collect();
    // They are posted at the same time, so they come in any order.
    events.sort_unstable();
    assert_eq!(
        events,
        [
            "APPROVED",
            "APPROVED",
            "DELETED",
            "DISABLED",
            "FLAGGED",
            "PAUSED",
            "REINSTATED",
            "REINSTATED",
            "REJECTED",
        ]
    );
    let rejected = states.iter().find(|value| value["event"] == "REJECTED").unwrap();
    assert_eq!(rejected["reason"], "PROMOTIONAL");
    assert_eq!(rejected["message_template_name"], "order_ready");
    assert_eq!(rejected["message_template_language"], "en-US");
    assert_eq!(rejected["message_template_id"], id.parse::<u64>().unwrap());
    let rated = of_field("message_template_quality_update");
    assert_eq!((rated.len(), &rated[0]["previous_quality_score"]), (1, &"UNKNOWN".into()));
    assert_eq!(rated[0]["new_quality_score"], "RED");
}
