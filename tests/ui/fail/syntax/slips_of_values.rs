// A message with values of the program stays a `Result` when something in it does not parse.
use wa_message::{InvalidMessage, Message, wa_message};

fn comma_forgotten(to: &str) -> Result<Message, InvalidMessage> {
    wa_message! { <text> to body: "Hello" }
}

fn commas_forgotten(to: &str, body: &str) -> Result<Message, InvalidMessage> {
    wa_message! { <text> to body }
}

fn name_forgotten(to: &str) -> Result<Message, InvalidMessage> {
    wa_message! { <text> &to, body: "Hello" }
}

fn value_as_name(key: &str) -> Result<Message, InvalidMessage> {
    wa_message! { <template> to: "+15550100", name: "a", language: "en", body: { [key]: "Ada" } }
}

fn base() -> Result<Message, InvalidMessage> {
    wa_message! { <text> to: "+15550100", body: "Hello", ..Default::default() }
}

fn variable(json: &str) -> Result<Message, InvalidMessage> {
    wa_message!(json)
}

fn main() {
    let _ = comma_forgotten("1").and(commas_forgotten("1", "a")).and(name_forgotten("1"));
    let _ = value_as_name("a").and(base()).and(variable("{}"));
}
