// The template was rejected.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "old_menu",
        language: "en_US",
    };
}
