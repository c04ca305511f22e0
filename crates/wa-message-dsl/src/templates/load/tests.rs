#![allow(clippy::unwrap_used)]

use std::{fs::OpenOptions, thread};

use super::*;
use crate::{Analysis, analyse_with, templates::testing::Scratch};

const HELLO: &str =
    r#"{"name":"hello","language":"en_US","components":[{"type":"BODY","text":"Hi {{1}}."}]}"#;

fn key(folder: PathBuf) -> Key {
    Key { folder, variable: None, is_required: false }
}

fn now(scratch: &Scratch) -> Arc<Templates> {
    kept(key(scratch.path("")), Duration::ZERO)
}

/// What is said of a file, or of several.
fn faults(scratch: &Scratch) -> Vec<String> {
    now(scratch).definitions().faults().iter().map(ToString::to_string).collect()
}

fn analysed(templates: &Arc<Templates>, name: &str) -> Analysis {
    let input = format!(
        "[wa] <template> to: \"1\", name: \"{name}\", language: \"en_US\", body: [\"Ada\"]"
    );
    analyse_with(input.parse().unwrap(), templates)
}

/// The errors of an invocation.
fn errors(templates: &Arc<Templates>, name: &str) -> Vec<String> {
    analysed(templates, name).diagnostics().iter().map(crate::Diagnostic::text).collect()
}

#[test]
fn files_of_a_folder_are_read_with_those_further_inside() {
    let scratch = Scratch::new("load");
    scratch.write("Cargo.toml", "[workspace]");
    scratch.write("whatsapp-templates/hello.json", HELLO);
    scratch.write("whatsapp-templates/more/B.JSON", HELLO.replace("hello", "bye"));
    scratch.write("whatsapp-templates/.hidden.json", "{");
    scratch.write("whatsapp-templates/.git/x.json", "{");
    scratch.write("whatsapp-templates/README.md", "{");
    let templates = now(&scratch);
    assert_eq!(templates.definitions().names().collect::<Vec<_>>(), ["bye", "hello"]);
    assert_eq!(templates.definitions().named("bye")[0].source(), "whatsapp-templates/more/B.JSON");
    assert!(templates.definitions().faults().is_empty());
    assert!(errors(&templates, "hello").is_empty());
    let said = errors(&templates, "other");
    assert!(said[0].contains("there is no template `other`"), "{said:?}");
    let note =
        "  = note: the definitions in `whatsapp-templates` are of `bye` and `hello`\n  = help: ";
    assert!(said[0].contains(note), "{said:?}");
}

#[test]
fn what_is_kept_is_renewed_when_files_change() {
    let scratch = Scratch::new("load-again");
    scratch.write("Cargo.toml", "[workspace]");
    let first = now(&scratch);
    assert!(first.definitions().is_empty() && errors(&first, "hello").is_empty());
    let file = scratch.write("whatsapp-templates/hello.json", HELLO);
    let second = now(&scratch);
    assert_eq!(second.definitions().names().collect::<Vec<_>>(), ["hello"]);
    assert!(Arc::ptr_eq(&second, &now(&scratch)));
    // Of the same size, at another time.
    fs::write(&file, HELLO.replace("hello", "howdy")).unwrap();
    let changed = SystemTime::now() + Duration::from_secs(7);
    OpenOptions::new().append(true).open(&file).unwrap().set_modified(changed).unwrap();
    // Nobody looks again so soon.
    assert!(Arc::ptr_eq(&second, &kept(key(scratch.path("")), Duration::from_secs(60))));
    let third = now(&scratch);
    assert_eq!(third.definitions().names().collect::<Vec<_>>(), ["howdy"]);
    scratch.write("whatsapp-templates/bye.json", HELLO.replace("hello", "bye"));
    assert_eq!(now(&scratch).definitions().names().count(), 2);
    fs::remove_file(file).unwrap();
    assert_eq!(now(&scratch).definitions().names().collect::<Vec<_>>(), ["bye"]);
}

