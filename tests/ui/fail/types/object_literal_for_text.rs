// An object where a text has to stand, an array where an object has to.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: { number: "+15550100" },
        body: ["Keep your booking?"],
        buttons: "Keep",
    };
}
