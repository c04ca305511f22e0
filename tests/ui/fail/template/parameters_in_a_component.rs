// The array of a component stands in its place.
use wa_message::wa_message;

fn main() {
    let names = ["Ada"];
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        header: { type: "header", parameters: ["Ada", "Berg"] },
        body: { parameters: ["Ada"] },
    };
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        body: { parameters: names },
        carousel: { cards: names },
    };
}