#[test]
fn what_cannot_be_read_is_named_once_and_concerns_what_is_found_nowhere() {
    let bad: [(&str, Vec<u8>, &str); 6] = [
        ("none", b"three loaves".to_vec(), "bad.json:1:1: "),
        ("empty", Vec::new(), "bad.json:1:1: "),
        ("cut", HELLO.as_bytes()[..40].to_vec(), "bad.json:1:36: "),
        ("utf16", [&[0xFF, 0xFE], HELLO.as_bytes()].concat(), "bad.json: is UTF-16"),
        ("bytes", [b"[\n\"", &[0xFF][..], b"\"]"].concat(), "bad.json: is not UTF-8 (line 2)"),
        ("great", vec![b' '; 10_000_000], "bad.json: has 9 MiB, and at most 8 are read"),
    ];
    for (name, text, wanted) in bad {
        let scratch = Scratch::new(&format!("load-{name}"));
        scratch.write("Cargo.toml", "[workspace]");
        scratch.write("whatsapp-templates/hello.json", HELLO);
        scratch.write("whatsapp-templates/bad.json", text);
        let templates = now(&scratch);
        let said = errors(&templates, "other");
        assert_eq!(said.len(), 1, "{name}: {said:?}");
        assert!(said[0].contains(wanted), "{name}: {said:?}");
        assert!(errors(&templates, "other").is_empty(), "{name}: once");
        assert!(errors(&templates, "third").is_empty(), "{name}: once");
        assert!(errors(&templates, "hello").is_empty(), "{name}: not in the way of others");
    }
}

#[test]
fn folders_and_links_are_no_files() {
    let scratch = Scratch::new("load-links");
    scratch.write("Cargo.toml", "[workspace]");
    scratch.write("whatsapp-templates/hello.json/inside.json", HELLO);
    assert_eq!(now(&scratch).definitions().names().count(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink(".", scratch.path("whatsapp-templates/round")).unwrap();
        symlink("loop.json", scratch.path("whatsapp-templates/loop.json")).unwrap();
        symlink("/dev/zero", scratch.path("whatsapp-templates/zero.json")).unwrap();
        let said = faults(&scratch);
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].starts_with("whatsapp-templates/loop.json: cannot be read"), "{said:?}");
        assert_eq!(said[1], "whatsapp-templates/zero.json: is no file");
    }
}

