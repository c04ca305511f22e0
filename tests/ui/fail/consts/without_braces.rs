// A constant without braces.
use wa_message::wa_message;

const SHOP: &str = "The kitchen";
const TITLES: [&str; 1] = ["Keep it"];

fn main() {
    let _ = wa_message! { <text> to: "+15550100", body: const SHOP };
    let _ = wa_message! { <button>
        to: const "+15550100",
        body: const,
        buttons: [{ id: "keep", title: const TITLES[0] }],
    };
}
