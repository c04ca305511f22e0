//! Values that an array takes.

use super::IntoField;
use crate::List;

/// What an array of `T` takes: an array of them, or an iterator over what can stand for one.
pub trait IntoItems<T: 'static> {
    /// The array.
    fn into_items(self) -> List<T>;
}

#[diagnostic::do_not_recommend]
impl<I, T: 'static> IntoItems<T> for I
where
    I: IntoIterator,
    I::Item: IntoField<T>,
{
    fn into_items(self) -> List<T> {
        self.into_iter().map(IntoField::into_field).collect()
    }
}

#[diagnostic::do_not_recommend]
impl<V: IntoItems<T>, T: 'static> IntoField<List<T>> for V {
    fn into_field(self) -> List<T> {
        self.into_items()
    }
}

/// What an array of `T` takes that may be left out.
///
/// An `Option` is an iterator too. `By` says as which of the two it is taken, and only one of them
/// fits a value.
pub trait IntoOptionalItems<T: 'static, By> {
    /// The array, if there is one.
    fn into_optional_items(self) -> Option<List<T>>;
}

/// By its items.
#[derive(Debug)]
pub enum ByItems {}

/// By what is in the `Option`.
#[derive(Debug)]
pub enum ByOption {}

#[diagnostic::do_not_recommend]
impl<V: IntoItems<T>, T: 'static> IntoOptionalItems<T, ByItems> for V {
    fn into_optional_items(self) -> Option<List<T>> {
        Some(self.into_items())
    }
}

#[diagnostic::do_not_recommend]
impl<V: IntoItems<T>, T: 'static> IntoOptionalItems<T, ByOption> for Option<V> {
    fn into_optional_items(self) -> Option<List<T>> {
        self.map(IntoItems::into_items)
    }
}
