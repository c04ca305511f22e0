// A field that may be left out takes an `Option`, and `None` leaves it out.
use wa_message::{
    types::{
        Context, FlowActionPayload, FlowMode, Footer, Header, HeaderImage, Organization, Phone,
        RecipientType,
    },
    wa_message,
};

fn main() {
    let button = |header: Option<Header>, footer: Option<&str>, context: Option<String>| {
        wa_message! { <button>
            to: "+15550100",
            context: context,
            header: header,
            body: "Keep your booking?",
            footer: footer,
            buttons: [{ id: "keep", title: "Keep" }],
        }
        .unwrap()
        .to_json()
    };
    let bare = button(None, None, None);
    assert!(!bare.contains("header") && !bare.contains("footer") && !bare.contains("context"));
    let image = Header::Image { image: HeaderImage::by_id("1013859600285441") };
    let full = button(Some(image), Some("Free of charge"), Some("wamid.HBgL".to_owned()));
    assert!(
        full.contains("1013859600285441")
            && full.contains("Free of charge")
            && full.contains("wamid.HBgL")
    );

    let (preview, data, kind): (Option<bool>, Option<Box<str>>, Option<RecipientType>) =
        (None, None, None);
    let text = wa_message! { <text>
        recipient_type: kind,
        to: "+15550100",
        biz_opaque_callback_data: data,
        body: "Hello",
        preview_url: preview,
    };
    assert_eq!(
        text.unwrap().to_json(),
        wa_message! { <text> to: "+15550100", body: "Hello" }.to_json()
    );
    let (preview, data, kind) = (Some(true), Some('x'), Some(RecipientType::Individual));
    let text = wa_message! { <text>
        recipient_type: kind,
        to: "+15550100",
        biz_opaque_callback_data: data,
        body: "Hello",
        preview_url: preview,
    };
    assert_eq!(
        text.unwrap(),
        wa_message! { <text>
            recipient_type: "individual",
            to: "+15550100",
            biz_opaque_callback_data: "x",
            body: "Hello",
            preview_url: true,
        }
    );

    // The value without `Some`, for the same fields.
    let (context, footer) = (Context::new("wamid.HBgL"), Footer::new("Free of charge"));
    let full = wa_message! { <button>
        to: "+15550100",
        context: context,
        body: "Keep your booking?",
        footer: footer,
        buttons: [{ id: "keep", title: "Keep" }],
    };
    assert!(full.is_ok());

    let (mode, payload): (Option<FlowMode>, Option<FlowActionPayload>) = (None, None);
    let flow = wa_message! { <flow>
        to: "+15550100",
        body: "Choose a time",
        flow_id: "1234567890123456",
        flow_cta: "Book",
        mode: mode,
        flow_action_payload: payload,
    };
    assert!(!flow.unwrap().to_json().contains("payload"));

    let (phones, org, birthday): (Option<Vec<Phone>>, Option<Organization>, Option<&String>) =
        (None, None, None);
    let contacts = wa_message! { <contacts>
        to: "+15550100",
        contacts: [{ name: { formatted_name: "Ada Berg", first_name: "Ada" }, phones, org, birthday }],
    };
    assert!(!contacts.unwrap().to_json().contains("phones"));

    // `null` leaves a field out too.
    let text =
        wa_message! { <text> to: "+15550100", context: null, body: "Hello", preview_url: null };
    assert_eq!(text, wa_message! { <text> to: "+15550100", body: "Hello" });
}
