//! Constructors of the arms of unions.

/// Writes a function for each arm: of what is required, and of what is given beside it.
macro_rules! arms {
    ($($name:ident { $(
        $doc:literal $function:ident $variant:ident
        ($($given:ident: $given_kind:ty),*) ($($required:ident: $kind:ty),*) [$($absent:ident),*];
    )* })*) => {$(
        impl $name {$(
            #[doc = $doc]
            #[must_use]
            pub fn $function(
                $($given: impl $crate::value::IntoField<$given_kind>,)*
                $($required: impl $crate::value::IntoField<$kind>,)*
            ) -> Self {
                Self::$variant {
                    $($given: Some($crate::value::IntoField::into_field($given)),)*
                    $($required: $crate::value::IntoField::into_field($required),)*
                    $($absent: None,)*
                }
            }
        )*}
    )*};
}
pub(crate) use arms;
