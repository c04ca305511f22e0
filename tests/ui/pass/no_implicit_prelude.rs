// Names of the prelude and of primitive types that mean something else.
#![no_implicit_prelude]
#![allow(dead_code, non_camel_case_types)]

use ::wa_message::wa_message;

struct bool;
struct f64;
struct i64;
struct usize;

fn main() {
    let to = "+15550100";
    let _ = wa_message! { <text> to, body: "Hello", preview_url: 1 < 2 };
    let _ = wa_message! { <location> to, latitude: 1.5_f32, longitude: 10.75 };
    let _ = wa_message! { <list>
        to,
        body: "Pick a dish",
        button: "See dishes",
        sections: [{ rows: [for n in [1, 2] { id: ::std::format!("{n}"), title: "A dish" }] }],
    };
    let _ = wa_message! { <flow>
        to,
        body: "Choose a time",
        flow_id: "1234567890123456",
        flow_cta: "Book",
        flow_action_payload: { screen: "WELCOME", data: { hours: [1, 2] } },
    };
}
