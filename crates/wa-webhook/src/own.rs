//! Values that no longer borrow from the body.

use std::borrow::Cow;

use crate::{
    item::Item,
    raw::{JsonText, Raw},
};

/// A value that can be made independent of the body that it was read from.
pub(crate) trait Own {
    type Owned;
    fn own(self) -> Self::Owned;
}

impl Own for Cow<'_, str> {
    type Owned = Cow<'static, str>;
    fn own(self) -> Cow<'static, str> {
        Cow::Owned(self.into_owned())
    }
}

impl Own for Raw<'_> {
    type Owned = Raw<'static>;
    fn own(self) -> Self::Owned {
        self.into_owned()
    }
}

impl Own for JsonText<'_> {
    type Owned = JsonText<'static>;
    fn own(self) -> Self::Owned {
        self.into_owned()
    }
}

macro_rules! owned_already {
    ($($type:ty)*) => {$(
        impl Own for $type {
            type Owned = Self;
            fn own(self) -> Self {
                self
            }
        }
    )*};
}

owned_already! { i64 f64 bool }

impl<T: Own> Own for Option<T> {
    type Owned = Option<T::Owned>;
    fn own(self) -> Self::Owned {
        self.map(T::own)
    }
}

impl<T: Own> Own for Box<T> {
    type Owned = Box<T::Owned>;
    fn own(self) -> Self::Owned {
        Box::new((*self).own())
    }
}

impl<T: Own> Own for Vec<T> {
    type Owned = Vec<T::Owned>;
    fn own(self) -> Self::Owned {
        self.into_iter().map(T::own).collect()
    }
}

impl<T: Own> Own for Item<'_, T> {
    type Owned = Item<'static, T::Owned>;
    fn own(self) -> Self::Owned {
        match self {
            Self::Known(known) => Item::Known(known.own()),
            Self::Unknown { name, raw } => Item::Unknown { name: name.own(), raw: raw.own() },
            Self::Invalid { name, why, raw } => {
                Item::Invalid { name: name.own(), why, raw: raw.own() }
            }
        }
    }
}
