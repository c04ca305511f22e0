//! Definitions of templates in the sandbox: created, listed, deleted, and how they come back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::time::Duration;

use common::{call, create, get, plain, raw, send};
use serde_json::{Value, json};
use wa_sandbox::Sandbox;

#[tokio::test]
async fn a_creation_is_refused_as_by_the_api() {
    let there = plain("there", "Hello").to_string();
    let sandbox = Sandbox::builder().templates(there).start().await.unwrap();
    let exists = create(&sandbox, &plain("there", "Another")).await;
    let error = &exists.body["error"];
    assert_eq!((exists.code(), &error["error_subcode"]), (100, &2_388_024.into()));
    assert!(error["error_user_title"].is_string() && error["error_user_msg"].is_string());
    let long = "a".repeat(1025);
    let with = |components: Value| {
        let mut body = plain("new", "Hello");
        body["components"] = components;
        body
    };
    let image = |handle: &str| json!({ "type": "HEADER", "format": "IMAGE", "example": { "header_handle": [handle] } });
    let body = json!({ "type": "BODY", "text": "Hello" });
    for (body, subcode) in [
        (json!({}), None),
        (json!([]), None),
        (json!(17), None),
        (plain("New", "Hello"), None),
        (with(json!([{ "type": "BODY", "text": long }])), Some(2_388_040)),
        (with(json!([{ "type": "BODY", "text": "Hi {{1}}, welcome." }])), Some(2_388_072)),
        (with(json!([image("https://example.org/a.png"), body])), Some(2_388_047)),
        (with(json!([body, { "type": "FOOTER", "text": "for {{1}}" }])), Some(2_388_073)),
        (with(json!([body, body])), None),
        (with(json!([body, { "type": "STARS" }])), None),
        (with(json!([body, { "type": "BUTTONS", "buttons": [] }])), None),
    ] {
        let answer = create(&sandbox, &body).await;
        assert_eq!((answer.status, answer.code()), (400, 100), "{body}: {}", answer.body);
        let found = answer.body["error"]["error_subcode"].as_i64();
        assert_eq!(found, subcode, "{body}: {}", answer.body);
    }
    let handle = with(json!([image("4:bmFtZQ==:aGFzaA=="), body]));
    assert_eq!(create(&sandbox, &handle).await.status, 200);
    let template = sandbox.templates().get("new", "en_US").unwrap();
    let address = &template.json()["components"][0]["example"]["header_handle"][0];
    assert!(address.as_str().unwrap().starts_with("https://"), "{address}");
}

/// One-time codes come back with the text that the API writes, and with another button.
#[tokio::test]
async fn a_code_comes_back_in_another_form() {
    let sandbox = Sandbox::start().await.unwrap();
    let code = json!({
        "name": "code", "language": "en_US", "category": "authentication",
        "components": [
            { "type": "body", "add_security_recommendation": true },
            { "type": "footer", "code_expiration_minutes": 10 },
            { "type": "buttons", "buttons": [{
                "type": "otp", "otp_type": "ONE_TAP",
                "supported_apps": [
                    { "package_name": "org.example.a", "signature_hash": "K8a/AINcGX7" },
                    { "package_name": "org.example.b", "signature_hash": "K8a/AINcGX8" },
                ],
            }] },
        ],
    });
    let created = create(&sandbox, &code).await;
    assert_eq!(created.status, 200, "{}", created.body);
    assert_eq!(created.body["category"], "AUTHENTICATION");
    let found = get(&sandbox, created.body["id"].as_str().unwrap()).await;
    let components = &found["components"];
    assert_eq!(components[0]["type"], "BODY");
    assert!(components[0]["text"].as_str().unwrap().contains("{{1}}"));
    assert_eq!(components[0]["example"], json!({ "body_text": [["123456"]] }));
    assert_eq!(components[0]["add_security_recommendation"], true);
    assert_eq!(components[1]["text"], "This code expires in 10 minutes.");
    let button = &components[2]["buttons"][0];
    assert_eq!((&button["type"], &button["text"]), (&"URL".into(), &"Copy code".into()));
    assert_eq!(
        button["url"],
        "https://www.whatsapp.com/otp/code/?otp_type=ONE_TAP&code_expiration_minutes=10\
         &package_name=org.example.a%2Corg.example.b\
         &signature_hash=K8a%2FAINcGX7%2CK8a%2FAINcGX8&code=otp{{1}}"
    );
    assert!(button.get("otp_type").is_none());

    sandbox.templates().approve("code", "en_US").unwrap();
    let values = json!([{ "type": "text", "text": "482913" }]);
    let sent = json!({ "name": "code", "language": { "code": "en_US" }, "components": [
        { "type": "body", "parameters": values },
        { "type": "button", "sub_type": "url", "index": "0", "parameters": values },
    ] });
    assert_eq!(send(&sandbox, &sent).await.status, 200);

    let mut sale = plain("sale", "A sale.");
    let buttons = json!([
        { "type": "COPY_CODE", "text": "Copy", "example": "BREAD20" },
        { "type": "FLOW", "text": "Rate us", "flow_id": "1254213574875421" },
    ]);
    let components = sale["components"].as_array_mut().unwrap();
    components.push(json!({ "type": "BUTTONS", "buttons": buttons }));
    let created = create(&sandbox, &sale).await;
    assert_eq!(created.status, 200, "{}", created.body);
    let found = get(&sandbox, created.body["id"].as_str().unwrap()).await;
    let buttons = &found["components"][1]["buttons"];
    assert_eq!(buttons[0]["example"], json!(["BREAD20"]));
    assert_eq!(buttons[1]["flow_id"], 1_254_213_574_875_421_u64);
}

