// An offer with an end, and its code.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "summer_sale",
        language: "en_US",
        header: { video: { link: "https://example.org/rolls.mp4" } },
        body: ["Ada"],
        buttons: [{ url: "ada" }],
    };
}
