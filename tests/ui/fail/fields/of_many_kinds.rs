// A field that many kinds have: not all of them are listed.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <image> to: "+15550100", id: "1013859600285441", body: "The oven" };
}
