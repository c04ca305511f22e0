//! The words of the control for bodies that do not fit, word for word.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::call;
use serde_json::json;
use wa_sandbox::{Sandbox, Webhooks};

/// Which member, what it can be, and a body that fits.
#[tokio::test]
async fn what_is_wrong_with_a_body_is_said_for_people() {
    let webhooks = Webhooks::to("http://127.0.0.1:9/", "an-app-secret");
    let sandbox = Sandbox::builder().webhooks(webhooks).start().await.unwrap();
    let faults = "`code`, `gateway`, `answer`, `stall`, `reset`, `cut`, `slow` or `status_first`";
    let robin = "POST /_sandbox/customers/15550100";
    let says = r#"; for instance {"name":"Robin","action":{"says":"What is there today?"}}"#;
    for (line, body, sentence) in [
        (
            "PUT /_sandbox/faults",
            json!([]),
            r#"the body must be an object, and is an array; for instance {"rate":[{"share":0.01,"fault":"cut"}]}"#.to_owned(),
        ),
        (
            "PUT /_sandbox/faults",
            json!({ "rate": [{ "share": "1", "fault": "cut" }] }),
            r#"`rate[0].share` must be a number, and is the text `1`; for instance {"rate":[{"share":0.01,"fault":"cut"}]}"#.to_owned(),
        ),
        (
            "PUT /_sandbox/faults",
            json!({ "rate": [[1, "cut"]] }),
            r#"`rate[0]` must be an object, and is an array; for instance {"rate":[{"share":0.01,"fault":"cut"}]}"#.to_owned(),
        ),
        (
            "POST /_sandbox/faults",
            json!({ "fault": "cutt" }),
            format!(r#"`fault` cannot be `cutt`; it can be {faults}; for instance {{"fault":{{"code":131016}}}}"#),
        ),
        (
            "POST /_sandbox/faults",
            json!({ "fault": { "gateway": { "state": 502 } } }),
            r#"`fault.gateway` has no member `state`; it can have `status` or `accepted`; for instance {"fault":{"gateway":{"status":502}}}"#.to_owned(),
        ),
        (
            "POST /_sandbox/faults",
            json!({ "fault": { "gateway": { "status": 99 } } }),
            r#"`status` is 99, and must be from 200 to 599; for instance {"fault":{"gateway":{"status":502}}}"#.to_owned(),
        ),
        (
            "POST /_sandbox/faults",
            json!({ "fault": "stall" }),
            r#"`fault` must be an object: {"stall": {..}}, and is a text; for instance {"fault":{"code":131016}}"#.to_owned(),
        ),
        (
            "POST /_sandbox/faults",
            json!({ "fault": { "code": 1, "cut": 1 } }),
            format!(r#"`fault` must be {faults}, as the one member of an object, or alone as a text, and is an object with 2 members; for instance {{"fault":{{"code":131016}}}}"#),
        ),
        (
            "POST /_sandbox/faults",
            json!({ "fault": { "code": -1 } }),
            r#"`fault.code` must be a whole number from 0 on, and is -1; for instance {"fault":{"code":131016}}"#.to_owned(),
        ),
        (robin, json!({}), format!("`action` is missing{says}")),
        (
            robin,
            json!({ "action": { "says": "a" }, "mood": 1 }),
            format!("the body has no member `mood`; it can have `name`, `username`, `user_id`, `writes_to`, `message_id` or `action`{says}"),
        ),
        (
            robin,
            json!({ "action": { "sends": { "mime_type": "image/png" } } }),
            r#"`action.sends.data` is missing; for instance {"action":{"sends":{"mime_type":"image/png","data":"iVBORw0KGgo=","caption":"Look"}}}"#.to_owned(),
        ),
        (
            robin,
            json!({ "action": { "orders": { "catalog_id": "1", "product_items": [{ "id": "a" }] } } }),
            "this is no content of a message: `order.product_items[0].id` is no member that the API has, or no value of it".to_owned(),
        ),
        (
            "POST /_sandbox/statuses",
            json!({ "id": "a", "status": "gone" }),
            r#"`status` cannot be `gone`; it can be `sent`, `delivered`, `read`, `played` or `failed`; for instance {"id":"wamid.HBgA","status":"read"}"#.to_owned(),
        ),
        (
            "POST /_sandbox/statuses",
            json!({ "id": "a", "status": "failed" }),
            r#"`code` is missing, which `failed` needs; for instance {"id":"wamid.HBgA","status":"failed","code":131026}"#.to_owned(),
        ),
        (
            "PUT /_sandbox/limits",
            json!({ "pair_rate": { "seconds": 6 } }),
            r#"`pair_rate.burst` is missing; for instance {"messages_per_second":80,"pair_rate":{"seconds":6,"burst":45},"customer_service_window":true,"recipients":["+15550100"]}"#.to_owned(),
        ),
        (
            "POST /_sandbox/templates/changes",
            json!({ "name": "a", "language": "en", "change": "pause", "said": "b" }),
            r#"`said` goes with `reject` and `rate` alone, and not with `pause`; for instance {"name":"order_ready","language":"en_US","change":"reject","said":"INVALID_FORMAT"}"#.to_owned(),
        ),
        (
            "POST /_sandbox/reset",
            json!({ "all\n": 1 }),
            "the body has no member `all `; it can have nothing; for instance {}".to_owned(),
        ),
    ] {
        let answer = call(&sandbox, line, &body.to_string()).await;
        assert_eq!(answer.status, 400, "{line} {body}");
        assert_eq!(answer.body["error"]["message"], sentence, "{line} {body}");
    }
}

/// How large a number may be, and that nobody says nothing.
#[tokio::test]
async fn a_value_that_cannot_be_is_told_with_what_can() {
    let webhooks = Webhooks::to("http://127.0.0.1:9/", "an-app-secret");
    let sandbox = Sandbox::builder().webhooks(webhooks).start().await.unwrap();
    let code = |is: &str| {
        format!(
            r#"`fault.code` must be a whole number from 0 to 4294967295, and is {is}; for instance {{"fault":{{"code":131016}}}}"#
        )
    };
    for (line, body, sentence) in [
        ("POST /_sandbox/faults", r#"{"fault":{"code":4294967296}}"#, code("4294967296")),
        ("POST /_sandbox/faults", r#"{"fault":{"code":1.5}}"#, code("1.5")),
        (
            "POST /_sandbox/customers/15550100",
            r#"{"action":{"says":" \n"}}"#,
            "this is no content of a message: the text is blank".to_owned(),
        ),
    ] {
        let answer = call(&sandbox, line, body).await;
        assert_eq!(
            (answer.status, &answer.body["error"]["message"]),
            (400, &sentence.into()),
            "{body}"
        );
    }
    // A whole number is one however it is written.
    let whole = r#"{"times":1e0,"fault":{"code":131016.0}}"#;
    assert_eq!(call(&sandbox, "POST /_sandbox/faults", whole).await.status, 200);
}
