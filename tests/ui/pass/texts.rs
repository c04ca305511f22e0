// Everything that is a text.
use std::{borrow::Cow, rc::Rc, sync::Arc};
use wa_message::{Text, wa_message};

fn main() {
    let owned = String::from("Hello");
    let slice: &str = &owned;
    let (cow, copied): (Cow<'_, str>, Cow<'static, str>) =
        (Cow::Borrowed(slice), Cow::Owned(owned.clone()));
    let (boxed, counted, shared): (Box<str>, Rc<str>, Arc<str>) =
        ("Hello".into(), "Hello".into(), "Hello".into());
    let checked = Text::from("Hello");
    let fixed = wa_message! { <text> to: "1", body: "Hello" };
    macro_rules! same {
        ($($value:expr),* $(,)?) => {
            $(assert_eq!(wa_message! { <text> to: '1', body: $value }.unwrap(), fixed);)*
        };
    }
    same!(
        slice,
        &slice,
        &owned,
        &&owned,
        owned.as_str(),
        &cow,
        cow,
        copied,
        &boxed,
        &*boxed,
        boxed,
        &counted,
        counted,
        &shared,
        shared.clone(),
        shared,
        checked.as_str(),
        checked,
        owned.clone() + "",
        format!("{owned}"),
        &format!("{owned}"),
        if slice.is_empty() { "Nothing" } else { "Hello" },
        match slice {
            "" => String::new(),
            other => other.to_owned(),
        },
        (|| slice)(),
        unwrap(Some("Hello")),
        slice.chars().rev().collect::<String>().chars().rev().collect::<String>(),
    );
    same!(owned);
}

fn unwrap<T>(value: Option<T>) -> T {
    value.unwrap()
}
