// The code is longer than codes may be.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "login_code",
        language: "en_US",
        body: ["1234567890123456"],
        buttons: [{ url: "1234567890123456" }],
    };
}
