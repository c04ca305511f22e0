// Texts that are made of literals alone are checked like literals.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "".to_owned(),
        footer: &"We hold it for fifteen minutes, and then it goes to the next in line",
        buttons: [
            { id: format!("keep"), title: format!("Keep it for {{two}} of us") },
            { id: "cancel", title: concat!("Cancel it for ", 2, " of us") },
            { id: "more", title: "Show me everything there is".to_string() },
        ],
    };
}
