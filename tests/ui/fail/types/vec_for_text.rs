// Several texts where one has to stand.
use wa_message::wa_message;

fn main() {
    let lines = vec![String::from("Hello"), String::from("Ada")];
    let _ = wa_message! { <text> to: "+15550100", body: lines };
}
