// A name that is the beginning of a field. What is printed has no suggestion, and reports the field as
// missing besides.
//
// Should print, at `amount`, once:
//     error: a currency has no field `amount`
//            = help: did you mean `amount_1000`?
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        body: [{ currency: { fallback_value: "$12.50", code: "USD", amount: 12500 } }],
    };
}
