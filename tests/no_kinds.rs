//! The kinds of message are named in the description, and in no line of hand-written Rust outside
//! of tests, examples and documentation.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{
    fs,
    path::{Path, PathBuf},
};

use wa_message_rules::table::{Object, Schema};
use wa_message_spec::tables::{KINDS, ROOTS};

/// Names that are also words of JSON, of the language of the project, or of answers.
const WORDS: [&str; 24] = [
    "text", "list", "button", "image", "video", "document", "audio", "location", "read", "pin",
    "template", "product", "flow", "header", "body", "name", "type", "url", "payload", "index",
    "contacts", "group_id", "action", "unpin", // `Unpin` is a trait of the standard library
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !["generated", "tests", "examples", "benches", "target"].contains(&&*name) {
                sources(&path, found);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The names of kinds, and of the values of tags below them.
fn names() -> Vec<&'static str> {
    let mut names: Vec<_> = KINDS.iter().map(|kind| kind.name).collect();
    let mut seen = Vec::new();
    for root in ROOTS {
        tags(root, &mut names, &mut seen);
    }
    names.retain(|name| !WORDS.contains(name));
    names.sort_unstable();
    names.dedup();
    names
}

fn tags(object: &'static Object, names: &mut Vec<&'static str>, seen: &mut Vec<*const Object>) {
    if seen.contains(&std::ptr::from_ref(object)) {
        return;
    }
    seen.push(object);
    for field in object.fields {
        let mut schema = field.schema;
        while let Schema::List(list) = schema {
            schema = list.items;
        }
        if let Schema::Object(inner) = schema {
            tags(inner, names, seen);
        }
    }
    for arm in object.tag.iter().flat_map(|tag| tag.arms) {
        names.push(arm.value);
        tags(arm.object, names, seen);
    }
}

/// The code of a file, without comments and tests.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.map(|line| line.split(" // ").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn is_word(code: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(name).any(|(at, _)| {
        !code[..at].ends_with(is_part) && !code[at + name.len()..].starts_with(is_part)
    })
}

#[test]
fn no_hand_written_code_names_a_kind() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for folder in ["crates", "xtask/src"] {
        sources(&root.join(folder), &mut files);
    }
    // What is measured is an example of messages.
    files.retain(|file| !file.components().any(|part| part.as_os_str() == "wa-bench"));
    assert!(files.len() > 60, "{} files", files.len());
    let names = names();
    assert!(names.len() > 30, "{names:?}");
    let mut wrong = Vec::new();
    for file in &files {
        let code = code(&fs::read_to_string(file).unwrap());
        for name in &names {
            let camel: String =
                name.split('_').map(|part| part[..1].to_uppercase() + &part[1..]).collect();
            if is_word(&code, name) || is_word(&code, &camel) {
                wrong.push(format!("{} names `{name}`", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
