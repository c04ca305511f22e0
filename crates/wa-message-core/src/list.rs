//! The array of a member.

use std::{fmt, iter::Cloned, ops::Deref, slice, vec};

use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

/// The array of a member.
///
/// It holds any number of items: how many there may be depends on the member, and is checked with the whole
/// message, when that becomes a [`Message`](crate::Message). Items that are known when the program is
/// compiled are not copied.
///
/// ```
/// use wa_message::{List, types::Row};
///
/// let rows: List<Row> = ["Feijoada", "Moqueca"].map(|dish| Row::new(dish, dish)).into();
/// assert_eq!(rows.len(), 2);
/// let titles: Vec<String> = rows.into_iter().map(|row| row.title.into_string()).collect();
/// assert_eq!(titles, ["Feijoada", "Moqueca"]);
/// ```
#[derive(Clone)]
pub struct List<T: 'static>(Items<T>);

#[derive(Clone)]
enum Items<T: 'static> {
    Fixed(&'static [T]),
    Owned(Vec<T>),
}

impl<T> List<T> {
    /// Returns an array that is known when the program is compiled.
    #[must_use]
    pub const fn from_static(items: &'static [T]) -> Self {
        Self(Items::Fixed(items))
    }

    /// Returns an array of these items.
    #[must_use]
    pub const fn from_vec(items: Vec<T>) -> Self {
        Self(Items::Owned(items))
    }

    /// Returns the items.
    #[must_use]
    pub const fn as_slice(&self) -> &[T] {
        match &self.0 {
            Items::Fixed(items) => items,
            Items::Owned(items) => items.as_slice(),
        }
    }

    /// Returns the items as a `Vec`.
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

impl<T> Default for List<T> {
    fn default() -> Self {
        Self::from_static(&[])
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self(Items::Owned(items))
    }
}

impl<T, const N: usize> From<[T; N]> for List<T> {
    fn from(items: [T; N]) -> Self {
        Self(Items::Owned(items.into()))
    }
}

impl<T: Clone> From<List<T>> for Vec<T> {
    fn from(items: List<T>) -> Self {
        items.into_vec()
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(Items::Owned(items.into_iter().collect()))
    }
}

impl<T: Clone> Extend<T> for List<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        let mut all = std::mem::take(self).into_vec();
        all.extend(items);
        *self = all.into();
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T> AsRef<[T]> for List<T> {
    fn as_ref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<'l, T> IntoIterator for &'l List<T> {
    type Item = &'l T;
    type IntoIter = slice::Iter<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.as_slice().iter()
    }
}

impl<T: Clone> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = ListIntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        ListIntoIter(match self.0 {
            Items::Fixed(items) => Left::Fixed(items.iter().cloned()),
            Items::Owned(items) => Left::Owned(items.into_iter()),
        })
    }
}

/// The items of a [`List`], one after the other.
#[derive(Debug, Clone)]
pub struct ListIntoIter<T: 'static>(Left<T>);

#[derive(Debug, Clone)]
enum Left<T: 'static> {
    Fixed(Cloned<slice::Iter<'static, T>>),
    Owned(vec::IntoIter<T>),
}

impl<T: Clone> Iterator for ListIntoIter<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        match &mut self.0 {
            Left::Fixed(items) => items.next(),
            Left::Owned(items) => items.next(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.0 {
            Left::Fixed(items) => items.size_hint(),
            Left::Owned(items) => items.size_hint(),
        }
    }
}

impl<T: Clone> DoubleEndedIterator for ListIntoIter<T> {
    fn next_back(&mut self) -> Option<T> {
        match &mut self.0 {
            Left::Fixed(items) => items.next_back(),
            Left::Owned(items) => items.next_back(),
        }
    }
}

impl<T: Clone> ExactSizeIterator for ListIntoIter<T> {}

impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.as_slice()).finish()
    }
}

impl<T: PartialEq> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_slice().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::from)
    }
}
