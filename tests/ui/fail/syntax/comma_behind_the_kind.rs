// A comma behind the kind.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text>, to: "+15550100", body: "" };
}
