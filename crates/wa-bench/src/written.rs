//! The same list messages as source code, written in each way, for the compiler to read.

use std::{fmt::Write as _, path::Path};

/// A way to write messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// `wa_message!`.
    WaMessage,
    /// `serde_json::json!`.
    Json,
    /// Structs with derives, written by hand.
    Structs,
    /// The crate `whatsapp-business-rs`.
    Other,
}

/// The crate that the report compares with, as its manifest asks for it.
const OTHER: &str = r#"whatsapp-business-rs = { version = "=0.5.0", default-features = false }"#;
const SERDE: &str = r#"serde = { version = "1", features = ["derive"] }"#;
const SERDE_JSON: &str = r#"serde_json = "1""#;
/// What `wa-message` sends with: a program that has no client of its own needs it too.
const HTTP: &str = r#"
reqwest = { version = "0.13.5", default-features = false, features = ["rustls-no-provider"] }
rustls = { version = "0.23.46", default-features = false, features = ["ring", "std"] }"#;

impl Way {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::WaMessage, Self::Json, Self::Structs, Self::Other];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::WaMessage => "wa_message!",
            Self::Json => "json!",
            Self::Structs => "structs by hand",
            Self::Other => "whatsapp-business-rs",
        }
    }

    /// A name that a package can have.
    #[must_use]
    pub fn package(self) -> &'static str {
        match self {
            Self::WaMessage => "wa-message",
            Self::Json => "json",
            Self::Structs => "structs",
            Self::Other => "other",
        }
    }

    /// The lines of a manifest that say what it depends on to make messages. `root` is the folder of
    /// the workspace.
    #[must_use]
    pub fn dependencies(self, root: &Path) -> String {
        match self {
            Self::WaMessage => local(root, "default-features = false"),
            Self::Json => SERDE_JSON.to_owned(),
            Self::Structs => format!("{SERDE}\n{SERDE_JSON}"),
            Self::Other => OTHER.to_owned(),
        }
    }

    /// The same with what it takes to send them: the crates with their default features, or the HTTP
    /// client that `wa-message` has.
    #[must_use]
    pub fn dependencies_to_send(self, root: &Path) -> String {
        match self {
            Self::WaMessage => local(root, "default-features = true"),
            Self::Json | Self::Structs => format!("{}\n{HTTP}", self.dependencies(root)),
            Self::Other => OTHER.replace("default-features = false", "default-features = true"),
        }
    }

    /// The source of a crate of that many messages, and the other files that it needs.
    ///
    /// `mark` is written into the first one, so that a message can be edited.
    #[must_use]
    pub fn library(self, messages: usize, mark: &str) -> Source {
        let mut main = match self {
            Self::WaMessage => "use wa_message::{InvalidMessage, Message, wa_message};\n",
            Self::Json => "use serde_json::{Value, json};\n",
            Self::Structs => "pub mod types;\nuse types::*;\n",
            Self::Other => {
                "use whatsapp_business_rs::{IdentityRef, message::{InteractiveMessage, \
                 OptionButton, OptionList, Section}};\n"
            }
        }
        .to_owned();
        if messages == 0 {
            // The compiler has to load the same crates, so that only the messages make a difference.
            main.insert_str(0, "#![allow(unused_imports)]\n");
        }
        for index in 0..messages {
            main += &self.message(index, if index == 0 { mark } else { "" });
            main.push('\n');
        }
        let types = include_str!("sides/structs/types.rs");
        let others = if self == Self::Structs { vec![("types.rs", types)] } else { Vec::new() };
        Source { main, others }
    }

    /// The source of a program that makes that many messages of its first two arguments and prints
    /// them.
    #[must_use]
    pub fn program(self, messages: usize) -> Source {
        let show = match self {
            Self::WaMessage => {
                "message: Result<Message, InvalidMessage>) { println!(\"{}\", message.unwrap().to_json()"
            }
            Self::Json => "message: Value) { println!(\"{message}\"",
            Self::Structs => {
                "message: Request) { println!(\"{}\", serde_json::to_string(&message).unwrap()"
            }
            Self::Other => "message: (IdentityRef, InteractiveMessage)) { println!(\"{message:?}\"",
        };
        let mut source = self.library(messages, "");
        source.main = format!("#![allow(dead_code)]\n{}\nfn show({show}); }}\n", source.main);
        source.main += "fn main() {\n    let mut given = std::env::args().skip(1);\n    \
                        let (to, title) = (given.next().unwrap(), given.next().unwrap());\n";
        for index in 0..messages {
            // Writing to memory has no way to fail.
            let _ = writeln!(source.main, "    show(message_{index}(&to, &title));");
        }
        source.main += "}\n";
        source
    }

    fn message(self, index: usize, mark: &str) -> String {
        match self {
            Self::WaMessage => with_macro(index, mark),
            Self::Json => with_json(index, mark),
            Self::Structs => with_structs(index, mark),
            Self::Other => with_other(index, mark),
        }
    }
}

