// A message of contacts holds at least one.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <contacts> to: "+15550100", contacts: [] };
}
