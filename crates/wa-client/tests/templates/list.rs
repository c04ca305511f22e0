//! The list: its pages, its filters, one by its name, and one by its id.

use wa_message::{
    Error,
    client::templates::{TemplateCategory, TemplateErrorKind, TemplateStatus},
};

use crate::{
    common::TOKEN,
    definition, page,
    server::{Server, is_as_always, json, refusal},
};

#[tokio::test]
async fn pages_follow_their_cursors_to_the_end() {
    let server = Server::start()
        .await
        .replying([page(&["a", "b"], Some("MjQZD=="), 3), page(&["c"], None, 3)]);
    let client = server.client();
    let templates = client.templates("500100");
    let mut list = templates.list();
    let mut names = Vec::new();
    while let Some(template) = list.next().await {
        names.extend(template.unwrap().name);
    }
    assert_eq!(names, ["a", "b", "c"]);
    assert!(list.next().await.is_none());
    // Neither the address of the next page is used, nor what is in it.
    assert_eq!(
        server.lines(),
        [
            "GET /v23.0/500100/message_templates?limit=100",
            "GET /v23.0/500100/message_templates?limit=100&after=MjQZD%3D%3D",
        ]
    );
    assert!(server.requests().iter().all(is_as_always));
}

#[tokio::test]
async fn nothing_is_asked_for_before_somebody_waits() {
    let server = Server::start().await.replying([page(&["a", "b"], Some("x"), 3)]);
    let client = server.client();
    let mut list = client.templates("500100").list();
    assert_eq!(server.lines().len(), 0);
    assert!(list.next().await.unwrap().is_ok() && list.next().await.unwrap().is_ok());
    assert_eq!(server.lines().len(), 1);
}

#[tokio::test]
async fn filters_go_with_each_page() {
    let server = Server::start().await.replying([page(&[], Some("x"), 0), page(&[], None, 0)]);
    let client = server.client();
    let list = client
        .templates("500100")
        .list()
        .with_name_part("order & co")
        .with_content("ready")
        .with_language(["en_US", "de"])
        .with_status([TemplateStatus::Approved, TemplateStatus::Paused])
        .with_category([TemplateCategory::Utility])
        .with_quality(["RED"])
        .with_fields(["name", "quality_score"])
        .page_size(0);
    assert!(list.all().await.unwrap().is_empty());
    let first = "GET /v23.0/500100/message_templates?fields=name%2Cquality_score&limit=1";
    let filters = "&name=order+%26+co&content=ready&language=%5B%22en_US%22%2C%22de%22%5D&category=%5B%22UTILITY%22%5D\
                   &status=%5B%22APPROVED%22%2C%22PAUSED%22%5D&quality_score=%5B%22RED%22%5D";
    assert_eq!(server.lines(), [format!("{first}{filters}"), format!("{first}&after=x{filters}")]);
}

/// The API finds every name that contains the one that is asked for.
#[tokio::test]
async fn one_name_is_taken_exactly_in_all_languages() {
    let data = [("order", "de"), ("order_ready", "de"), ("order", "en_US"), ("ORDER", "de")];
    let data: Vec<_> = data.iter().map(|(name, language)| definition(name, language)).collect();
    let server =
        Server::start().await.replying([json(&format!(r#"{{"data":[{}]}}"#, data.join(",")))]);
    let found = server.client().templates("500100").named("order").await.unwrap();
    let languages: Vec<_> =
        found.iter().map(|template| template.language.as_deref().unwrap()).collect();
    assert_eq!(languages, ["de", "en_US"]);
    assert_eq!(found[0].status, Some(TemplateStatus::Approved));
    assert_eq!(server.lines(), ["GET /v23.0/500100/message_templates?limit=100&name=order"]);
}

#[tokio::test]
async fn one_is_got_by_its_id() {
    let server = Server::start().await.replying([json(&definition("a", "de"))]);
    let client = server.client();
    let template = client.templates("500100").get("700100").await.unwrap();
    assert_eq!((template.id.as_deref(), template.components.len()), (Some("7a"), 1));
    assert_eq!(server.lines(), ["GET /v23.0/700100"]);
}

#[tokio::test]
async fn ids_that_lead_elsewhere_are_not_sent() {
    let server = Server::start().await;
    let client = server.client();
    for id in ["", "..", "1/messages", "1?x", "1#", "ü"] {
        let error = client.templates("500100").get(id).await.unwrap_err();
        assert!(
            matches!(&error, Error::Template(error) if error.kind() == TemplateErrorKind::MalformedId)
        );
        assert!(error.is_safe_to_resend());
        let error = client.templates(id).list().all().await.unwrap_err();
        assert!(
            matches!(&error, Error::Template(error) if error.kind() == TemplateErrorKind::MalformedId)
        );
    }
    assert_eq!(server.lines().len(), 0);
}

#[tokio::test]
async fn a_list_that_leads_to_itself_ends() {
    let server = Server::start().await.replying([
        page(&["a"], Some("x"), 9),
        page(&["b"], Some("x"), 9),
        page(&["c"], Some("x"), 9),
    ]);
    let client = server.client();
    let mut list = client.templates("500100").list();
    assert!(list.next().await.unwrap().is_ok());
    let error = list.next().await.unwrap().unwrap_err();
    assert!(
        matches!(&error, Error::Template(error) if error.kind() == TemplateErrorKind::EndlessList),
        "{error}"
    );
    assert!(list.next().await.is_none());
    assert_eq!(server.lines().len(), 2);
}

/// What only looks is tried again, and an error ends the list.
#[tokio::test]
async fn looking_is_repeated_and_an_error_ends_it() {
    let broken = b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n".to_vec();
    let refused =
        refusal("400 Bad Request", &format!(r#"{{"code":100,"message":"{TOKEN} is wrong"}}"#));
    let server = Server::start().await.replying([broken, page(&["a"], Some("x"), 2), refused]);
    let client = server.patient();
    let mut list = client.templates("500100").list();
    assert!(list.next().await.unwrap().is_ok());
    let error = list.next().await.unwrap().unwrap_err();
    assert_eq!(error.api_error().map(|refusal| refusal.code()), Some(100));
    assert!(!format!("{error} {error:?}").contains(TOKEN));
    assert!(list.next().await.is_none());
    assert_eq!(server.lines().len(), 3);
}
