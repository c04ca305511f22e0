// A field that is given twice, bare or quoted.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text> to: "+15550100", body: "Hello", "body": "Good morning" };
}
