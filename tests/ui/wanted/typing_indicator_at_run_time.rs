// A text for a typing indicator while the program runs. It compiles, and whatever the text is, the
// indicator is that of a text: it prints `Ok`.
//
// Should print `Err` when it runs, or be refused as a literal is:
//     error: `type` is always `text`, and this is an expression
use wa_message::wa_message;

fn main() {
    let typing = String::from("audio");
    let receipt = wa_message! { <read> message_id: "wamid.HBgL", typing_indicator: typing };
    println!("{}", if receipt.is_ok() { "Ok" } else { "Err" });
}