async fn sandbox_of_60() -> Sandbox {
    let sandbox = Sandbox::start().await.unwrap();
    let all: Vec<_> = (0..60).map(|number| plain(&format!("t_{number:02}"), "Hello")).collect();
    assert_eq!(sandbox.templates().add(&Value::from(all).to_string()).unwrap(), 60);
    sandbox
}

#[tokio::test]
async fn the_list_has_pages() {
    let sandbox = Sandbox::start().await.unwrap();
    assert_eq!(get(&sandbox, "500100/message_templates").await, json!({ "data": [] }));
    let sandbox = sandbox_of_60().await;
    let first = get(&sandbox, "500100/message_templates?fields=name").await;
    assert_eq!(first["data"].as_array().unwrap().len(), 25);
    assert!(first["paging"].get("previous").is_none());
    let mut names = Vec::new();
    let mut path = "500100/message_templates?limit=7&status=approved&access_token=t".to_owned();
    loop {
        let page = get(&sandbox, &path).await;
        let data = page["data"].as_array().unwrap().clone();
        names.extend(data.iter().map(|one| one["name"].as_str().unwrap().to_owned()));
        assert!(page["paging"]["cursors"]["after"].is_string());
        let Some(next) = page["paging"]["next"].as_str() else { break };
        assert!(next.contains("limit=7") && !next.contains("access_token"), "{next}");
        path = next.split_once("/v23.0/").unwrap().1.to_owned();
    }
    assert_eq!(names.len(), 60);
    assert!(names.is_sorted());
    let encoded = |cursor: &Value| cursor.as_str().unwrap().replace('=', "%3D");
    let after = encoded(&first["paging"]["cursors"]["after"]);
    let path = format!("500100/message_templates?limit=5&after={after}");
    let second = get(&sandbox, &path).await;
    assert_eq!(second["data"][0]["name"], "t_25");
    let before = encoded(&second["paging"]["cursors"]["before"]);
    let back = get(&sandbox, &format!("500100/message_templates?limit=5&before={before}")).await;
    assert_eq!(back["data"][4]["name"], "t_24");
    assert!(back["paging"]["previous"].is_string());
}

#[tokio::test]
async fn the_list_has_filters() {
    let sandbox = sandbox_of_60().await;
    let mut german = plain("t_07", "Hallo");
    german["language"] = "de".into();
    german["status"] = "REJECTED".into();
    sandbox.templates().add(&german.to_string()).unwrap();
    for (query, count) in [
        ("name=t_1", 10),
        ("name=T_1", 0),
        ("name=t_07", 2),
        ("language=de", 1),
        ("language=%5B%22de%22%2C%22fr%22%5D", 1),
        ("status=%5B%22rejected%22%5D", 1),
        ("category=MARKETING", 0),
        ("category=UTILITY,MARKETING&name=t_07", 2),
    ] {
        let counted = "limit=100&summary=total_count,message_template_count";
        let path = format!("500100/message_templates?{query}&{counted}");
        let page = get(&sandbox, &path).await;
        assert_eq!(page["data"].as_array().unwrap().len(), count, "{query}");
        let summary = json!({ "total_count": count, "message_template_count": 61 });
        assert_eq!(page["summary"], summary);
    }
    for query in ["limit=0", "limit=a", "after=!", "before=YQ%3D%3D"] {
        let line = format!("GET /v23.0/500100/message_templates?{query}");
        assert_eq!(call(&sandbox, &line, "").await.code(), 100, "{query}");
    }
    let request = "GET /v23.0/500100/message_templates HTTP/1.1\r\nhost: a\r\nconnection: close";
    assert_eq!(raw(&sandbox, format!("{request}\r\n\r\n").as_bytes()).await.status, 401);
    let put = call(&sandbox, "PUT /v23.0/500100/message_templates", "{}").await;
    assert_eq!(put.status, 405);
    let unknown = call(&sandbox, "POST /v23.0/17", "{\"category\":\"UTILITY\"}").await;
    assert_eq!((unknown.code(), &unknown.body["error"]["error_subcode"]), (100, &33.into()));
}

