// The envelope has limits too.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text>
        to: "+15550100",
        context: "wamid.0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789",
        body: "Hello",
    };
}
