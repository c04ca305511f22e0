//! Messages held against definitions, and what is said of files.
#![allow(clippy::unwrap_used)]

#[cfg(feature = "templates")]
mod files;

use std::fs;

use super::*;
use crate::types::MessageObject;

const READY: &str = r#"{"data":[
 {"name":"order_ready","language":"en_US","status":"APPROVED","category":"UTILITY","id":"1","components":[
  {"type":"HEADER","format":"IMAGE","example":{"header_handle":["https://cdn.example.org/a"]}},
  {"type":"BODY","text":"Hi {{1}}, order {{2}} is ready."},
  {"type":"FOOTER","text":"Bakery Nord"},
  {"type":"BUTTONS","buttons":[
   {"type":"PHONE_NUMBER","text":"Call","phone_number":"+15550100"},
   {"type":"URL","text":"Track","url":"https://example.org/o/{{1}}"}]}]},
 {"name":"hello","language":"de","status":"PAUSED","components":[{"type":"BODY","text":"Hallo {{name}}"}]},
 {"name":"hello","language":"en-US","status":"REJECTED","components":[{"type":"BODY","text":"Hello"}]}]}"#;

fn ready() -> Templates {
    Templates::from_json(READY).unwrap()
}

/// A message with the components in JSON.
fn message(name: &str, language: &str, components: &str) -> Message {
    let text = format!(
        r#"{{"messaging_product":"whatsapp","to":"+15550100","type":"template",
        "template":{{"name":"{name}","language":{{"code":"{language}"}},"components":{components}}}}}"#
    );
    text.parse().unwrap()
}

fn said(templates: &Templates, message: &Message) -> Vec<(String, Option<u16>, String)> {
    let Err(invalid) = templates.check(message) else { return Vec::new() };
    let all = invalid.violations().iter();
    all.map(|found| (found.path().to_owned(), found.number(), found.to_string())).collect()
}

const WHOLE: &str = r#"[
 {"type":"header","parameters":[{"type":"image","image":{"id":"7"}}]},
 {"type":"body","parameters":[{"type":"text","text":"Ada"},{"type":"text","text":"17"}]},
 {"type":"button","sub_type":"url","index":"1","parameters":[{"type":"text","text":"17"}]}]"#;

