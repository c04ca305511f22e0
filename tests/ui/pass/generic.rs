// In generic functions, methods and closures.
use std::fmt::Display;
use wa_message::{
    InvalidMessage, Message,
    types::{ListSection, Row},
    value::{IntoField, IntoText},
    wa_message,
};

fn hello<T: IntoText, U: Display + ?Sized>(to: T, name: &U) -> Result<Message, InvalidMessage> {
    wa_message! { <text> to, body: format!("Hello {name}") }
}

fn list<I>(rows: I) -> Result<Message, InvalidMessage>
where
    I: IntoIterator,
    I::Item: IntoField<Row>,
{
    wa_message! { <list> to: "+15550100", body: "Pick a dish", button: "See dishes", sections: [{ rows: [..rows] }] }
}

fn borrowed<'a, const N: usize>(
    names: [&'a str; N],
    to: impl AsRef<str>,
) -> Result<Message, InvalidMessage> {
    wa_message! { <list>
        to: to.as_ref(),
        body: "Pick a dish",
        button: "See dishes",
        sections: [{ rows: [for name in names { id: name, title: name }] }],
    }
}

struct Shop<'s, T> {
    phone: T,
    greeting: &'s str,
}

impl<T: AsRef<str>> Shop<'_, T> {
    const FOOTER: &'static str = "Free of charge";

    fn ask(&self, question: &str) -> Result<Message, InvalidMessage> {
        wa_message! { <button>
            to: self.phone.as_ref(),
            header: self.greeting,
            body: question,
            footer: Self::FOOTER,
            buttons: [{ id: "yes", title: "Yes" }, { id: "no", title: "No" }],
        }
    }
}

/// A type of one's own that is a text.
struct PhoneNumber(u64);

impl IntoText for PhoneNumber {
    fn into_text(self) -> std::borrow::Cow<'static, str> {
        format!("+{}", self.0).into()
    }
}

fn main() {
    assert_eq!(hello(PhoneNumber(15550100), "Ada").unwrap().to(), Some("+15550100"));
    assert_eq!(hello("+15550100", &7).unwrap(), hello(String::from("+15550100"), "7").unwrap());
    assert!(list([Row::new("m1", "Feijoada")]).is_ok());
    assert!(
        list(vec![Row::new("m1", "Feijoada")].into_iter().chain([Row::new("m2", "Moqueca")]))
            .is_ok()
    );
    assert!(borrowed(["Feijoada", "Moqueca"], String::from("+15550100")).is_ok());
    assert!(Shop { phone: "+15550100", greeting: "Hi" }.ask("Sure?").is_ok());
    let count = 2;
    let sections = |title: &str| -> Result<Message, InvalidMessage> {
        wa_message! { <list>
            to: "+15550100",
            body: "Pick a dish",
            button: "See dishes",
            sections: [for n in 0..count { title: format!("{title} {n}"), rows: [{ id: n.to_string(), title: title }] }],
        }
    };
    assert!(sections("Menu").unwrap().to_json().contains("Menu 1"));
    assert!(ListSection::new([Row::new("m1", "Feijoada")]).title.is_none());
}
