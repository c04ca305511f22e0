// The kind of goods, with the nearest one.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <order_details>
        to: "+5511955551234",
        body: "Your order",
        reference_id: "A-17",
        type: "digital_goods",
        payment_type: "br",
        currency: "BRL",
        total_amount: 100,
        order: { items: [{ name: "Day pass", amount: 100, quantity: 1 }], subtotal: 100, tax: 0 },
    };
}
