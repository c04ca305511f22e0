//! What an array takes.

use super::IntoField;
use crate::List;

/// What an array of `T` takes: an array of them, or an iterator over what can stand for one.
pub trait IntoItems<T: 'static> {
    /// The array.
    fn into_items<const MIN: usize, const MAX: usize>(self) -> List<T, MIN, MAX>;
}

#[diagnostic::do_not_recommend]
impl<I, T: 'static> IntoItems<T> for I
where
    I: IntoIterator,
    I::Item: IntoField<T>,
{
    fn into_items<const MIN: usize, const MAX: usize>(self) -> List<T, MIN, MAX> {
        self.into_iter().map(IntoField::into_field).collect()
    }
}

#[diagnostic::do_not_recommend]
impl<T: 'static, const FROM: usize, const TO: usize> IntoItems<T> for List<T, FROM, TO> {
    fn into_items<const MIN: usize, const MAX: usize>(self) -> List<T, MIN, MAX> {
        self.with_other_limits()
    }
}

#[diagnostic::do_not_recommend]
impl<V: IntoItems<T>, T: 'static, const MIN: usize, const MAX: usize> IntoField<List<T, MIN, MAX>>
    for V
{
    fn into_field(self) -> List<T, MIN, MAX> {
        self.into_items()
    }
}

/// What an array of `T` takes that may be left out.
///
/// An `Option` is an iterator too. `By` says as which of the two it is taken, and only one of them
/// fits a value.
pub trait IntoOptionalItems<T: 'static, By> {
    /// The array, if there is one.
    fn into_optional_items<const MIN: usize, const MAX: usize>(self) -> Option<List<T, MIN, MAX>>;
}

/// By its items.
#[derive(Debug)]
pub enum ByItems {}

/// By what is in the `Option`.
#[derive(Debug)]
pub enum ByOption {}

#[diagnostic::do_not_recommend]
impl<V: IntoItems<T>, T: 'static> IntoOptionalItems<T, ByItems> for V {
    fn into_optional_items<const MIN: usize, const MAX: usize>(self) -> Option<List<T, MIN, MAX>> {
        Some(self.into_items())
    }
}

#[diagnostic::do_not_recommend]
impl<V: IntoItems<T>, T: 'static> IntoOptionalItems<T, ByOption> for Option<V> {
    fn into_optional_items<const MIN: usize, const MAX: usize>(self) -> Option<List<T, MIN, MAX>> {
        self.map(IntoItems::into_items)
    }
}
