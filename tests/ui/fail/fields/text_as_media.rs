// A text of the program in the place of a file, which is an id or an address.
use wa_message::wa_message;

fn main() {
    let link = "https://example.org/bread.png";
    let _ = wa_message! { <button>
        to: "+15550100",
        header: { image: link },
        body: "Keep the table?",
        buttons: [{ id: "keep", title: "Keep it" }],
    };
}
