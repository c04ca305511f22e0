// A value of which a part is typed, as while writing.
use wa_message::wa_message;

struct Customer {
    phone: &'static str,
}

fn main() {
    let customer = Customer { phone: "+15550100" };
    println!("{}", customer.phone);
    let _ = wa_message! { <button>
        to: customer.,
        body: "",
        buttons: [{ id: "keep", title: "Keep it for two of us" }],
    };
}
