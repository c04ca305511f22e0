//! Numbers, and what a bare number stands for.

use super::IntoField;

macro_rules! numbers {
    ($target:ty: $($kind:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl IntoField<$target> for $kind {
            fn into_field(self) -> $target {
                <$target>::from(self)
            }
        }

        #[diagnostic::do_not_recommend]
        impl IntoField<$target> for &$kind {
            fn into_field(self) -> $target {
                <$target>::from(*self)
            }
        }

        #[diagnostic::do_not_recommend]
        impl IntoField<Option<$target>> for $kind {
            fn into_field(self) -> Option<$target> {
                Some(<$target>::from(self))
            }
        }

        #[diagnostic::do_not_recommend]
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
        #[diagnostic::do_not_recommend]
        impl IntoField<$target> for $kind {
            fn into_field(self) -> $target {
                let $number = i64::from(self);
                $value
            }
        }

        #[diagnostic::do_not_recommend]
        impl IntoField<Option<$target>> for $kind {
            fn into_field(self) -> Option<$target> {
                Some(IntoField::<$target>::into_field(self))
            }
        }

        #[diagnostic::do_not_recommend]
        impl IntoField<Option<$target>> for Option<$kind> {
            fn into_field(self) -> Option<$target> {
                self.map(IntoField::<$target>::into_field)
            }
        }
    )*};
}
pub(crate) use natural_number;
