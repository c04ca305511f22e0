//! Hold a message against a thousand definitions of templates, beside building that message.
#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;

use wa_bench::{ROUNDS, Side, compare, for_the_page, measure, templates::definition};
use wa_message::{Message, Templates, wa_message};

const DEFINITIONS: usize = 1_000;

/// The definitions that this program was compiled with have none of this name, so nothing is checked here.
fn build(name: &str, guest: &str, order: &str) -> Message {
    wa_message! { <template>
        to: "+15550100",
        name,
        language: "en_US",
        header: { image: { link: "https://example.org/ready.png" } },
        body: [guest, order, "eight"],
        buttons: [{ index: "1", url: order }],
    }
    .unwrap()
}

fn main() {
    let all: Vec<_> = (0..DEFINITIONS).map(definition).collect();
    let templates = Templates::from_json(&format!("[{}]", all.join(","))).unwrap();
    assert_eq!(templates.len(), DEFINITIONS);
    let (name, guest, order) = black_box(("order_ready_500", "Ada", "17"));
    let message = build(name, guest, order);
    let text: Message = wa_message! { <text> to: "+15550100", body: "The bread is ready." };
    templates.check(&message).unwrap();
    let none = |is_whole: bool| {
        assert!(black_box(is_whole));
        Vec::new()
    };
    let sides = [
        Side {
            name: "`wa_message!` and `into_json_bytes`",
            run: &|| build(name, guest, order).into_json_bytes(),
        },
        Side { name: "`Templates::check`", run: &|| none(templates.check(&message).is_ok()) },
        Side {
            name: "`Templates::check` of a text",
            run: &|| none(templates.check(&text).is_ok()),
        },
    ];
    if for_the_page() {
        println!("{}", serde_json::to_string(&measure(&sides, ROUNDS)).unwrap());
    } else {
        compare("hold a message against 1,000 definitions", &sides);
    }
}
