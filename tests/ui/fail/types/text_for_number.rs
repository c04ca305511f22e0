// A text where a number has to stand, while the program runs.
use wa_message::wa_message;

fn main() {
    let latitude = String::from("59.9");
    let _ = wa_message! { <location> to: "+15550100", latitude, longitude: 10.75 };
}
