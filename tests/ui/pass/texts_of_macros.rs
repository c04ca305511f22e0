// What the compiler knows before the program runs makes a message, and no `Result`.
use wa_message::{Message, wa_message};

const NESTED: Message = wa_message! { <text>
    to: "+15550100",
    body: concat!("v", env!("CARGO_PKG_VERSION"), ' ', 1, true, concat!("!", '!')),
};

fn main() {
    let letter: Message = wa_message! { <reaction> to: "+15550100", message_id: "wamid.x", emoji: '❤' };
    let joined: Message = wa_message! { <text> to: "+15550100", body: concat!("a", 'b', 3, true, concat!("c")) };
    let named: Message = wa_message! { <text> to: "+15550100", body: stringify!(hello) };
    let from_outside: Message = wa_message! { <text> to: "+15550100", body: env!("CARGO_PKG_NAME") };
    let file: Message = wa_message! { <text> to: "+15550100", body: include_str!("texts_of_macros.rs") };
    let bracketed: Message = wa_message! { <text> to: ("+15550100"), body: std::concat!("a", "b") };
    assert!(joined.to_json().contains(r#""ab3truec""#));
    assert!(named.to_json().contains(r#""hello""#));
    assert!(letter.to_json().contains('❤'));
    for message in [&from_outside, &file, &bracketed, &NESTED] {
        assert!(message.to_json().parse::<Message>().is_ok());
    }
}
