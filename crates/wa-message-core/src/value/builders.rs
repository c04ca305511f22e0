//! Constructors and setters of the types, of which the generator writes a few lines each, and what may stand
//! for a type.

/// A struct: its constructors, each with the values that it gives to the members, and the setters.
macro_rules! builder {
    ($type:ident { $($member:ident: $kind:ty),* }
        $($doc:literal $function:ident($($parameter:ident: $takes:ty),*) [$($value:expr),*];)*
        | $($about:literal $with:ident $set:ident: $set_kind:ty;)*) => {
        impl $type {
            $(
                #[doc = $doc]
                #[must_use]
                pub fn $function($($parameter: impl $crate::value::IntoField<$takes>),*) -> Self {
                    Self::__new($($value),*)
                }
            )*

            $(
                #[doc = $about]
                #[must_use]
                pub fn $with(mut self, $set: impl $crate::value::IntoField<$set_kind>) -> Self {
                    self.$set = Some($set.into_field());
                    self
                }
            )*

            /// Takes all members at once, for code that the macro writes.
            #[doc(hidden)]
            #[must_use]
            pub const fn __new($($member: $kind),*) -> Self {
                Self { $($member),* }
            }
        }
    };
}

/// What becomes a union.
macro_rules! becomes {
    ($type:ident: $($from:ty, $inner:ident => $value:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl $crate::value::IntoField<$type> for $from {
            fn into_field(self) -> $type {
                let $inner = self;
                $value
            }
        }
    )*};
}

/// An object that a bare text stands for.
macro_rules! natural_text {
    ($type:ident, $text:ident => $value:expr) => {
        #[diagnostic::do_not_recommend]
        impl<S: $crate::value::IntoText> $crate::value::IntoField<$type> for S {
            fn into_field(self) -> $type {
                let $text = self;
                $value
            }
        }

        #[diagnostic::do_not_recommend]
        impl<S: $crate::value::IntoText> $crate::value::IntoField<Option<$type>> for S {
            fn into_field(self) -> Option<$type> {
                Some($crate::value::IntoField::<$type>::into_field(self))
            }
        }

        #[diagnostic::do_not_recommend]
        impl<S: $crate::value::IntoText> $crate::value::IntoField<Option<$type>> for Option<S> {
            fn into_field(self) -> Option<$type> {
                self.map($crate::value::IntoField::<$type>::into_field)
            }
        }
    };
}

/// Types that a field takes as they are.
macro_rules! whole {
    ($($type:ident)*) => {$( impl $crate::value::Whole for $type {} )*};
}

pub(crate) use {becomes, builder, natural_text, whole};
