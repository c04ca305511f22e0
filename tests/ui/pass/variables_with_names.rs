// Variables may have the names of members further inside that say nothing alone.

use wa_message::{Message, wa_message};

fn main() {
    let (order, code) = (17, String::from("1234"));
    let message = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        header: { name: "Ada" },
        body: { code, id: "17", link: "menu", buttons: order.to_string(), carousel: "x" },
    };
    assert!(message.unwrap().to_json().contains(r#""parameter_name":"code""#));
    let named: Message = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        header: { parameter_name: "link", text: "Ada" },
        body: [{ parameter_name: "text", text: "Ada" }, { parameter_name: "parameters", text: "17" }],
    };
    assert!(named.to_json().contains(r#""parameter_name":"link""#));
}
