// The wire form fills nothing in.
use wa_message::wa_message;

fn main() {
    let _ = wa_message!({ "to": "+15550100", "type": "text", "text": { "body": "Hello" } });
}
