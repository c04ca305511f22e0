// A message of literals is a constant.
use std::sync::LazyLock;
use wa_message::{Message, ReadReceipt, wa_message};

static HELLO: Message = wa_message! { <text> to: "+15550100", body: "Hello" };
const MENU: Message = wa_message! { <list>
    to: "+15550100",
    body: "Pick a dish",
    button: "See dishes",
    sections: [{ rows: [{ id: "m1", title: "Feijoada" }, { id: "m2", title: "Moqueca" }] }],
};
static READ: ReadReceipt =
    wa_message! { <read> message_id: "wamid.HBgL", typing_indicator: "text" };
const BODY: &str = "Hello";
static PROVEN: Message = wa_message! { <text> to: "+15550100", body: const { BODY } };
static LAZY: LazyLock<Message> = LazyLock::new(|| {
    let name = "Ada";
    wa_message! { <text> to: "+15550100", body: format!("Hello {name}") }.unwrap()
});

const fn hello() -> Message {
    wa_message! { <text> to: "+15550100", body: "Hello" }
}

fn main() {
    assert_eq!(HELLO.to(), Some("+15550100"));
    assert_eq!(HELLO, hello());
    assert_eq!(HELLO, PROVEN);
    assert_eq!(MENU, MENU.clone());
    assert_eq!(READ.message_id(), "wamid.HBgL");
    assert!(LAZY.to_json().contains("Hello Ada"));
}
