// A link needs its address and its text.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <cta_url> to: "+15550100", body: "The timetable is out" };
}
