// Each branch of a value is checked where it is a literal, however deep it lies.
use wa_message::wa_message;

fn main() {
    let (first, count, name) = (true, 2, String::from("Ada"));
    let _ = wa_message! { <button>
        to: "+15550100",
        body: if first { "" } else { "Keep your booking?" },
        footer: match count {
            0 => "We hold it for fifteen minutes, and then it goes to the next in line",
            1 if first => (""),
            _ => name.as_str(),
        },
        buttons: [
            { id: "keep", title: if first { "Keep it" } else if count > 1 { "Keep it for all of you" } else { "Keep" } },
            { id: "more", title: ({ let _later = count; if first { "More" } else { "Show me everything there is" } }) },
        ],
    };
}
