//! The control of the sandbox answers as `openapi/sandbox.yaml` says: at each path of it, and at no other.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::{Value, json};
use wa_message::{Client, wa_message};
use wa_sandbox::{Sandbox, Webhooks};

fn document() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/sandbox.yaml");
    serde_saphyr::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// A method and a path.
type Endpoint = (String, String);

fn documented(document: &Value) -> BTreeSet<Endpoint> {
    let paths = document["paths"].as_object().unwrap().iter();
    let endpoints = paths.flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().keys();
        methods.map(move |method| (method.to_uppercase(), path.clone()))
    });
    endpoints.collect()
}

/// A schema of the document that may refer to others.
fn validator(document: &Value, schema: &Value) -> jsonschema::Validator {
    let mut schema = schema.clone();
    schema["components"] = document["components"].clone();
    jsonschema::draft202012::new(&schema).unwrap()
}

/// A sandbox with somebody who has got buttons, and the id of the message.
async fn sandbox() -> (Sandbox, String) {
    // Nobody listens there, and nobody has to.
    let webhooks = Webhooks::to("http://127.0.0.1:9/", "an-app-secret")
        .retries(std::time::Duration::from_millis(1), 1);
    let menu =
        r#"{"name": "menu", "language": "de", "components": [{"type": "BODY", "text": "Heute"}]}"#;
    let builder = Sandbox::builder().webhooks(webhooks).templates(menu);
    let sandbox = builder.start().await.unwrap();
    let base_url = sandbox.base_url();
    let client = Client::builder(sandbox.token(), sandbox.phone_number_id()).base_url(base_url);
    let buttons = wa_message! { <button>
        to: "+15550100",
        body: "What will it be?",
        buttons: [{ id: "bread", title: "Bread" }],
    };
    let client = client.build().unwrap();
    let list = wa_message! { <list>
        to: "+15550100",
        body: "What will it be?",
        button: "Breads",
        sections: [{ title: "Breads", rows: [{ id: "rye", title: "Rye" }] }],
    };
    let form = wa_message! { <flow>
        to: "+15550100",
        body: "Which size?",
        flow_id: "1",
        flow_token: "t1",
        flow_cta: "Choose",
    };
    let place = wa_message! { <location_request_message> to: "+15550100", body: "Where are you?" };
    for message in [&list, &form, &place] {
        client.send(message).await.unwrap();
    }
    let sent = client.send(&buttons).await.unwrap();
    let id = sent.id().to_owned();
    (sandbox, id)
}

/// The query that the parameters of an operation have as examples.
fn query(operation: &Value) -> String {
    let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    let pairs = parameters.iter().filter_map(|parameter| {
        Some(format!("{}={}", parameter["name"].as_str()?, parameter["example"].as_str()?))
    });
    pairs.collect::<Vec<_>>().join("&")
}

/// Calls with a file as the body.
async fn send_file(sandbox: &Sandbox, path: &str, query: &str) -> (u16, Value) {
    let path = path.replace("{customer}", "+15550100");
    let request = wa_message_tests::http()
        .unwrap()
        .post(format!("{}{path}?{query}", sandbox.base_url()))
        .header("content-type", "application/octet-stream")
        .body(&b"\x89PNG\r\n\x1a\n"[..]);
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    (status, serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap())
}

async fn call(sandbox: &Sandbox, (method, path): &Endpoint, body: Option<&Value>) -> (u16, Value) {
    let path = path.replace("{customer}", "+15550100").replace("{number}", "1");
    let client = wa_message_tests::http().unwrap();
    let method = method.parse().unwrap();
    let mut request = client.request(method, format!("{}{path}", sandbox.base_url()));
    if let Some(body) = body {
        request = request.header("content-type", "application/json").body(body.to_string());
    }
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    (status, serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap())
}

