// While the program runs, an enumeration takes its type.
use wa_message::wa_message;

fn main() {
    let mode = "draft";
    let _ = wa_message! { <flow>
        to: "+15550100",
        body: "Choose a time",
        flow_id: "1234567890123456",
        flow_cta: "Book",
        mode: mode,
    };
}
