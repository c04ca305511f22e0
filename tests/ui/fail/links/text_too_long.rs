// The text of the link, and its address.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <cta_url>
        to: "+15550100",
        body: "The timetable is out",
        display_text: "See the whole timetable",
        url: "example.org/timetable",
    };
}
