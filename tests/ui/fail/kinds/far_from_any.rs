// A kind that resembles none is answered with all of them.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <poll> to: "+15550100", body: "Pasta or fish?" };
}
