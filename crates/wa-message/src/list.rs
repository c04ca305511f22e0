//! Arrays with limits.

use std::{fmt, ops::Deref};

use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

/// An array of `MIN` to `MAX` items.
///
/// The number is checked with the whole message, when that becomes a [`Message`](crate::Message).
/// Items that are known when the program is compiled are not copied.
#[derive(Clone)]
pub struct List<T: 'static, const MIN: usize = 0, const MAX: usize = { usize::MAX }>(Items<T>);

#[derive(Clone)]
enum Items<T: 'static> {
    Fixed(&'static [T]),
    Owned(Vec<T>),
}

impl<T, const MIN: usize, const MAX: usize> List<T, MIN, MAX> {
    /// An array that is known when the program is compiled.
    #[must_use]
    pub const fn from_static(items: &'static [T]) -> Self {
        Self(Items::Fixed(items))
    }

    /// An array of these items.
    #[must_use]
    pub const fn from_vec(items: Vec<T>) -> Self {
        Self(Items::Owned(items))
    }

    /// The same items where the limits are others.
    pub(crate) fn with_other_limits<const OTHER_MIN: usize, const OTHER_MAX: usize>(
        self,
    ) -> List<T, OTHER_MIN, OTHER_MAX> {
        List(self.0)
    }

    /// The items.
    #[must_use]
    pub const fn as_slice(&self) -> &[T] {
        match &self.0 {
            Items::Fixed(items) => items,
            Items::Owned(items) => items.as_slice(),
        }
    }

    /// The items as a `Vec`.
    #[must_use]
    pub fn into_vec(self) -> Vec<T>
    where
        T: Clone,
    {
        match self.0 {
            Items::Fixed(items) => items.to_vec(),
            Items::Owned(items) => items,
        }
    }
}

impl<T, const MIN: usize, const MAX: usize> From<Vec<T>> for List<T, MIN, MAX> {
    fn from(items: Vec<T>) -> Self {
        Self(Items::Owned(items))
    }
}

impl<T, const MIN: usize, const MAX: usize> FromIterator<T> for List<T, MIN, MAX> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(Items::Owned(items.into_iter().collect()))
    }
}

impl<T, const MIN: usize, const MAX: usize> Deref for List<T, MIN, MAX> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<'l, T, const MIN: usize, const MAX: usize> IntoIterator for &'l List<T, MIN, MAX> {
    type Item = &'l T;
    type IntoIter = std::slice::Iter<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.as_slice().iter()
    }
}

impl<T: fmt::Debug, const MIN: usize, const MAX: usize> fmt::Debug for List<T, MIN, MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.as_slice()).finish()
    }
}

impl<T: PartialEq, const MIN: usize, const MAX: usize> PartialEq for List<T, MIN, MAX> {
    fn eq(&self, other: &Self) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl<T: Serialize, const MIN: usize, const MAX: usize> Serialize for List<T, MIN, MAX> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_slice().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>, const MIN: usize, const MAX: usize> Deserialize<'de>
    for List<T, MIN, MAX>
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::from)
    }
}
