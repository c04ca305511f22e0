// A template body of one text, as its header is written. What is printed names a field that the user did
// not write: "`parameters` must be an array, and this is a text".
//
// Should compile, or print at the text:
//     error: `body` must be an array, and this is a text
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        body: "Ada",
    };
}
