// Links start with a scheme that the API follows.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <image> to: "+15550100", link: "ftp://example.org/oven.png" };
    let _ = wa_message! { <button>
        to: "+15550100",
        header: { image: { link: "example.org/oven.png" } },
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }],
    };
}
