// The subtotal is what the items come to.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <order_details>
        to: "+5511955551234",
        body: "Your order",
        reference_id: "A-17",
        type: "digital-goods",
        payment_type: "br",
        currency: "BRL",
        total_amount: 300,
        order: { items: [
            { name: "Day pass", amount: 100, quantity: 2 },
            { name: "Towel", amount: 150, quantity: 1 },
        ], subtotal: 300, tax: 0 },
    };
}
