// A text over several lines of code is measured as the text that it is.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep it \
            for two of us." }, { id: "raw", title: r#"Keep "my" booking now"# }],
    };
}
