// A rating asks for something.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <form_message> to: "+15550100", layout: [] };
}