/// The files in a package's folder `src`.
#[derive(Debug, Clone)]
pub struct Source {
    /// What is in `lib.rs` or `main.rs`.
    pub main: String,
    /// The names of the other files, and what is in them.
    pub others: Vec<(&'static str, &'static str)>,
}

impl Source {
    /// A program that does nothing but print an empty line.
    #[must_use]
    pub fn empty() -> Self {
        Self { main: "fn main() { println!() }\n".to_owned(), others: Vec::new() }
    }
}

/// The line of a manifest that says where `wa-message` is.
fn local(root: &Path, features: &str) -> String {
    format!("wa-message = {{ path = '{}', {features} }}", root.join("crates/wa-message").display())
}

/// What stands in the braces of `wa_message!` in the message of that number.
#[must_use]
pub fn invocation(index: usize, mark: &str) -> String {
    format!(
        r#"<list>
        to: to,
        header: "Menu {index}{mark}",
        body: "Pick a dish",
        button: "See dishes",
        sections: [
            {{ title: "Mains", rows: [
                {{ id: "m1-{index}", title: "Feijoada", description: "With rice" }},
                {{ id: "m2-{index}", title: title, description: "What the market had" }},
            ] }},
            {{ title: "Sweets", rows: [
                {{ id: "s1-{index}", title: "Pudim" }},
                {{ id: "s2-{index}", title: "Quindim", description: "With coconut" }},
            ] }},
        ],
    "#
    )
}

fn with_macro(index: usize, mark: &str) -> String {
    let invocation = invocation(index, mark);
    format!(
        "pub fn message_{index}(to: &str, title: &str) -> Result<Message, InvalidMessage> {{
    wa_message! {{ {invocation}}}
}}"
    )
}

fn with_json(index: usize, mark: &str) -> String {
    format!(
        r#"pub fn message_{index}(to: &str, title: &str) -> Value {{
    json!({{
        "messaging_product": "whatsapp",
        "to": to,
        "type": "interactive",
        "interactive": {{
            "type": "list",
            "header": {{ "type": "text", "text": "Menu {index}{mark}" }},
            "body": {{ "text": "Pick a dish" }},
            "action": {{
                "button": "See dishes",
                "sections": [
                    {{ "title": "Mains", "rows": [
                        {{ "id": "m1-{index}", "title": "Feijoada", "description": "With rice" }},
                        {{ "id": "m2-{index}", "title": title, "description": "What the market had" }},
                    ] }},
                    {{ "title": "Sweets", "rows": [
                        {{ "id": "s1-{index}", "title": "Pudim" }},
                        {{ "id": "s2-{index}", "title": "Quindim", "description": "With coconut" }},
                    ] }},
                ],
            }},
        }},
    }})
}}"#
    )
}

fn with_structs(index: usize, mark: &str) -> String {
    format!(
        r#"pub fn message_{index}(to: &str, title: &str) -> Request {{
    let interactive = Interactive::List {{
        header: Some(Header::Text {{ text: "Menu {index}{mark}".to_owned() }}),
        body: Body {{ text: "Pick a dish".to_owned() }},
        footer: None,
        action: ListAction {{
            button: "See dishes".to_owned(),
            sections: vec![
                Section {{
                    title: "Mains".to_owned(),
                    rows: vec![
                        Row {{
                            id: "m1-{index}".to_owned(),
                            title: "Feijoada".to_owned(),
                            description: Some("With rice".to_owned()),
                        }},
                        Row {{
                            id: "m2-{index}".to_owned(),
                            title: title.to_owned(),
                            description: Some("What the market had".to_owned()),
                        }},
                    ],
                }},
                Section {{
                    title: "Sweets".to_owned(),
                    rows: vec![
                        Row {{
                            id: "s1-{index}".to_owned(),
                            title: "Pudim".to_owned(),
                            description: None,
                        }},
                        Row {{
                            id: "s2-{index}".to_owned(),
                            title: "Quindim".to_owned(),
                            description: Some("With coconut".to_owned()),
                        }},
                    ],
                }},
            ],
        }},
    }};
    Request::new(to, Content::Interactive {{ interactive }})
}}"#
    )
}

fn with_other(index: usize, mark: &str) -> String {
    format!(
        r#"pub fn message_{index}(to: &str, title: &str) -> (IdentityRef, InteractiveMessage) {{
    let sections = [
        Section::new("Mains", [
            OptionButton::new("With rice", "Feijoada", "m1-{index}"),
            OptionButton::new("What the market had", title, "m2-{index}"),
        ]),
        Section::new("Sweets", [
            OptionButton::new("With caramel", "Pudim", "s1-{index}"),
            OptionButton::new("With coconut", "Quindim", "s2-{index}"),
        ]),
    ];
    let list = OptionList::new_sections(sections, "See dishes");
    (IdentityRef::user(to), InteractiveMessage::new(list, "Pick a dish").header("Menu {index}{mark}"))
}}"#
    )
}
