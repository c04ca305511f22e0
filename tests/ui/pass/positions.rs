// An invocation stands wherever an expression does.
use wa_message::{InvalidMessage, Message, wa_message};

fn tail() -> Message {
    wa_message! { <text> to: "+15550100", body: "Hello" }
}

fn made(name: &str) -> Result<Message, InvalidMessage> {
    wa_message! { <text> to: "+15550100", body: name }
}

fn early(name: &str) -> Result<String, InvalidMessage> {
    if name.is_empty() {
        return Ok(
            wa_message!({ "messaging_product": "whatsapp", "to": "1", "text": { "body": "-" } })
                .to_json(),
        );
    }
    Ok(wa_message! { <text> to: "+15550100", body: name }?.to_json())
}

fn main() -> Result<(), InvalidMessage> {
    drop(wa_message! { <text> to: "+15550100", body: "Hello" });
    let _ = wa_message!(<text> to: "+15550100", body: "Hello");
    let _ = wa_message![<text> to: "+15550100", body: "Hello"];
    let name = "Ada";
    let message = match name {
        "Ada" => wa_message! { <text> to: "+15550100", body: "Hello" },
        _ => tail(),
    };
    assert_eq!(message, tail());
    assert_eq!(made("Hello")?, message);
    let all = [tail(), wa_message! { <text> to: "+15550100", body: name }?, made(name)?];
    assert_eq!(all[1], all[2]);
    let length = wa_message! { <text> to: "+15550100", body: "Hello" }.to_json().len();
    assert!(length > 40);
    let boxed: Box<dyn Fn(&str) -> Result<Message, InvalidMessage>> =
        Box::new(|name| wa_message! { <text> to: "+15550100", body: name });
    assert!(boxed("").is_err());
    assert!(early("")?.contains('-') && early("Hello")?.contains("Hello"));
    for name in ["a", "b"] {
        let nested = wa_message! { <text>
            to: "+15550100",
            body: wa_message! { <text> to: "+15550100", body: name }?.to_json(),
        }?;
        assert!(nested.to_json().contains("body"));
    }
    Ok(())
}
