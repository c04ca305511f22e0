//! A trait for each field of the description, by which the compiler names the field when a value is
//! of a wrong type.

/// The trait of what a field takes, with what to say of a value that it does not take.
macro_rules! field_trait {
    ($name:ident, text, $($words:literal),*) => {
        $crate::value::field_trait!(
            @limited [$($words),*] $name, $crate::value::IntoText, $crate::Text,
            self => self.into_text().into()
        );
    };
    ($name:ident, addressee, $($words:literal),*) => {
        $crate::value::field_trait!(
            @limited [$($words),*] $name, $crate::value::IntoAddressee, $crate::Text,
            self => self.into_addressee().into_word()
        );
    };
    ($name:ident, optional_text, $($words:literal),*) => {
        $crate::value::field_trait!(
            @limited [$($words),*] $name, $crate::value::IntoOptionalText,
            Option<$crate::Text>,
            self => self.into_optional_text().map($crate::Text::from)
        );
    };
    ($name:ident, list $items:ty, $($words:literal),*) => {
        $crate::value::field_trait!(
            @limited [$($words),*] $name, $crate::value::IntoItems<$items>,
            $crate::List<$items>,
            self => self.into_items()
        );
    };
    ($name:ident, optional_list $items:ty, $message:literal, $label:literal $(, $note:literal)*) => {
        #[diagnostic::on_unimplemented(message = $message, label = $label $(, note = $note)*)]
        pub trait $name<By> {
            fn fit(self) -> Option<$crate::List<$items>>;
        }

        #[diagnostic::do_not_recommend]
        impl<By, V: $crate::value::IntoOptionalItems<$items, By>> $name<By> for V {
            #[inline]
            fn fit(
                self,
            ) -> Option<$crate::List<$items>> {
                self.into_optional_items()
            }
        }
    };
    ($name:ident, value $kind:ty, $message:literal, $label:literal $(, $note:literal)*) => {
        #[diagnostic::on_unimplemented(message = $message, label = $label $(, note = $note)*)]
        pub trait $name {
            fn fit(self) -> $kind;
        }

        #[diagnostic::do_not_recommend]
        impl<V: $crate::value::IntoField<$kind>> $name for V {
            #[inline]
            fn fit(self) -> $kind {
                self.into_field()
            }
        }
    };
    (@limited [$message:literal, $label:literal $(, $note:literal)*]
        $name:ident, $bound:path, $kind:ty, $self:ident => $value:expr) => {
        #[diagnostic::on_unimplemented(message = $message, label = $label $(, note = $note)*)]
        pub trait $name {
            fn fit(self) -> $kind;
        }

        impl<V: $bound> $name for V {
            #[inline]
            fn fit($self) -> $kind {
                $value
            }
        }
    };
}
// One invocation a field: the compiler shows it where a value is moved by it.
pub(crate) use field_trait;
