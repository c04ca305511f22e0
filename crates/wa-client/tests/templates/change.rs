//! Creation, change and deletion.

use wa_message::{
    Error,
    client::templates::{NewTemplate, TemplateErrorKind, TemplateStatus, refusals},
};

use crate::server::{Server, is_as_always, json, refusal};

fn ready() -> NewTemplate {
    NewTemplate::new("order_ready", "en_US", "UTILITY")
        .body("Hi {{first_name}}, it is ready.", [("first_name", "Ada")])
}

fn kind(error: &Error) -> Option<TemplateErrorKind> {
    match error {
        Error::Template(error) => Some(error.kind()),
        _ => None,
    }
}

fn broken() -> Vec<u8> {
    b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n".to_vec()
}

#[tokio::test]
async fn a_template_is_created_as_it_was_built() {
    let server = Server::start()
        .await
        .replying([json(r#"{"id":7001,"status":"PENDING","category":"UTILITY"}"#)]);
    let client = server.client();
    let created = client.templates("500100").create(&ready()).await.unwrap();
    assert_eq!((created.id.as_str(), created.status), ("7001", Some(TemplateStatus::Pending)));
    let request = &server.requests()[0];
    assert_eq!(request.line(), "POST /v23.0/500100/message_templates");
    assert_eq!(request.header("content-type"), ["application/json"]);
    assert!(is_as_always(request));
    let body: serde_json::Value = serde_json::from_str(&request.text()).unwrap();
    assert_eq!(body, ready().to_json());
    assert_eq!(body["parameter_format"], "NAMED");
}

#[tokio::test]
async fn what_breaks_a_limit_is_not_sent() {
    let server = Server::start().await;
    let client = server.client();
    let wrong = NewTemplate::new("Order ready", "en_US", "UTILITY").body("x".repeat(1025), ());
    for error in [
        client.templates("500100").create(&wrong).await.unwrap_err(),
        client.templates("500100").edit("700100", &wrong).await.unwrap_err(),
    ] {
        let Error::Template(error) = error else { panic!("{error}") };
        assert_eq!(error.kind(), TemplateErrorKind::Invalid);
        let paths: Vec<_> = error.violations().iter().map(|violation| violation.path()).collect();
        assert!(paths.contains(&"components[0].text"), "{paths:?}");
        assert!(error.to_string().contains("(at `components[0].text`)"), "{error}");
    }
    assert_eq!(server.lines().len(), 0);
}

/// The texts for people are translated, and nothing depends on them.
#[tokio::test]
async fn a_refusal_is_known_by_its_subcode() {
    let body = r#"{"code":100,"error_subcode":2388024,"message":"Invalid parameter","error_user_title":"Inhalt existiert",
        "error_user_msg":"Es gibt bereits Inhalt."}"#;
    let other = r#"{"code":100,"error_subcode":2388999,"message":"Invalid parameter"}"#;
    let server = Server::start().await.replying([
        refusal("400 Bad Request", &body.replace('\n', "")),
        refusal("400 Bad Request", other),
    ]);
    let client = server.client();
    let error = client.templates("500100").create(&ready()).await.unwrap_err();
    let refusal = error.api_error().unwrap();
    assert_eq!(refusal.template_refusal(), Some(&refusals::EXISTS));
    assert_eq!(refusal.user_title(), Some("Inhalt existiert"));
    assert_eq!(refusal.user_message(), Some("Es gibt bereits Inhalt."));
    assert!(
        error.to_string().contains("there is a template of this name in this language"),
        "{error}"
    );
    let error = client.templates("500100").create(&ready()).await.unwrap_err();
    let refusal = error.api_error().unwrap();
    assert_eq!((refusal.subcode(), refusal.template_refusal()), (Some(2_388_999), None));
}

#[tokio::test]
async fn a_creation_in_doubt_is_not_repeated_and_a_deletion_is() {
    let server =
        Server::start().await.replying([broken(), broken(), broken(), json(r#"{"success":true}"#)]);
    let client = server.patient();
    let templates = client.templates("500100");
    let error = templates.create(&ready()).await.unwrap_err();
    assert!(matches!(error, Error::InDoubt(_)) && !error.is_safe_to_resend());
    let error = templates.edit("700100", &ready()).await.unwrap_err();
    assert!(matches!(error, Error::InDoubt(_)) && !error.is_safe_to_resend());
    templates.delete("order_ready").await.unwrap();
    assert_eq!(server.lines().len(), 4);
}

#[tokio::test]
async fn a_change_replaces_the_parts() {
    let server =
        Server::start().await.replying([json(r#"{"success":true}"#), json(r#"{"success":false}"#)]);
    let client = server.client();
    client.templates("500100").edit("700100", &ready()).await.unwrap();
    let request = &server.requests()[0];
    assert_eq!(request.line(), "POST /v23.0/700100");
    let body: serde_json::Value = serde_json::from_str(&request.text()).unwrap();
    let names: Vec<_> = body.as_object().unwrap().keys().collect();
    assert_eq!(names, ["components", "parameter_format"]);
    let error = client.templates("500100").edit("700100", &ready()).await.unwrap_err();
    assert_eq!(kind(&error), Some(TemplateErrorKind::NotChanged));
}

#[tokio::test]
async fn templates_are_deleted_by_name_language_and_ids() {
    let done = || json(r#"{"success":true}"#);
    let server =
        Server::start().await.replying([done(), done(), done(), json(r#"{"success":false}"#)]);
    let client = server.client();
    let templates = client.templates("500100");
    templates.delete("order_ready").await.unwrap();
    templates.delete_language("order_ready", "700100").await.unwrap();
    templates.delete_ids(["700100", "700101"]).await.unwrap();
    assert_eq!(
        server.lines(),
        [
            "DELETE /v23.0/500100/message_templates?name=order_ready",
            "DELETE /v23.0/500100/message_templates?name=order_ready&hsm_id=700100",
            "DELETE /v23.0/500100/message_templates?hsm_ids=%5B%22700100%22%2C%22700101%22%5D",
        ]
    );
    let error = templates.delete("order_ready").await.unwrap_err();
    assert_eq!(kind(&error), Some(TemplateErrorKind::NotDeleted));
    // Nothing that may mean more than it says is sent.
    let many = vec!["7"; 101];
    for (result, wanted) in [
        (templates.delete("").await, TemplateErrorKind::MalformedId),
        (templates.delete_language("", "7").await, TemplateErrorKind::MalformedId),
        (templates.delete_language("order_ready", "").await, TemplateErrorKind::MalformedId),
        (templates.delete_ids([""; 0]).await, TemplateErrorKind::MalformedId),
        (templates.delete_ids(["7", ""]).await, TemplateErrorKind::MalformedId),
        (templates.delete_ids(&many).await, TemplateErrorKind::TooManyIds),
    ] {
        assert_eq!(kind(&result.unwrap_err()), Some(wanted));
    }
    assert_eq!(server.lines().len(), 4);
}
