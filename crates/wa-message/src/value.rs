//! What may stand as a value in [`wa_message!`](crate::wa_message) and in a builder.

use std::{borrow::Cow, rc::Rc, sync::Arc};

use crate::{List, Text};

/// Something that is a text: `&str`, `String`, `Cow<str>`, `Box<str>`, `Arc<str>`, `Rc<str>`, `char`
/// and references to them.
///
/// Implement it for a type of your own that stands for a text.
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
    message = "this value is no text",
    label = "expected a text: `&str`, `String`, `Cow<str>` ..",
    note = "a value with `Display` becomes a text by `.to_string()`, one with `AsRef<str>` by `.as_ref()`"
)]
pub trait IntoText {
    /// The text, without a copy where the value owns it.
    fn into_text(self) -> Cow<'static, str>;
}

impl IntoText for &str {
    fn into_text(self) -> Cow<'static, str> {
        Cow::Owned(self.to_owned())
    }
}

impl IntoText for String {
    fn into_text(self) -> Cow<'static, str> {
        Cow::Owned(self)
    }
}

impl IntoText for Cow<'_, str> {
    fn into_text(self) -> Cow<'static, str> {
        Cow::Owned(self.into_owned())
    }
}

impl IntoText for Box<str> {
    fn into_text(self) -> Cow<'static, str> {
        Cow::Owned(self.into_string())
    }
}

impl IntoText for char {
    fn into_text(self) -> Cow<'static, str> {
        Cow::Owned(self.to_string())
    }
}

macro_rules! borrowed_texts {
    ($($kind:ty),*) => {$(
        impl IntoText for $kind {
            fn into_text(self) -> Cow<'static, str> {
                let text: &str = &self;
                Cow::Owned(text.to_owned())
            }
        }
    )*};
}

borrowed_texts!(
    &String,
    &&str,
    &&String,
    &Cow<'_, str>,
    &Box<str>,
    Rc<str>,
    &Rc<str>,
    Arc<str>,
    &Arc<str>
);

/// Something that can stand as the value of a field of the type `T`.
///
/// A field of text takes any [`IntoText`], a number also smaller numbers, an object the generated
/// type, an array an iterator over what its items take. An optional field also takes an `Option`,
/// and `None` leaves it out.
#[diagnostic::on_unimplemented(
    message = "this value does not fit the field",
    label = "this is `{Self}`, and the field takes `{T}`",
    note = "a field of text takes `&str`, `String`, `Cow<str>` and the like; other values become a text by `.to_string()`",
    note = "an object takes the type of that name in `wa_message::types`, an array an iterator of them",
    note = "an optional field also takes an `Option`"
)]
pub trait IntoField<T> {
    /// The value of the field.
    fn into_field(self) -> T;
}

impl<T> IntoField<T> for T {
    fn into_field(self) -> T {
        self
    }
}

impl<T> IntoField<Option<T>> for T {
    fn into_field(self) -> Option<T> {
        Some(self)
    }
}

impl<S: IntoText, const MIN: usize, const MAX: usize> IntoField<Text<MIN, MAX>> for S {
    fn into_field(self) -> Text<MIN, MAX> {
        Text::unchecked(self.into_text())
    }
}

impl<S: IntoText, const MIN: usize, const MAX: usize> IntoField<Option<Text<MIN, MAX>>> for S {
    fn into_field(self) -> Option<Text<MIN, MAX>> {
        Some(Text::unchecked(self.into_text()))
    }
}

impl<S: IntoText, const MIN: usize, const MAX: usize> IntoField<Option<Text<MIN, MAX>>>
    for Option<S>
{
    fn into_field(self) -> Option<Text<MIN, MAX>> {
        self.map(|text| Text::unchecked(text.into_text()))
    }
}

macro_rules! numbers {
    ($target:ty: $($kind:ty),*) => {$(
        impl IntoField<$target> for $kind {
            fn into_field(self) -> $target {
                <$target>::from(self)
            }
        }

        impl IntoField<Option<$target>> for $kind {
            fn into_field(self) -> Option<$target> {
                Some(<$target>::from(self))
            }
        }

        impl IntoField<Option<$target>> for Option<$kind> {
            fn into_field(self) -> Option<$target> {
                self.map(<$target>::from)
            }
        }
    )*};
}

numbers!(i64: i8, i16, i32, u8, u16, u32);
numbers!(f64: f32, i8, i16, i32, u8, u16, u32);

/// An object that a bare whole number stands for.
macro_rules! natural_number {
    ($target:ty, $number:ident => $value:expr) => {
        $crate::value::natural_number!(@ $target, $number => $value; i8 i16 i32 i64 u8 u16 u32);
    };
    (@ $target:ty, $number:ident => $value:expr; $($kind:ident)*) => {$(
        impl IntoField<$target> for $kind {
            fn into_field(self) -> $target {
                let $number = i64::from(self);
                $value
            }
        }

        impl IntoField<Option<$target>> for $kind {
            fn into_field(self) -> Option<$target> {
                Some(IntoField::<$target>::into_field(self))
            }
        }

        impl IntoField<Option<$target>> for Option<$kind> {
            fn into_field(self) -> Option<$target> {
                self.map(IntoField::<$target>::into_field)
            }
        }
    )*};
}
pub(crate) use natural_number;

impl<I, T: 'static, const MIN: usize, const MAX: usize> IntoField<List<T, MIN, MAX>> for I
where
    I: IntoIterator,
    I::Item: IntoField<T>,
{
    fn into_field(self) -> List<T, MIN, MAX> {
        self.into_iter().map(IntoField::into_field).collect()
    }
}

macro_rules! optional_lists {
    ($($kind:ty $(, $size:ident)?;)*) => {$(
        impl<X, T: 'static, const MIN: usize, const MAX: usize $(, const $size: usize)?>
            IntoField<Option<List<T, MIN, MAX>>> for $kind
        where
            X: IntoField<T>,
        {
            fn into_field(self) -> Option<List<T, MIN, MAX>> {
                Some(self.into_field())
            }
        }
    )*};
}

optional_lists! {
    Vec<X>;
    [X; N], N;
}

impl<X, T: 'static, const MIN: usize, const MAX: usize> IntoField<Option<List<T, MIN, MAX>>>
    for Option<Vec<X>>
where
    X: IntoField<T>,
{
    fn into_field(self) -> Option<List<T, MIN, MAX>> {
        self.map(IntoField::into_field)
    }
}
