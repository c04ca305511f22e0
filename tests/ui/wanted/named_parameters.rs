// Parameters of a template by their names. It is refused: "`parameters` must be an array".
//
// Should compile, to `"parameter_name": "first_name"` beside the text.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        body: { first_name: "Ada" },
    };
}
