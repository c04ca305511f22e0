// An item is shown by its picture or by the catalog.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <order_details>
        to: "+5511955551234",
        body: "Your order",
        reference_id: "A-17",
        type: "digital-goods",
        payment_type: "br",
        currency: "BRL",
        total_amount: 100,
        order: { items: [{ name: "Day pass", retailer_id: "pass", image: { link: "https://example.org/pass.png" }, amount: 100, quantity: 1 }], subtotal: 100, tax: 0 },
    };
}
