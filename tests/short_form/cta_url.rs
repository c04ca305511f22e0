//! Buttons that open a link.

use wa_message::{Message, types, wa_message};

use crate::{
    Outcome,
    documents::{first, same_as_example},
};

#[test]
fn link() -> Outcome {
    let message: Message = wa_message! { <cta_url>
        to: "+16505551234",
        recipient_type: "individual",
        header: { image: { link: "https://example.org/harbour.png" } },
        body: "The summer timetable of the harbour ferry is out.",
        footer: "Times are local",
        display_text: "See the timetable",
        url: "https://example.org/timetable?line=4",
    };
    same_as_example(&message, example!("cta_url"));
    let (link, line) = ("https://example.org/harbour.png", 4);
    let message = wa_message! { <cta_url>
        to: "+16505551234",
        recipient_type: types::RecipientType::Individual,
        header: { image: { link } },
        body: "The summer timetable of the harbour ferry is out.",
        footer: "Times are local",
        display_text: "See the timetable",
        url: format!("https://example.org/timetable?line={line}"),
    }?;
    same_as_example(&message, example!("cta_url"));
    let bad = wa_message! { <cta_url> to: "1", body: "b", display_text: "Open", url: format!("example.org/{line}") };
    assert_eq!(
        first(bad),
        (
            "interactive.action.parameters.url".to_owned(),
            "`url` must start with `http://` or `https://`".to_owned()
        )
    );
    Ok(())
}
