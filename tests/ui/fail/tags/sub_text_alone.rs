// The second line of a header needs a first one.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <form_message> to: "+15550100", header: { sub_text: "One to five" }, layout: ["visit-42"] };
}
