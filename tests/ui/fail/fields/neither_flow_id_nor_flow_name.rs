// A Flow is named by its id or by its name.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <flow> to: "+15550100", body: "Choose a time", flow_cta: "Book" };
}
