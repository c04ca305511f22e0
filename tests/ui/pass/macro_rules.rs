// Through macros of one's own: fragments are what they hold.
use wa_message::{
    InvalidMessage, Message,
    types::{Reply, ReplyButton},
    wa_message,
};

macro_rules! text {
    ($to:expr, $body:expr) => {
        wa_message! { <text> to: $to, body: $body }
    };
}

macro_rules! button {
    ($($id:literal => $title:literal),* $(,)?) => {
        wa_message! { <button>
            to: "+15550100",
            body: "Keep your booking?",
            buttons: [$({ id: $id, title: $title }),*],
        }
    };
}

macro_rules! of_kind {
    ($kind:ident, $($fields:tt)*) => {
        wa_message! { <$kind> to: "+15550100", $($fields)* }
    };
}

macro_rules! wire {
    ($object:tt) => {
        wa_message!($object)
    };
}

macro_rules! field {
    ($key:ident: $value:tt) => {
        wa_message! { <text> to: "+15550100", $key: $value }
    };
}

macro_rules! rows {
    ($pattern:pat in $kind:ty: $path:path => $id:expr) => {
        wa_message! { <list>
            to: "+15550100",
            body: "Pick a dish",
            button: "See dishes",
            sections: [{ rows: [for $pattern in Vec::<$kind>::from($path) { id: $id, title: "A dish" }] }],
        }
    };
}

const DISHES: [(&str, &str); 1] = [("m1", "Feijoada")];

macro_rules! expressions {
    ($body:expr, $footer:expr, $buttons:expr) => {
        wa_message! { <button> to: "+15550100", body: $body, footer: $footer, buttons: $buttons }
    };
}

fn main() -> Result<(), InvalidMessage> {
    // Literals stay literals, so that the message is proven.
    let hello: Message = text!("+15550100", "Hello");
    let minus: Message = of_kind!(location, latitude: -59.9139, longitude: 10.7522,);
    assert!(minus.to_json().contains("-59.9139"));

    let name = "Hello";
    let made: Result<Message, InvalidMessage> = text!("+15550100", name);
    assert_eq!(made?, hello);
    assert_eq!(text!("+15550100", format!("Hel{}", "lo"))?, hello);
    assert_eq!(field!(body: "Hello"), hello);
    assert_eq!(field!(body: (name.to_owned()))?, hello);
    assert_eq!(of_kind!(text, body: "Hello"), hello);
    let pasted: Message = wire!({
        "messaging_product": "whatsapp", "to": "+15550100", "type": "text", "text": { "body": "Hello" }
    });
    assert_eq!(pasted.to_json(), hello.to_json());

    let buttons: Message = button! { "keep" => "Keep", "cancel" => "Cancel" };
    assert!(buttons.to_json().contains("cancel"));
    let first = "first ";
    let list = rows!((id, _) in (&str, &str): DISHES => first.to_owned() + id)?;
    assert!(list.to_json().contains("first m1"));

    // An expression is one, whatever it begins with.
    let (keep, footer) = (ReplyButton::new(Reply::new("keep", "Keep")), "Free of charge");
    let made = expressions!(["Keep ", "your booking?"].concat(), { footer }, [keep])?;
    assert!(made.to_json().contains("Keep your booking?") && made.to_json().contains(footer));
    Ok(())
}
