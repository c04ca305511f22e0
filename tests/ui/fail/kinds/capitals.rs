// Kinds are written in lowercase.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <Text> to: "+15550100", body: "Hello" };
}
