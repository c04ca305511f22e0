// Each invocation says what is wrong with it.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text> to: "+15550100", body: "" };
    let _ = wa_message! { <image> to: "+15550100" };
    let _ = wa_message! { <txt> };
}
