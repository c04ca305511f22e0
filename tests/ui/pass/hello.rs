use wa_message::wa_message;
fn main() { let _ = wa_message! { <text> to: "1", body: "x" }; }
