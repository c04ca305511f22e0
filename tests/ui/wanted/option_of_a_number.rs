// An optional field of text takes an `Option` of a text. What is printed quotes the macro in the crate
// that implements numbers.
//
// Should print, at the value, and no list of types that other fields take:
//     error[E0277]: this value does not fit the field
use wa_message::wa_message;

fn main() {
    let footer: Option<u32> = Some(7);
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep your booking?",
        footer: footer,
        buttons: [{ id: "keep", title: "Keep" }],
    };
}
