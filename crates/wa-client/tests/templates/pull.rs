//! All definitions of an account, in files, and compared with files.

use std::fs;

use wa_message::{
    Error, Templates,
    client::templates::TemplateErrorKind,
    templates::{ChangeClass, normal},
};

use crate::{
    definition, page,
    server::{Server, json},
};

fn pages() -> [Vec<u8>; 2] {
    [page(&["b", "a"], Some("x"), 3), page(&["c"], None, 3)]
}

fn list(definitions: &[String]) -> Vec<u8> {
    json(&format!(r#"{{"data":[{}]}}"#, definitions.join(",")))
}

#[tokio::test]
async fn all_pages_become_files_that_read_back_the_same() {
    let server = Server::start().await.replying(pages().into_iter().chain(pages()));
    let client = server.client();
    let pulled = client.templates("500100").pull().await.unwrap();
    assert_eq!((pulled.templates().len(), pulled.total()), (3, Some(3)));
    assert_eq!(
        server.lines()[0],
        "GET /v23.0/500100/message_templates?limit=100&summary=total_count"
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("whatsapp-templates");
    let written = pulled.write(&path).unwrap();
    assert_eq!((written.changed.len(), written.unchanged.len(), written.others.len()), (3, 0, 0));
    let text = fs::read_to_string(path.join("a.json")).unwrap();
    // What no member of ours knows is kept.
    assert!(text.contains("\"new_member\"") && !text.contains("\"id\"") && text.ends_with("}\n"));
    let kept = Templates::load(&path).unwrap();
    assert_eq!(normal::page(&kept), normal::page(pulled.templates()));
    // A second time nothing is touched, and others are told of.
    fs::write(path.join("gone.json"), definition("gone", "de")).unwrap();
    fs::write(path.join("a.json"), "{}").unwrap();
    fs::write(path.join("notes.txt"), "").unwrap();
    let written = pulled.write(&path).unwrap();
    assert_eq!(written.changed, [path.join("a.json")]);
    assert_eq!(written.unchanged.len(), 2);
    assert_eq!(written.others, [path.join("gone.json")]);
    fs::remove_file(path.join("gone.json")).unwrap();
    let diff = client.templates("500100").check(&path).await.unwrap();
    assert!(diff.is_empty(), "{diff}");
}

#[tokio::test]
async fn no_name_writes_outside_of_the_folder() {
    for name in ["../evil", "/tmp/evil", "a/b", "..", "a.b", "A"] {
        let server = Server::start()
            .await
            .replying([list(&[definition("fine", "de"), definition(name, "de")])]);
        let pulled = server.client().templates("500100").pull().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("in");
        let error = pulled.write(&path).unwrap_err();
        assert_eq!(error.kind(), TemplateErrorKind::NameNotUsable);
        assert!(!path.exists(), "{name}: nothing is written");
    }
}

#[tokio::test]
async fn a_check_says_what_changed_for_messages() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all.json");
    let kept = [definition("same", "de"), definition("gone", "de"), definition("other", "de")];
    fs::write(&path, format!("[{}]", kept.join(","))).unwrap();
    let live = [
        definition("same", "de").replace("APPROVED", "PAUSED"),
        definition("other", "de").replace("Hi {{1}}.", "Hi {{1}} and {{2}}."),
        definition("new", "de"),
    ];
    let server = Server::start().await.replying([list(&live), list(&[])]);
    let client = server.client();
    let diff = client.templates("500100").check(&path).await.unwrap();
    assert!(diff.breaks_messages());
    let count = |class| diff.count(class);
    assert_eq!(
        [ChangeClass::Shape, ChangeClass::Added, ChangeClass::Wording, ChangeClass::Status]
            .map(count),
        [2, 1, 1, 1]
    );
    assert_eq!(diff.summary(), "2 of shape, 1 of something new, 1 of wording, 1 of status");
    // A folder that is still empty has none of them.
    let empty = tempfile::tempdir().unwrap();
    assert!(client.templates("500100").check(empty.path()).await.unwrap().is_empty());
    let missing = client.templates("500100").check(folder.path().join("none")).await.unwrap_err();
    assert!(matches!(missing, Error::Template(_)));
    assert_eq!(server.lines().len(), 2);
}

#[tokio::test]
async fn what_is_no_definition_is_no_pull() {
    let server = Server::start().await.replying([json(r#"{"data":[{"id":"7"}]}"#)]);
    let error = server.client().templates("500100").pull().await.unwrap_err();
    assert!(
        matches!(&error, Error::Template(error) if error.kind() == TemplateErrorKind::NotUnderstood)
    );
    assert!(std::error::Error::source(&error).is_some());
}