#[tokio::test]
async fn each_documented_path_answers_and_no_other() {
    let (document, (sandbox, id)) = (document(), sandbox().await);
    let (_, index) = call(&sandbox, &("GET".to_owned(), "/_sandbox".to_owned()), None).await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let answered: BTreeSet<Endpoint> = index["paths"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (text(&one["method"]), text(&one["path"])))
        .collect();
    let mut documented = documented(&document);
    assert_eq!(answered, documented);

    // After this one, the message is gone.
    let reset = ("POST".to_owned(), "/_sandbox/reset".to_owned());
    assert!(documented.remove(&reset));
    let mut calls = 0;
    for endpoint in documented.iter().chain([&reset]) {
        let operation = &document["paths"][&endpoint.1][endpoint.0.to_lowercase()];
        let answer = match &operation["responses"]["200"]["$ref"] {
            Value::String(at) => document.pointer(&at[1..]).unwrap(),
            _ => &operation["responses"]["200"],
        };
        let answer = validator(&document, &answer["content"]["application/json"]["schema"]);
        let body = &operation["requestBody"]["content"]["application/json"];
        let examples: Vec<Option<Value>> = match body["examples"].as_object() {
            None => vec![None],
            Some(examples) => {
                examples.values().map(|example| Some(example["value"].clone())).collect()
            }
        };
        for example in examples {
            if let Some(example) = &example {
                let errors: Vec<_> = validator(&document, &body["schema"])
                    .iter_errors(example)
                    .map(|error| error.to_string())
                    .collect();
                assert!(errors.is_empty(), "{endpoint:?}: {errors:?}");
            }
            let example = example.map(|example| {
                serde_json::from_str::<Value>(&example.to_string().replace("wamid.HBgA", &id))
                    .unwrap()
            });
            let content = &operation["requestBody"]["content"];
            let (status, json) = if content["application/octet-stream"].is_object() {
                send_file(&sandbox, &endpoint.1, &query(operation)).await
            } else {
                call(&sandbox, endpoint, example.as_ref()).await
            };
            assert_eq!(status, 200, "{endpoint:?}: {json}");
            let errors: Vec<_> = answer.iter_errors(&json).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{endpoint:?}: {errors:?}\n{json}");
            calls += 1;
        }
    }
    assert!(calls > 26, "{calls}");
}

/// Every list has something in it, so that its schema is really compared.
#[tokio::test]
async fn lists_are_as_documented() {
    let (document, (sandbox, id)) = (document(), sandbox().await);
    let post = |path: &str| ("POST".to_owned(), path.to_owned());
    let customer = post("/_sandbox/customers/{customer}");
    for action in [
        json!({ "says": "Hello" }),
        json!({ "taps": "bread" }),
        json!({ "reacts": { "emoji": "\u{1f44d}" } }),
        json!({ "reacts": { "emoji": "", "message_id": id } }),
        json!({ "orders": { "catalog_id": "1", "product_items": [{ "product_retailer_id": "a", "item_price": 1.5, "currency": "EUR" }] } }),
        json!({ "sends": { "mime_type": "image/png", "data": "iVBORw0KGgo=", "caption": "Look" } }),
        json!({ "sends_message": { "type": "location", "location": { "latitude": 12, "longitude": -7.25 } } }),
    ] {
        let body = json!({ "name": "Robin", "action": action });
        let (status, json) = call(&sandbox, &customer, Some(&body)).await;
        assert_eq!(status, 200, "{action}: {json}");
        assert!(validator(&document, &document["components"]["schemas"]["Does"]).is_valid(&body));
    }
    sandbox.settled().await;
    for list in ["received", "ledger", "deliveries", "media", "templates"] {
        let path = format!("/_sandbox/{list}");
        let schema = &document["paths"][&path]["get"]["responses"]["200"]["content"]["application/json"]
            ["schema"];
        let (_, json) = call(&sandbox, &("GET".to_owned(), path.clone()), None).await;
        let errors: Vec<_> = validator(&document, schema)
            .iter_errors(&json)
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{path}: {errors:?}");
        let items = json.as_object().unwrap().values().find_map(Value::as_array).unwrap();
        assert!(!items.is_empty(), "{path}");
    }
    let (status, json) =
        call(&sandbox, &customer, Some(&json!({ "action": { "taps": "soup" } }))).await;
    assert_eq!(status, 404, "{json}");
    assert!(validator(&document, &document["components"]["schemas"]["Problem"]).is_valid(&json));
}
