// The code to be copied is forgotten. That the address has another index for it is no second mistake.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "summer_sale",
        language: "en_US",
        header: { video: { link: "https://example.org/sale.mp4" } },
        limited_time_offer: { expiration_time_ms: 1_893_456_000_000 },
        body: ["Ada"],
        buttons: [{ url: "bread" }],
    };
}
