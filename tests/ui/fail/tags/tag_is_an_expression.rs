// What an object is has to be known while compiling.
use wa_message::wa_message;

fn main() {
    let kind = "image";
    println!("{kind}");
    let _ = wa_message! { <button>
        to: "+15550100",
        header: { type: kind, text: "Tonight" },
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }],
    };
}
