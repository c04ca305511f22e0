// Braces make an object, also around a single expression.
use wa_message::wa_message;

fn main() {
    let name = " Ada ";
    let _ = wa_message! { <text> to: "+15550100", body: { name.trim() } };
    let _ = wa_message! { <text> to: "+15550100", body: { format!("Hello, {name}") } };
    let _ = wa_message! { <text> to: "+15550100", body: { name } };
    let _ = wa_message! { <text> to: "+15550100", body: { Ok::<_, ()>(name).unwrap_or("") } };
}
