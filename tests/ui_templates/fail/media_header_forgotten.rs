// The header is an image.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "menu",
        language: "en_US",
    };
}
