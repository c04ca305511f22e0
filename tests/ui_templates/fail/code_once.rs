// A one-time code goes into the body and into the button.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "login_code",
        language: "en_US",
        body: ["123456"],
    };
}
