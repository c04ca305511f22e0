// A number that the program knows is written as a text, and the error names what is written.
use wa_message::wa_message;

fn main() {
    let n = 3;
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        header: n,
        body: [n],
        buttons: [{ url: n }, { quick_reply: n }],
    };
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        body: { tables: n },
    };
}
