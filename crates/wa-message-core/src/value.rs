//! Values that [`wa_message!`](https://docs.rs/wa-message/latest/wa_message/macro.wa_message.html) and the builders take.

mod addressee;
mod arms;
mod builders;
mod fields;
mod items;
mod json;
mod numbers;

use std::{borrow::Cow, rc::Rc, sync::Arc};

use crate::Text;

pub(crate) use addressee::readdress;
pub use addressee::{Addressee, IntoAddressee};
pub(crate) use arms::arms;
pub(crate) use builders::{becomes, builder, natural_text, whole};
pub(crate) use fields::field_trait;
#[doc(hidden)]
pub use items::{ByItems, ByOption, IntoItems, IntoOptionalItems};
#[doc(hidden)]
pub use json::{ByReference, ByText, ByValue, IntoJson};
pub(crate) use numbers::natural_number;

/// Something that is a text: `&str`, `String`, `Cow<str>`, `Box<str>`, `Arc<str>`, `Rc<str>`, `char`,
/// [`Text`], and references to them.
///
/// Implement it for a type of your own that stands for a text. If the type is `Clone`, a reference
/// to it is one too.
///
/// ```
/// use std::borrow::Cow;
/// use wa_message::value::IntoText;
///
/// struct PhoneNumber(String);
///
/// impl IntoText for PhoneNumber {
///     fn into_text(self) -> Cow<'static, str> {
///         self.0.into_text()
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "a text is expected here, and this is `{Self}`",
    label = "expected a text",
    note = "a value with `Display` becomes a text by `.to_string()`, one with `AsRef<str>` by `.as_ref()`",
    note = "a type of your own is a text when it implements `wa_message::value::IntoText`"
)]
pub trait IntoText {
    /// The text, without a copy where the value owns it.
    fn into_text(self) -> Cow<'static, str>;
}

#[diagnostic::do_not_recommend]
impl IntoText for &str {
    fn into_text(self) -> Cow<'static, str> {
        Cow::Owned(self.to_owned())
    }
}

#[diagnostic::do_not_recommend]
impl IntoText for &mut str {
    fn into_text(self) -> Cow<'static, str> {
        Cow::Owned(self.to_owned())
    }
}

#[diagnostic::do_not_recommend]
impl IntoText for String {
    fn into_text(self) -> Cow<'static, str> {
        Cow::Owned(self)
    }
}

#[diagnostic::do_not_recommend]
impl IntoText for Cow<'_, str> {
    fn into_text(self) -> Cow<'static, str> {
        Cow::Owned(self.into_owned())
    }
}

#[diagnostic::do_not_recommend]
impl IntoText for Box<str> {
    fn into_text(self) -> Cow<'static, str> {
        Cow::Owned(self.into_string())
    }
}

#[diagnostic::do_not_recommend]
impl IntoText for Rc<str> {
    fn into_text(self) -> Cow<'static, str> {
        Cow::Owned(String::from(&*self))
    }
}

#[diagnostic::do_not_recommend]
impl IntoText for Arc<str> {
    fn into_text(self) -> Cow<'static, str> {
        Cow::Owned(String::from(&*self))
    }
}

#[diagnostic::do_not_recommend]
impl IntoText for char {
    fn into_text(self) -> Cow<'static, str> {
        Cow::Owned(self.to_string())
    }
}

#[diagnostic::do_not_recommend]
impl IntoText for Text {
    fn into_text(self) -> Cow<'static, str> {
        self.into_cow()
    }
}

#[diagnostic::do_not_recommend]
impl<T: IntoText + Clone> IntoText for &T {
    fn into_text(self) -> Cow<'static, str> {
        self.clone().into_text()
    }
}

#[diagnostic::do_not_recommend]
impl<T: IntoText + Clone> IntoText for &mut T {
    fn into_text(self) -> Cow<'static, str> {
        self.clone().into_text()
    }
}

/// Something that can stand as the value of a field of the type `T`.
///
/// A field of text takes any [`IntoText`], a number also smaller numbers, an object the generated
/// type or a reference to it, an array an iterator over what its items take. An optional field also
/// takes an `Option`, and `None` leaves it out.
#[diagnostic::on_unimplemented(
    message = "`{T}` is expected here, and this is `{Self}`",
    label = "expected `{T}`",
    note = "a text is `&str`, `String`, `Cow<str>` and the like; other values become one by `.to_string()`",
    note = "an object is the type of that name in `wa_message::types`, an array an iterator of what it holds"
)]
pub trait IntoField<T> {
    /// The value of the field.
    fn into_field(self) -> T;
}

/// What is the value of a field as it is, and is no text and no array.
#[doc(hidden)]
pub trait Whole {}

impl Whole for bool {}
impl Whole for i64 {}
impl Whole for f64 {}
impl Whole for serde_json::Map<String, serde_json::Value> {}

#[diagnostic::do_not_recommend]
impl<T: Whole> IntoField<T> for T {
    fn into_field(self) -> T {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T: Whole + Clone> IntoField<T> for &T {
    fn into_field(self) -> T {
        self.clone()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Whole> IntoField<Option<T>> for T {
    fn into_field(self) -> Option<T> {
        Some(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Whole + Clone> IntoField<Option<T>> for &T {
    fn into_field(self) -> Option<T> {
        Some(self.clone())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Whole> IntoField<Option<T>> for Option<T> {
    fn into_field(self) -> Option<T> {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T: Whole + Clone> IntoField<Option<T>> for Option<&T> {
    fn into_field(self) -> Option<T> {
        self.cloned()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Whole + Clone> IntoField<Option<T>> for &Option<T> {
    fn into_field(self) -> Option<T> {
        self.clone()
    }
}

#[diagnostic::do_not_recommend]
impl<S: IntoText> IntoField<Text> for S {
    fn into_field(self) -> Text {
        self.into_text().into()
    }
}

/// What an optional field of text takes.
#[doc(hidden)]
pub trait IntoOptionalText {
    fn into_optional_text(self) -> Option<Cow<'static, str>>;
}

#[diagnostic::do_not_recommend]
impl<S: IntoText> IntoOptionalText for S {
    fn into_optional_text(self) -> Option<Cow<'static, str>> {
        Some(self.into_text())
    }
}

#[diagnostic::do_not_recommend]
impl<S: IntoText> IntoOptionalText for Option<S> {
    fn into_optional_text(self) -> Option<Cow<'static, str>> {
        self.map(IntoText::into_text)
    }
}

#[diagnostic::do_not_recommend]
impl<S: IntoText + Clone> IntoOptionalText for &Option<S> {
    fn into_optional_text(self) -> Option<Cow<'static, str>> {
        self.clone().map(IntoText::into_text)
    }
}