#[test]
fn folders_end() {
    let scratch = Scratch::new("load-deep");
    scratch.write("Cargo.toml", "[workspace]");
    scratch.write(&format!("whatsapp-templates/{}a.json", "d/".repeat(7)), HELLO);
    assert_eq!(faults(&scratch), [""; 0]);
    scratch.write(&format!("whatsapp-templates/{}a.json", "d/".repeat(8)), HELLO);
    assert!(faults(&scratch)[0].ends_with("d/d: lies more than 8 folders deep"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf_8_is_refused() {
    use std::os::unix::ffi::OsStrExt;

    let scratch = Scratch::new("load-name");
    scratch.write("Cargo.toml", "[workspace]");
    scratch.write("whatsapp-templates/hello.json", HELLO);
    let name = OsStr::from_bytes(b"whatsapp-templates/\xFF.json");
    fs::write(scratch.path("").join(name), HELLO).unwrap();
    assert!(faults(&scratch)[0].contains("its path is not UTF-8"));
}

#[test]
fn definitions_can_be_asked_for() {
    let scratch = Scratch::new("load-required");
    scratch.write("Cargo.toml", "[workspace]");
    let required = |variable: Option<&str>| {
        let variable = variable.map(OsString::from);
        kept(Key { folder: scratch.path(""), variable, is_required: true }, Duration::ZERO)
    };
    let said = |variable, wanted: &str| {
        let templates = required(variable);
        // At each name.
        for name in ["hello", "other"] {
            let said = errors(&templates, name);
            assert_eq!(said.len(), 1, "{said:?}");
            assert!(said[0].contains(&format!("definition of the template `{name}`")), "{said:?}");
            assert!(said[0].contains(wanted), "{said:?}");
        }
        let open = "[wa] <template> to: \"1\", name: name, language: \"en_US\"".parse().unwrap();
        assert!(analyse_with(open, &templates).diagnostics().is_empty());
    };
    said(None, "whatsapp-templates.json`");
    said(Some(""), "`WA_MESSAGE_TEMPLATES` is empty, which turns them off");
    said(Some("gone"), "`WA_MESSAGE_TEMPLATES` names it");
    std::fs::create_dir(scratch.path("whatsapp-templates")).unwrap();
    said(None, "there is no `.json` file in ");
    scratch.write("whatsapp-templates/hello.json", HELLO);
    assert!(errors(&required(None), "hello").is_empty());
}

#[test]
fn what_the_variable_names_has_to_be_there() {
    let scratch = Scratch::new("load-gone");
    scratch.write("Cargo.toml", "[workspace]");
    let key = Key { variable: Some("gone.json".into()), ..key(scratch.path("")) };
    let templates = kept(key, Duration::ZERO);
    let said = errors(&templates, "hello");
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("gone.json: `WA_MESSAGE_TEMPLATES` names it"), "{said:?}");
    assert!(errors(&templates, "hello").is_empty());
}

#[test]
fn many_threads_get_the_same() {
    let scratch = Scratch::new("load-threads");
    scratch.write("Cargo.toml", "[workspace]");
    scratch.write("whatsapp-templates.json", HELLO);
    let threads = (0..8).map(|_| {
        let folder = scratch.path("");
        thread::spawn(move || kept(key(folder), Duration::from_secs(60)))
    });
    let threads: Vec<_> = threads.collect();
    let all: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert!(all.iter().all(|templates| Arc::ptr_eq(templates, &all[0])));
}

#[test]
fn files_are_tracked_once_each() {
    let scratch = Scratch::new("load-track");
    scratch.write("Cargo.toml", "[workspace]");
    scratch.write("shop/Cargo.toml", "[package]");
    scratch.write("whatsapp-templates/hello.json", HELLO);
    scratch.write("whatsapp-templates/bye.json", HELLO.replace("hello", "bye"));
    let templates = kept(key(scratch.path("shop")), Duration::ZERO);
    let tracked = |templates: &Arc<Templates>, name: &str| {
        analysed(templates, name).against.unwrap().tracked().to_string().replace(' ', "")
    };
    let first = tracked(&templates, "hello");
    for wanted in [
        r#"::core::option_env!("WA_MESSAGE_TEMPLATES")"#,
        r#"::core::option_env!("WA_MESSAGE_TEMPLATES_REQUIRED")"#,
        r#"::core::include_bytes!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"),"/../whatsapp-templates/hello.json"))"#,
    ] {
        assert!(first.contains(wanted), "{first}");
    }
    assert_eq!(first.matches("include_bytes").count(), 1, "{first}");
    assert_eq!(tracked(&templates, "hello"), "");
    let second = tracked(&templates, "bye");
    assert!(second.contains("bye.json") && !second.contains("option_env"), "{second}");

    // What lies elsewhere has no way to it that is the same everywhere.
    let elsewhere = Scratch::new("load-track-elsewhere");
    let file = elsewhere.write("t.json", HELLO);
    let key = Key { variable: Some(file.clone().into()), ..key(scratch.path("shop")) };
    let third = tracked(&kept(key, Duration::ZERO), "hello");
    assert!(
        third.contains(&format!("::core::include_bytes!({:?})", file.to_str().unwrap())),
        "{third}"
    );
}

#[test]
fn an_editor_is_offered_variables_and_told_nothing_of_files() {
    let scratch = Scratch::new("load-editor");
    scratch.write("Cargo.toml", "[workspace]");
    let named = HELLO.replace("{{1}}", "{{first_name}}, {{bread}}");
    scratch.write("whatsapp-templates/hello.json", named);
    scratch.write("whatsapp-templates/bad.json", "{");
    let templates = now(&scratch);
    let shown = |fields: &str| {
        let input = format!("[wa] <template> to: \"1\", language: \"en_US\", {fields}");
        let shown = crate::in_editor(input.parse().unwrap(), &|| Some(Arc::clone(&templates)));
        syn::parse2::<syn::Expr>(shown.clone()).unwrap();
        shown.to_string()
    };
    let half = shown(r#"name: "hello", body: { first_name: "Ada", br }"#);
    assert!(half.contains("pub struct Variables"), "{half}");
    assert!(half.contains("pub bread : wa :: __private :: Text"), "{half}");
    assert!(half.contains("# [cfg (all ())] first_name : "), "{half}");
    assert!(half.contains("# [cfg (any ())] br ,"), "{half}");
    assert!(half.contains("Hi {{first_name}}, {{bread}}."), "{half}");
    // A name that is not there may be in the file that cannot be read.
    for fields in [r#"name: "other", body: { x: "Ada" }"#, "name: other, body: { x: \"Ada\" }"] {
        let other = shown(fields);
        assert!(!other.contains("Variables") && !other.contains("compile_error"), "{other}");
    }
    let wrong = shown(r#"name: "hello", body: { first_name: "Ada", bred: "rye" }"#);
    assert!(wrong.contains("has no variable `bred`"), "{wrong}");
}

#[test]
fn who_misses_a_template_is_told_what_there_is() {
    let scratch = Scratch::new("load-held");
    scratch.write("Cargo.toml", "[workspace]");
    let all: Vec<_> =
        (0..25).map(|number| HELLO.replace("hello", &format!("t{number:02}"))).collect();
    let page = format!("{{\"data\":[{}],\"paging\":{{\"next\":\"x\"}}}}", all.join(","));
    scratch.write("whatsapp-templates.json", page);
    let said = errors(&now(&scratch), "zebra");
    assert!(said[0].contains("`t06`, `t07` and 17 more; whatsapp-templates.json:1:"), "{said:?}");
    assert!(said[0].contains("the list goes on behind this page"), "{said:?}");
}
