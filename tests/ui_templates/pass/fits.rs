// Each template as its definition asks for it.
use wa_message::{InvalidMessage, Message, wa_message};

fn json(message: &Message) -> String {
    message.to_json().to_string()
}

// A function for each that can be sent. One was rejected, and is not in the way of the others.
wa_message::templates! { mod all; }

// In every place of an item.
const READY: Message = wa_message! { <template>
    to: "+15550100", name: "order_ready", language: "en_US", body: ["Ada", "17"]
};
static GERMAN: Message = wa_message! { <template>
    to: "+15550100", name: "order_ready", language: "de", body: ["Ada", "17"]
};

fn main() -> Result<(), InvalidMessage> {
    let (to, name, language) = ("+15550100", "order_ready", String::from("de"));
    wa_message! { <template> to, name: "order_ready", language, body: ["Ada", "17"] }?;
    // Nothing is known of a name that the program decides about.
    wa_message! { <template> to, name, language: "fr", body: ["Ada"] }?;
    let _ = (&READY, &GERMAN);

    wa_message! { <template> to, name: "order_waiting", language: "en_US",
        header: { order_id: "17" }, body: { hour: "eight", first_name: name } }?;
    let _ = wa_message! { <template> to: "+15550100", name: "tasting", language: "en",
        body: { first_name: "Ada", bread: "rye" } };
    let values = ["Ada", "17"];
    wa_message! { <template> to, name: "order_ready", language: "en_US", body: [..values] }?;

    // The values of buttons find theirs by their kind, behind the silent one.
    let tracked = wa_message! { <template> to: "+15550100", name: "track_order", language: "en_US",
        body: ["17"], buttons: [{ quick_reply: "door" }, { url: "17" }] };
    assert!(json(&tracked).contains(r#""sub_type":"quick_reply","index":"2""#), "{tracked:?}");
    assert!(json(&tracked).contains(r#""sub_type":"url","index":"1""#), "{tracked:?}");
    let end = format!("{}", 17);
    let tracked = wa_message! { <template> to, name: "track_order", language: "en_US",
        body: ["17"], buttons: [{ url: end }] }?;
    assert!(json(&tracked).contains(r#""sub_type":"url","index":"1""#), "{tracked:?}");
    let written = wa_message! { <template> to: "+15550100", name: "track_order", language: "en_US",
        body: ["17"], buttons: [{ url: "17", index: "1" }] };
    assert!(json(&written).contains(r#""index":"1""#));

    let _ = wa_message! { <template> to: "+15550100", name: "menu", language: "en_US",
        header: { image: { link: "https://example.org/menu.png" } } };
    let _ = wa_message! { <template> to: "+15550100", name: "login_code", language: "en_US",
        body: ["123456"], buttons: [{ url: "123456" }] };
    let _ = wa_message! { <template> to: "+15550100", name: "summer_sale", language: "en_US",
        header: { video: { link: "https://example.org/rolls.mp4" } }, body: ["Ada"],
        limited_time_offer: { expiration_time_ms: 1893456000000 },
        buttons: [{ url: "ada" }, { copy_code: "BREAD20" }] };
    let breads = wa_message! { <template> to: "+15550100", name: "breads", language: "en_US",
        body: ["Ada"],
        carousel: [
            { header: { image: { link: "https://example.org/rye.png" } }, body: ["today"],
              buttons: [{ url: "rye" }] },
            { header: { image: { link: "https://example.org/spelt.png" } },
              buttons: [{ url: "spelt" }] },
        ] };
    assert_eq!(json(&breads).matches(r#""sub_type":"url","index":"1""#).count(), 2, "{breads:?}");
    // Variables with names are fields, of any type that is a text, and in any order.
    let waiting = all::order_waiting::EnUs {
        hour: 'x',
        first_name: String::from("Ada"),
        order_id: "17",
    };
    let written = all::order_waiting::en_us("+15550100", waiting.clone())?;
    assert!(json(&written).contains(r#""parameter_name":"first_name","text":"Ada""#), "{written:?}");
    // A flow has its button also with nothing to say.
    let bare = all::rate_us::en_us("+15550100", None)?;
    assert!(json(&bare).contains(r#"{"type":"button","sub_type":"flow","index":"0"}"#), "{}", json(&bare));
    // In the place of a statement.
    #[allow(unused_must_use)]
    {
        wa_message! { <template> to: "+15550100", name: "order_ready", language: "en_US", body: ["Ada", "17"] };
    }
    Ok(())
}
