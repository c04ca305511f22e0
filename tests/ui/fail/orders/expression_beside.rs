// A sum of which a part is known only while the program runs is not judged; what else is wrong is.
use wa_message::wa_message;

fn main() {
    let tax = 7;
    let _ = wa_message! { <order_details>
        to: "+5511955551234",
        body: "Your order",
        reference_id: "A-17",
        type: "digital-goods",
        payment_type: "br",
        currency: "BRL",
        total_amount: 99,
        order: { items: [{ name: "", amount: 100, quantity: 1 }], subtotal: 100, tax: tax },
    };
}
