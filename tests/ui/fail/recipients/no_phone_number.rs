// What is no phone number. The API refuses these, or loses the message.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text> to: "Ada", body: "Hello" };
    let _ = wa_message! { <text> to: "15550100@s.whatsapp.net", body: "Hello" };
    let _ = wa_message! { <text> to: "0015550100", body: "Hello" };
    let _ = wa_message! { <text> to: " - ", body: "Hello" };
    let _ = wa_message! { <text>
        recipient_type: "individual",
        to: "US.13491208655302741918",
        body: "Hello",
    };
}