#[tokio::test]
async fn templates_are_deleted_by_ids_all_or_none() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut german = plain("a", "Hallo");
    german["language"] = "de".into();
    let all = json!([plain("a", "Hello"), german, plain("b", "Hello"), plain("c", "Hello")]);
    sandbox.templates().add(&all.to_string()).unwrap();
    let id = |name: &str| sandbox.templates().get(name, "en_US").unwrap().id().to_owned();
    let (a, b, c) = (id("a"), id("b"), id("c"));
    for (query, status, left) in [
        (String::new(), 400, 4),
        (format!("hsm_id={b}"), 400, 4),
        (format!("hsm_id={b}&name=c"), 400, 4),
        (format!("hsm_ids=%5B%22{b}%22,%2217%22%5D"), 400, 4),
        ("hsm_ids=17".to_owned(), 400, 4),
        (format!("hsm_ids=%5B{b},{c},{c}%5D"), 200, 2),
        (format!("hsm_id={a}&name=a"), 200, 1),
    ] {
        let line = format!("DELETE /v23.0/500100/message_templates?{query}");
        assert_eq!(call(&sandbox, &line, "").await.status, status, "{query}");
        assert_eq!(sandbox.templates().all().len(), left, "{query}");
    }
    assert_eq!(sandbox.templates().all()[0].language(), "de");
    sandbox.templates().reset();
    assert!(sandbox.templates().all().is_empty());
}

#[tokio::test(start_paused = true)]
async fn templates_are_approved_by_themselves() {
    let builder = Sandbox::builder().approve_templates_after(Duration::from_secs(60));
    let sandbox = builder.start().await.unwrap();
    let status = |name: &str| sandbox.templates().get(name, "en_US").unwrap().status().to_owned();
    create(&sandbox, &plain("first", "Hello")).await;
    create(&sandbox, &plain("second", "Hello")).await;
    // What happens to it meanwhile goes before.
    sandbox.templates().reject("second", "en_US", "SCAM").unwrap();
    assert_eq!((status("first"), status("second")), ("PENDING".into(), "REJECTED".into()));
    tokio::time::sleep(Duration::from_secs(61)).await;
    assert_eq!((status("first"), status("second")), ("APPROVED".into(), "REJECTED".into()));
    sandbox.templates().approve_after(None);
    create(&sandbox, &plain("third", "Hello")).await;
    tokio::time::sleep(Duration::from_secs(61)).await;
    assert_eq!(status("third"), "PENDING");
    let missing = sandbox.templates().approve("fourth", "en_US").unwrap_err();
    assert!(missing.is_not_there());
    assert_eq!(missing.to_string(), "there is no template `fourth` in `en_US`");
}

/// Each is answered, although its work would take hours if it grew with the square of its length.
#[tokio::test]
async fn hostile_definitions_are_refused() {
    const MOST: usize = 1024 * 1024;
    let sandbox = Sandbox::start().await.unwrap();
    let of = |bytes: usize, before: &str, one: &str, behind: &str| {
        let times = (bytes - before.len() - behind.len()) / one.len();
        format!("{before}{}{behind}", one.repeat(times).trim_end_matches(','))
    };
    // A quarter of them is enough to tell a square by.
    let fill = |before: &str, one: &str, behind: &str| of(MOST / 4, before, one, behind);
    let start = r#"{"name":"a","language":"en","category":"UTILITY","components":["#;
    let numbers: Vec<_> = (0..100_000).map(|number| format!("{{{{{number}}}}}")).collect();
    let numbers = numbers.concat();
    let body = format!("{start}{{\"type\":\"BODY\",\"text\":\"");
    let buttons = format!("{start}{{\"type\":\"BUTTONS\",\"buttons\":[");
    let cards = format!("{start}{{\"type\":\"CAROUSEL\",\"cards\":[");
    for body in [
        String::new(),
        "\u{0}".to_owned(),
        of(MOST, "", "[", ""),
        fill("", "{\"a\":", ""),
        fill(start, "[", ""),
        of(MOST, start, "0,", "]}"),
        fill(start, "{},", "]}"),
        fill(start, "{\"type\":\"BODY\"},", "]}"),
        fill(start, "{\"type\":\"BODY\",\"text\":\"{{1}}\"},", "]}"),
        format!("{body}a {numbers} b\"}}]}}"),
        fill(&body, "{{", "\"}]}"),
        fill(&buttons, "{\"type\":\"OTP\"},", "]}]}"),
        fill(&cards, "{\"components\":[{}]},", "]}]}"),
        of(MOST, "{\"name\":\"", "a", "\"}"),
        fill("{", "\"name\":\"a\",", "\"language\":1e999}"),
        fill(&format!("{body}Hi\",\"example\":{{\"body_text\":"), "[", ""),
    ] {
        let answer = call(&sandbox, "POST /v23.0/500100/message_templates", &body).await;
        let shown = &body[..body.len().min(80)];
        assert_eq!(answer.status, 400, "{shown}: {}", answer.body);
        assert!(answer.body.to_string().len() < 20_000, "{shown}");
    }
    assert!(sandbox.templates().all().is_empty());
    assert_eq!(create(&sandbox, &plain("a", "Hello")).await.status, 200);
}
