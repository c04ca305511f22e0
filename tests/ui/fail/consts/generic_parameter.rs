// A `const` block is a constant of its own, which knows no generic parameters of the function around it.
use wa_message::wa_message;

trait Shop {
    const NAME: &'static str;
}

fn greet<S: Shop>() {
    let _ = wa_message! { <text> to: "+15550100", body: const { S::NAME } };
}

fn main() {}
