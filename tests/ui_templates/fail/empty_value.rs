// What a rule says of a value is not said a second time.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "login_code",
        language: "en_US",
        body: ["123456"],
        buttons: [{ url: "" }],
    };
}
