// A file in a template has no caption.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        header: { document: { id: "1013859600285443", caption: "Menu" } },
    };
}
