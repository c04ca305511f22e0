// Names under which fields are looked for: the error names the field.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button> to: "+15550100", text: "Keep it?", buttons: [{ id: "keep", title: "Keep" }] };
    let _ = wa_message! { <cta_url> to: "+15550100", body: "The menu", text: "Open", url: "https://example.com" };
    let _ = wa_message! { <image> to: "+15550100", url: "https://example.com/menu.png" };
    let _ = wa_message! { <location> phone: "+15550100", lat: 52.5, lng: 13.4 };
}
