// A message of literals stays a `Message` when something in it does not parse: one error for each mistake.
use wa_message::{Message, wa_message};

fn without_braces() -> Message {
    wa_message! { <button> to: "+15550100", body: "Keep?", buttons: [id: "a", title: "A"] }
}

fn in_parentheses() -> Message {
    wa_message! { <button> to: "+15550100", body: "Keep?", buttons: [({ id: "a", title: "A" })] }
}

fn in_some() -> Message {
    wa_message! { <button>
        to: "+15550100",
        header: Some({ image: { id: "1013859600285441" } }),
        body: "Keep?",
        buttons: [{ id: "a", title: "A" }],
    }
}

fn without_quotes() -> Message {
    wa_message! { <text> to: +15550100, body: "Hello" }
}

fn like_html() -> Message {
    wa_message! { <text to="+15550100" body="Hello" /> }
}

fn without_brackets() -> Message {
    wa_message! { <button>
        to: "+15550100",
        body: "Keep?",
        buttons: { id: "a", title: "A" }, { id: "b", title: "B" },
    }
}

fn in_one_pair_of_braces() -> Message {
    wa_message! { "messaging_product": "whatsapp", "to": "+15550100", "text": { "body": "Hello" } }
}

fn documented() -> Message {
    wa_message! {
        /// Greets.
        <text> to: "+15550100",
        body: "Hello"
        /// In one word.
    }
}

fn main() {
    let _ = (without_braces(), in_parentheses(), in_some(), without_quotes(), like_html());
    let _ = (without_brackets(), in_one_pair_of_braces(), documented());
}
