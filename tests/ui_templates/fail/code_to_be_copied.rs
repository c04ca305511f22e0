// A one-time code is no offer code.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "login_code",
        language: "en_US",
        body: ["123456"],
        buttons: [{ copy_code: "123456" }],
    };
}
