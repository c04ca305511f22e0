// Names of which a field has more: the error says the whole name, and not which other kinds have the part.
use wa_message::wa_message;

fn main() {
    let link = "https://example.org/menu.pdf";
    let _ = wa_message! { <document> to: "+15550100", link, name: "menu.pdf" };
    let _ = wa_message! { <text> to: "+15550100", body: "Hello", data: "order-17" };
    let _ = wa_message! { <product> to: "+15550100", catalog_id: "1", id: "sku-1" };
}
