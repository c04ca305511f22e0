// A number where a text has to stand.
use wa_message::wa_message;

fn main() {
    let table: i32 = 12;
    let _ = wa_message! { <text> to: "+15550100", body: table };
}
