// Something that cannot be looped over.
use wa_message::wa_message;

fn main() {
    let count = 3;
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "When?",
        buttons: [for n in count { id: n.to_string(), title: n.to_string() }],
    };
}
