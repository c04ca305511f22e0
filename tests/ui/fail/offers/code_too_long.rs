// A code has at most 15 characters, and no other form.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        body: ["Ada", "SAVE25"],
        limited_time_offer: { expiration_time_ms: 4102444800000 },
        buttons: [{ copy_code: "SAVE25-THIS-SPRING" }, { url: "offers/spring" }],
    };
}
