// The header of an offer is a picture or a film.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        header: { document: { id: "17" } },
        body: ["Ada", "SAVE25"],
        limited_time_offer: { expiration_time_ms: 4102444800000 },
        buttons: [{ url: "offers/spring" }],
    };
}
