// An invocation with an expression that did not parse is a `Result` all the same: one error for each mistake.
use wa_message::{InvalidMessage, Message, wa_message};

fn block(x: u32) -> Result<Message, InvalidMessage> {
    wa_message! { <text> to: "+15550100", body: { let y = x; y.to_string() } }
}

fn condition(x: bool) -> Result<Message, InvalidMessage> {
    wa_message! { <text> to: "+15550100", body: "Hello", if x { preview_url: true } }
}

fn a_loop(rows: &[&str]) -> Result<Message, InvalidMessage> {
    wa_message! { <list>
        to: "+15550100",
        body: "Pick a dish",
        button: "See dishes",
        for row in rows { sections: [{ rows: [{ id: row, title: row }] }] }
    }
}

fn base(base: Message) -> Result<Message, InvalidMessage> {
    wa_message! { <text> to: "+15550100", ..base }
}

fn closure(names: &[&str]) -> Result<Message, InvalidMessage> {
    wa_message! { <button>
        to: "+15550100",
        body: "Who comes?",
        buttons: names.iter().map(|name| { id: name, title: name }),
    }
}

fn no_kind(name: &str) -> Result<Message, InvalidMessage> {
    wa_message! { to: "+15550100", body: name }
}

fn main() {
    let _ = block(1)
        .and(condition(true))
        .and(a_loop(&[]))
        .and(closure(&[]))
        .and(no_kind("Ada"))
        .and_then(base);
}
