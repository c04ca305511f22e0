// Somebody has to get it. A name with a slip in it is reported once.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text> body: "Hello" };
    let _ = wa_message! { <text> tos: "+15550100", body: "Hello" };
    let _ = wa_message! { <text> recipent: "US.13491208655302741918", body: "Hello" };
}
