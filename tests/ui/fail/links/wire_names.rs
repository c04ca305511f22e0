// The members of the document in the short form of a link.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <cta_url>
        to: "+15550100",
        body: "The timetable is out",
        action: { name: "cta_url", parameters: { display_text: "See it", url: "https://example.org" } },
    };
}
