//! Lists the comparisons and their sides.

use std::{cell::OnceCell, error::Error, hint::black_box, rc::Rc};

use ::wa_message::{InvalidMessage, Message, types::MessageObject};
use serde_json::Value;
use wa_bench::sides::{floor, json, structs, wa_message};

use crate::{Documents, Other};

/// What a side does. The bytes are the document, or nothing when a side does not end in bytes.
pub type Run = Box<dyn Fn() -> Vec<u8>>;

/// Sides that do the same.
pub struct Comparison {
    /// A name for programs.
    pub id: &'static str,
    /// The document that each side writes or reads.
    pub document: Value,
    /// The name of each side, and what it does.
    pub sides: Vec<(&'static str, Run)>,
}

const TO: &str = "+5521999990000";
const TITLE: &str = "Moqueca \"da casa\"";
const REPLY: &str = "Keep it, \"please\"";
const BODY: &str = "Your table \"by the window\" is ready";
const NAME: &str = "Ada \"Countess\" Lovelace";

/// A client that is made when it is used first: that takes far longer than a message.
#[derive(Default)]
struct Lazy(OnceCell<Other>);

impl Lazy {
    fn get(&self) -> &Other {
        self.0.get_or_init(|| match Other::new() {
            Ok(other) => other,
            Err(error) => panic!("{error}"),
        })
    }
}

/// All comparisons.
#[must_use]
pub fn all() -> Vec<Comparison> {
    let other = Rc::new(Lazy::default());
    let mut list = written("list", TITLE, wa_message::list, json::list, structs::list);
    list.sides.push(("floor", Box::new(|| floor::list(black_box(TO), black_box(TITLE)))));
    let mut full = written(
        "list-in-full",
        TITLE,
        wa_message::list_in_full,
        json::list_in_full,
        structs::list_in_full,
    );
    full.with_other(&other, Documents::List, TITLE);
    let mut button = written("button", REPLY, wa_message::button, json::button, structs::button);
    button.with_other(&other, Documents::Button, REPLY);
    let mut text = written("text", BODY, wa_message::text, json::text, structs::text);
    text.with_other(&other, Documents::Text, BODY);
    let template =
        written("template", NAME, wa_message::template, json::template, structs::template);
    vec![list, full, button, text, template, read()]
}

/// The sides of one document that build and encode it.
fn written(
    id: &'static str,
    value: &'static str,
    checked: fn(&str, &str) -> Result<Message, InvalidMessage>,
    loose: fn(&str, &str) -> Value,
    derived: fn(&str, &str) -> structs::types::Request,
) -> Comparison {
    let with_macro = move || match checked(black_box(TO), black_box(value)) {
        Ok(message) => message.into_json_bytes(),
        Err(error) => panic!("{error}"),
    };
    let with_json = move || encoded(&loose(black_box(TO), black_box(value)));
    let with_structs = move || encoded(&derived(black_box(TO), black_box(value)));
    Comparison {
        id,
        document: loose(TO, value),
        sides: vec![
            ("wa-message", Box::new(with_macro)),
            ("json", Box::new(with_json)),
            ("structs", Box::new(with_structs)),
        ],
    }
}

impl Comparison {
    /// Adds the other crate, and what a request of it costs around a body.
    fn with_other(&mut self, other: &Rc<Lazy>, document: Documents, value: &'static str) {
        let (client, around) = (Rc::clone(other), Rc::clone(other));
        let encode = move || {
            client.get().encode(document, black_box(TO), black_box(value));
            Vec::new()
        };
        let request = move || {
            around.get().request();
            Vec::new()
        };
        self.sides.push(("other", Box::new(encode)));
        self.sides.push(("other-request", Box::new(request)));
    }

    /// Checks that every side that ends in bytes writes the document.
    ///
    /// # Errors
    ///
    /// When a side writes another document.
    pub fn check(&self) -> Result<(), Box<dyn Error>> {
        for (name, run) in &self.sides {
            let bytes = run();
            if !bytes.is_empty() && serde_json::from_slice::<Value>(&bytes)? != self.document {
                let text = String::from_utf8_lossy(&bytes);
                return Err(format!("{}: {name} writes something else: {text}", self.id).into());
            }
        }
        Ok(())
    }
}

/// The sides that read a list message.
fn read() -> Comparison {
    let document = json::list(TO, TITLE);
    let text: Rc<str> = document.to_string().into();
    let reads = |text: &Rc<str>, read: fn(&str)| -> Run {
        let text = Rc::clone(text);
        Box::new(move || {
            read(black_box(&text));
            Vec::new()
        })
    };
    let sides = vec![
        ("bare", reads(&text, |text| parsed(serde_json::from_str::<MessageObject>(text)))),
        ("wa-message", reads(&text, |text| parsed(text.parse::<Message>()))),
        (
            "structs",
            reads(&text, |text| parsed(serde_json::from_str::<structs::types::Request>(text))),
        ),
        ("json", reads(&text, |text| parsed(serde_json::from_str::<Value>(text)))),
    ];
    Comparison { id: "read", document, sides }
}

fn parsed<T, E: std::fmt::Display>(result: Result<T, E>) {
    match result {
        Ok(value) => drop(black_box(value)),
        Err(error) => panic!("{error}"),
    }
}

fn encoded<T: serde::Serialize>(value: &T) -> Vec<u8> {
    match serde_json::to_vec(value) {
        Ok(bytes) => bytes,
        Err(error) => panic!("{error}"),
    }
}
