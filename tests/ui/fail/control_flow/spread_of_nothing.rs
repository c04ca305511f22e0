// A spread of nothing, and what is wrong before it.
use wa_message::wa_message;

fn main() {
    let _ =
        wa_message! { <button> to: "", body: "Which one?", buttons: [{ id: "a", title: "A" }, ..] };
}
