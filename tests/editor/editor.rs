//! A project in an editor, and what the editor is expected to show.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use crate::server::{Server, uri};

const MANIFEST: &str = r#"[package]
name = "scratch"
version = "0.0.0"
edition = "2024"

[dependencies]
wa-message = { path = "PATH", default-features = false }

[workspace]
"#;

/// The definition of a template, whose variables the editor is to know.
const TEMPLATE: &str = r#"{"name":"order_waiting","language":"en_US","components":[
    {"type":"HEADER","format":"TEXT","text":"Order {{order_id}}"},
    {"type":"BODY","text":"Hi {{first_name}}, your order waits until {{hour}}."}]}"#;

const BEFORE: &str = r"use wa_message::wa_message;

wa_message::templates! { pub mod templates; }

pub struct Dish {
    pub sku: String,
    pub dish_name: String,
}

pub struct Customer {
    pub name: String,
    pub phone: String,
}

pub fn send(customer: Customer, to: String, specials: Vec<Dish>) {
    let message = wa_message! { ";

const BEHIND: &str = " };
}

fn main() {}
";

pub(crate) struct Editor {
    server: Server,
    file: PathBuf,
    asked: usize,
    failed: Vec<String>,
}

impl Editor {
    pub(crate) fn start(program: &Path) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap();
        let folder = root.join("target/editor/scratch");
        let file = folder.join("src/main.rs");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        let path = root.join("crates/wa-message").display().to_string();
        fs::write(folder.join("Cargo.toml"), MANIFEST.replace("PATH", &path)).unwrap();
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        fs::write(folder.join("whatsapp-templates.json"), TEMPLATE).unwrap();
        let text = format!("{BEFORE}<text> to, body: \"Hello\"{BEHIND}");
        fs::write(&file, &text).unwrap();
        let log = File::create(root.join("target/editor/log.txt")).unwrap();
        let options = json!({
            "checkOnSave": false,
            "cachePriming": { "enable": false },
            "completion": {
                "autoimport": { "enable": false },
                "postfix": { "enable": false },
                "callable": { "snippets": "none" },
            },
        });
        let mut server = Server::start(program, &folder, log, &options);
        server.open(&file, &text);
        Self { server, file, asked: 0, failed: Vec::new() }
    }

    pub(crate) fn finish(self) {
        println!("{} of {} as expected", self.asked - self.failed.len(), self.asked);
        assert!(self.failed.is_empty(), "{}", self.failed.join("\n"));
    }

    /// Exactly these names are offered.
    pub(crate) fn completes(&mut self, invocation: &str, wanted: &[&str]) {
        let found = self.completions(invocation);
        let mut wanted = wanted.to_vec();
        wanted.sort_unstable();
        self.note(invocation, found == wanted, &format!("{found:?} and not {wanted:?}"));
    }

    /// These names are offered among others.
    pub(crate) fn completes_among(&mut self, invocation: &str, wanted: &[&str]) {
        let found = self.completions(invocation);
        let all = wanted.iter().all(|name| found.iter().any(|found| found == name));
        self.note(invocation, all, &format!("{wanted:?} is not among {found:?}"));
    }

    /// What is shown of a name holds these words.
    pub(crate) fn explains(&mut self, invocation: &str, wanted: &[&str]) {
        let answer = self.ask("textDocument/hover", invocation);
        let text = answer["contents"]["value"].as_str().unwrap_or_default();
        self.note(invocation, wanted.iter().all(|words| text.contains(words)), text);
    }

    /// A name leads to a line.
    pub(crate) fn defines(&mut self, invocation: &str, wanted: &str) {
        let answer = self.ask("textDocument/definition", invocation);
        let lines: Vec<_> = answer.as_array().into_iter().flatten().map(line_of).collect();
        let leads = lines.iter().any(|line| line == wanted);
        self.note(invocation, leads, &format!("leads to {lines:?}"));
    }

    /// The message has a type.
    pub(crate) fn has_type(&mut self, invocation: &str, wanted: &str) {
        self.show("hover", invocation);
        let before = BEFORE.find("message = ").unwrap();
        let answer = self.request("textDocument/hover", BEFORE, before);
        let text = answer["contents"]["value"].as_str().unwrap_or_default();
        let line = format!("let message: {wanted}");
        self.note(invocation, text.lines().any(|found| found == line), text);
    }

    /// Exactly these errors are shown, each at its tokens.
    pub(crate) fn reports(&mut self, invocation: &str, wanted: &[(&str, &str)]) {
        let text = self.show("diagnostics", invocation);
        let document = json!({ "textDocument": { "uri": uri(&self.file) } });
        let answer = self.server.request("textDocument/diagnostic", &document);
        let found: Vec<_> = answer["items"]
            .as_array()
            .into_iter()
            .flatten()
            // The function does nothing with its message.
            .filter(|item| item["severity"] == 1)
            .map(|item| (part(&text, &item["range"]), item["message"].as_str().unwrap()))
            .collect();
        let all = wanted.iter().all(|(at, words)| {
            found.iter().any(|(place, message)| place == at && message.contains(words))
        });
        self.note(invocation, all && found.len() == wanted.len(), &format!("{found:?}"));
    }

    fn completions(&mut self, invocation: &str) -> Vec<String> {
        let answer = self.ask("textDocument/completion", invocation);
        let items = answer["items"].as_array().or_else(|| answer.as_array());
        let mut found: Vec<_> = items.into_iter().flatten().map(name).collect();
        found.sort();
        found.dedup();
        found
    }

    /// Puts an invocation into the file, and asks at the place of the `|` in it.
    fn ask(&mut self, method: &str, invocation: &str) -> Value {
        let at = invocation.find('|').expect("a cursor");
        let text = self.show(method, &invocation.replacen('|', "", 1));
        self.server.say(invocation);
        self.request(method, &text, BEFORE.len() + at)
    }

    fn show(&mut self, what: &str, invocation: &str) -> String {
        self.server.say(&format!("{what}: {invocation}"));
        let text = format!("{BEFORE}{invocation}{BEHIND}");
        self.server.change(&self.file, &text);
        text
    }

    fn request(&mut self, method: &str, text: &str, at: usize) -> Value {
        let before = &text[..at];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let position = json!({
            "line": before.matches('\n').count(),
            "character": before.len() - line_start,
        });
        let document = json!({ "uri": uri(&self.file) });
        self.server.request(method, &json!({ "textDocument": document, "position": position }))
    }

    fn note(&mut self, invocation: &str, is_expected: bool, found: &str) {
        self.asked += 1;
        if !is_expected {
            self.failed.push(format!("{invocation}\n    {found}"));
            self.server.say(&format!("not as expected: {found}"));
        }
    }
}

fn name(item: &Value) -> String {
    let label = item["label"].as_str().unwrap_or_default();
    label.split([' ', '{', '(', ':']).next().unwrap_or_default().trim_start_matches("r#").to_owned()
}

/// The line that a location leads to.
fn line_of(location: &Value) -> String {
    let path = location["uri"].as_str().unwrap().trim_start_matches("file://");
    let line = usize::try_from(location["range"]["start"]["line"].as_u64().unwrap()).unwrap();
    // What the editor shows of the scratch file is not on the disk, but for its head.
    let text = fs::read_to_string(path).unwrap();
    text.lines().nth(line).unwrap_or_default().trim().to_owned()
}

fn part(text: &str, range: &Value) -> String {
    let offset = |position: &Value| {
        let number = |name: &str| usize::try_from(position[name].as_u64().unwrap()).unwrap();
        let lines = text.split_inclusive('\n').take(number("line"));
        lines.map(str::len).sum::<usize>() + number("character")
    };
    text[offset(&range["start"])..offset(&range["end"])].to_owned()
}
