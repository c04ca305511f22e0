// Values by reference, and in whatever text they are.
use std::{borrow::Cow, rc::Rc, sync::Arc};

use wa_message::{
    InvalidMessage, Message, Text,
    types::{Header, HeaderImage, Reply, ReplyButton, Row},
    value::IntoText,
    wa_message,
};

#[derive(Clone)]
struct Phone(String);

impl IntoText for Phone {
    fn into_text(self) -> Cow<'static, str> {
        self.0.into_text()
    }
}

fn texts() -> Result<(), InvalidMessage> {
    let (to, mut body, data) = ('1', String::from("Hello"), Some(String::from("order 17")));
    wa_message! { <text> to: &to, body: &mut body, biz_opaque_callback_data: &data }?;
    let (boxed, shared, counted) = (Box::<str>::from("+15550100"), Arc::<str>::from("b"), Rc::<str>::from("c"));
    wa_message! { <text> to: &boxed, body: &shared, biz_opaque_callback_data: &counted }?;
    wa_message! { <text> to: boxed, body: shared, biz_opaque_callback_data: counted }?;
    let (cow, phone) = (Cow::Borrowed("d"), Phone("+15550100".to_owned()));
    wa_message! { <text> to: &phone, body: &cow, biz_opaque_callback_data: Some(&cow) }?;
    wa_message! { <text> to: phone, body: cow, biz_opaque_callback_data: Some('x') }?;
    // A text that was checked before fits into a field with other limits.
    let title = Text::from("A title");
    wa_message! { <text> to: "+15550100", body: &title, biz_opaque_callback_data: Some(&title) }?;
    wa_message! { <text> to: "+15550100", body: title }?;
    Ok(())
}

fn numbers(latitude: &f32, longitude: &f64, preview: &bool) -> Result<(), InvalidMessage> {
    wa_message! { <location> to: "+15550100", latitude, longitude }?;
    wa_message! { <location> to: "+15550100", latitude: 59_i8, longitude: &10_u16 }?;
    wa_message! { <text> to: "+15550100", body: "Hello", preview_url: preview }?;
    wa_message! { <text> to: "+15550100", body: "Hello", preview_url: Some(preview) }?;
    Ok(())
}

fn objects(header: &Header, button: &ReplyButton, rows: &[Row]) -> Result<Message, InvalidMessage> {
    wa_message! { <list>
        to: "+15550100",
        body: "Pick a dish",
        button: "See dishes",
        sections: [{ title: "All", rows }, { title: "More", rows: [..rows.iter().take(1), &rows[1]] }],
    }
    .unwrap_err(); // One id stands twice.
    wa_message! { <button>
        to: "+15550100",
        header,
        body: "Keep your booking?",
        buttons: [button, { id: "cancel", title: "Cancel" }],
    }
}

fn json(name: &String, more: &Vec<u32>, shared: Arc<str>) -> Result<Message, InvalidMessage> {
    wa_message! { <flow>
        to: "+15550100",
        body: "Choose a time",
        flow_id: "1234567890123456",
        flow_cta: "Book",
        flow_action_payload: {
            screen: "WELCOME",
            data: { name, shared, letter: 'x', more, list: [..more], each: [for n in more { n }], none: None::<u32> },
        },
    }
}

fn main() {
    texts().unwrap();
    numbers(&59.5, &10.75, &true).unwrap();
    let header = Header::Image { image: HeaderImage::by_link("https://example.org/table.png") };
    let rows = [Row::new("1", "One"), Row::new("2", "Two")];
    objects(&header, &ReplyButton::new(Reply::new("keep", "Keep")), &rows).unwrap();
    let flow = json(&"Ada".to_owned(), &vec![1, 2], "dish".into()).unwrap();
    assert!(flow.to_json().contains(r#""list":[1,2]"#), "{}", flow.to_json());
}