#[test]
fn what_fits_passes_and_what_does_not_is_said_with_its_path() {
    let templates = ready();
    assert_eq!(said(&templates, &message("order_ready", "en_US", WHOLE)), []);
    let short = WHOLE.replace(r#",{"type":"text","text":"17"}]},"#, "]},");
    let found = said(&templates, &message("order_ready", "en_US", &short));
    assert_eq!(
        found,
        [(
            "template.components[1]".to_owned(),
            Some(206),
            "the body of `order_ready` (en_US) takes 2 variables, and 1 is given".to_owned()
        )]
    );
    let missing = said(&templates, &message("order_ready", "en_US", "[]"));
    assert_eq!(missing.len(), 3, "{missing:?}");
}

/// Names and languages that a variable decides are checked here.
#[test]
fn names_languages_and_states_are_checked() {
    let templates = ready();
    let one = |name, language| said(&templates, &message(name, language, "[]"));
    let unknown = one("order_redy", "en_US");
    assert_eq!(unknown[0].0, "template.name");
    assert_eq!(unknown[0].1, Some(201));
    let no_language = one("hello", "fr");
    assert_eq!(
        (no_language[0].0.as_str(), no_language[0].1),
        ("template.language.code", Some(202))
    );
    assert_eq!(one("hello", "en_US")[0].1, Some(203));
    // It may be lifted soon, and the rest is wrong all the same.
    assert_eq!(one("hello", "de").len(), 1);
    let paused = templates.advise(&message("hello", "de", "[]"));
    assert_eq!((paused[0].number(), paused[0].path()), (Some(203), "template.name"));
}

/// However a message came to be, the same is said of it.
#[test]
fn all_roads_to_a_message_are_checked_alike() {
    let templates = ready();
    let parsed = message("order_ready", "en_US", "[]");
    let built = Message::try_from(MessageObject::from(parsed.clone())).unwrap();
    let written = Message::try_from(&serde_json::to_value(&parsed).unwrap()).unwrap();
    let kept = parsed.with_to("+15550101").unwrap();
    for message in [&built, &written, &kept] {
        assert_eq!(said(&templates, message), said(&templates, &parsed));
    }
    let json = parsed.to_json();
    let said_of_json = templates.check_json(&json).unwrap_err();
    assert_eq!(said_of_json.count(), said(&templates, &parsed).len());
    // What is no message is refused by its own rules, and what is no template passes.
    assert!(templates.check_json("{}").is_err());
    let texts = [
        r#""type":"text","text":{"body":"\"template\":{}"}"#,
        r#""type":"video","video":{"id":"1"}"#,
        r#""type":"text","text":{"body":"template"},"biz_opaque_callback_data":"template""#,
    ];
    for text in texts {
        let json = format!(r#"{{"messaging_product":"whatsapp","to":"+15550100",{text}}}"#);
        let message: Message = json.parse().unwrap();
        assert!(templates.check(&message).is_ok() && templates.advise(&message).is_empty());
    }
}

#[test]
fn a_template_is_shown() {
    let templates = ready();
    assert_eq!((templates.len(), templates.is_empty()), (3, false));
    assert!(templates.names().eq(["hello", "order_ready"]));
    assert!(templates.languages("hello").eq(["de", "en_US"]));
    let template = templates.get("order_ready", "en_US").unwrap();
    assert_eq!((template.status(), template.category()), (Some("APPROVED"), Some("UTILITY")));
    assert_eq!(
        template.header().map(|header| (header.format(), header.needs_value())),
        Some((Some("IMAGE"), true))
    );
    assert_eq!(template.footer(), Some("Bakery Nord"));
    assert!(template.variables().eq(["1", "2"]) && !template.is_named());
    let buttons: Vec<_> = template
        .buttons()
        .map(|button| (button.index(), button.kind(), button.address(), button.needs_value()))
        .collect();
    assert_eq!(
        buttons,
        [(0, "PHONE_NUMBER", None, false), (1, "URL", Some("https://example.org/o/{{1}}"), true)]
    );
    assert!(templates.get("hello", "de").is_some_and(Definition::is_named));
    assert!(templates.get("hello", "fr").is_none() && templates.get("none", "de").is_none());
    assert_eq!(templates.iter().count(), 3);
    assert!(template.json().starts_with('{') && template.json().ends_with('}'));
    assert_eq!(format!("{templates:?}"), "Templates { len: 3, .. }");
}

#[test]
fn clones_are_shared_among_threads() {
    fn is_shared<T: Clone + Send + Sync + 'static>(_: &T) {}
    is_shared(&ready());
    let templates = ready();
    assert!(Arc::ptr_eq(&templates.0, &templates.clone().0));
}

/// A file is used or refused as a whole, and what is wrong inside of a definition is in the way of no other.
#[test]
fn bad_texts_are_refused_with_their_places() {
    for text in
        ["", "{", "[1]", "7", "\"a\"", r#"[{"name":"a"}]"#, r#"{"data":[{"language":"de"}]}"#]
    {
        let error = Templates::from_json(text).unwrap_err();
        assert_eq!(error.kind(), TemplatesErrorKind::Malformed, "{text}");
        assert!(error.faults()[0].place().is_some());
        assert!(error.to_string().contains("text:1:"), "{error}");
    }
    let twice = r#"[{"name":"a","language":"de","components":[]},{"name":"a","language":"de","components":[]}]"#;
    assert_eq!(Templates::from_json(twice).unwrap().faults().len(), 1);
    let bare = Templates::from_json(r#"{"name":"a","language":"de"}"#).unwrap();
    assert!(bare.faults()[0].hinders());
    assert_eq!(said(&bare, &message("a", "de", WHOLE)), []);
    assert_eq!(Templates::from_json("[]").unwrap().len(), 0);
}

#[test]
fn files_are_read_in_order_also_those_of_folders_inside() {
    let folder = std::env::temp_dir().join(format!("wa-message-templates-{}", std::process::id()));
    fs::create_dir_all(folder.join("more.json")).unwrap();
    let kind = |path: &Path| Templates::load(path).map(|_| ()).map_err(|error| error.kind());
    assert_eq!(kind(&folder), Err(TemplatesErrorKind::NoFiles));
    let one = |language: &str| {
        format!(
            r#"{{"name":"a","language":"{language}","components":[{{"type":"BODY","text":"A"}}]}}"#
        )
    };
    fs::write(folder.join("b.JSON"), one("de")).unwrap();
    fs::write(folder.join("a.json"), format!("\u{FEFF}{}", one("en"))).unwrap();
    fs::write(folder.join("notes.txt"), "no JSON").unwrap();
    fs::write(folder.join("more.json/c.json"), one("fr")).unwrap();
    fs::write(folder.join(".d.json"), "no JSON").unwrap();
    let templates = Templates::load(&folder).unwrap();
    assert!(templates.languages("a").eq(["en", "de", "fr"]));
    assert!(templates.get("a", "en").unwrap().source().ends_with("a.json"));
    assert_eq!(Templates::load(folder.join("a.json")).unwrap().len(), 1);
    fs::write(folder.join("c.json"), "[{]").unwrap();
    let error = Templates::load(&folder).unwrap_err();
    assert!(error.to_string().contains("c.json:1:3: it is not JSON"), "{error}");
    fs::write(folder.join("c.json"), b"\xff\xfe").unwrap();
    let error = Templates::load(&folder).unwrap_err();
    assert_eq!(error.kind(), TemplatesErrorKind::Unread);
    assert!(std::error::Error::source(&error).is_some());
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(kind(&folder), Err(TemplatesErrorKind::Unread));
}

/// What is no file may have no end: a pipe, or what a link leads to.
#[test]
#[cfg(unix)]
fn what_is_no_file_is_not_waited_for() {
    let folder = std::env::temp_dir().join(format!("wa-message-no-file-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("a.json");
    let says = |path: &Path| {
        let error = Templates::load(path).unwrap_err();
        assert_eq!(error.kind(), TemplatesErrorKind::Unread);
        std::error::Error::source(&error).unwrap().to_string()
    };
    for place in ["/dev/zero", "/dev/null"] {
        std::os::unix::fs::symlink(place, &path).unwrap();
        assert_eq!([says(&folder), says(&path)], ["it is no file"; 2]);
        fs::remove_file(&path).unwrap();
    }
    // It has as many bytes as it says, and none of them is on the disk.
    fs::File::create(&path).unwrap().set_len((8 << 20) + 1).unwrap();
    assert_eq!(says(&folder), "it has more than 8 MiB");
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn what_is_embedded_is_read_without_an_error() {
    let templates = crate::__private::embedded(&[("a.json", READY), ("b.json", "[")]);
    assert_eq!((templates.len(), templates.faults().len()), (3, 1));
}
