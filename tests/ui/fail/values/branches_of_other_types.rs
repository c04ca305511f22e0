// Branches that are enum values, numbers out of their range, texts of a wrong form, or no text at all.
use wa_message::wa_message;

fn main() {
    let inside = true;
    let _ = wa_message! { <flow>
        to: "+15550100",
        body: "Choose a time",
        flow_id: "1234567890123456",
        flow_cta: if inside { "Book" } else { "Book 🍞" },
        mode: if inside { "draught" } else { "published" },
    };
    let _ = wa_message! { <location>
        to: "+15550100",
        latitude: if inside { 59.9 } else { -90.5 },
        longitude: match inside { true => 10.75, false => return },
    };
    let _ = wa_message! { <image>
        to: if inside { 15550100 } else { 15550101 },
        link: if inside { "https://example.org/in.png" } else { "example.org/out.png" },
        caption: if inside { Some("") } else { None },
    };
}
