//! The lines of the generated checks: for each type, its members and what each of them has to keep.
//!
//! They are macros because `const` functions can call no trait. Each line becomes plain code that leaves the
//! function as soon as something does not hold.

/// A type whose members keep their limits each by itself.
macro_rules! limits {
    ($type:ident { $($member:ident $need:ident [$($test:tt)*]),* }) => {
        impl $type {
            /// Whether all limits and rules hold, but for those of free members.
            #[inline(never)]
            pub(crate) const fn holds(&self) -> bool {
                $($crate::holds::member!(&self.$member, $need [$($test)*]);)*
                true
            }
        }
    };
}

/// A member, by a reference to it.
macro_rules! member {
    ($place:expr, required [$($test:ident $limits:tt)*]) => {
        let value = $place;
        $($crate::holds::test!(value, $test $limits);)*
    };
    ($place:expr, optional [$($test:ident $limits:tt)*]) => {
        if let Some(value) = $place {
            $($crate::holds::test!(value, $test $limits);)*
        }
    };
}

/// Something that a value has to keep.
macro_rules! test {
    ($value:ident, object()) => {
        if !$value.holds() {
            return false;
        }
    };
    ($value:ident, text($min:literal)) => {
        $crate::holds::test!($value, text($min, usize::MAX));
    };
    ($value:ident, text($min:literal, $max:expr)) => {
        if !wa_message_rules::text::fits($value.as_str(), $min, $max) {
            return false;
        }
    };
    ($value:ident, pattern($pattern:ident)) => {
        if !wa_message_spec::tables::patterns::$pattern.matches($value.as_str()) {
            return false;
        }
    };
    ($value:ident, format($format:ident)) => {
        if !wa_message_rules::format::Format::$format.holds($value.as_str()) {
            return false;
        }
    };
    ($value:ident, finite()) => {
        if !$value.is_finite() {
            return false;
        }
    };
    ($value:ident, least($min:expr)) => {
        if *$value < $min {
            return false;
        }
    };
    ($value:ident, most($max:expr)) => {
        if *$value > $max {
            return false;
        }
    };
    ($value:ident, list([$($min:literal)?] [$($max:literal)?] [] $($limit:tt)*)) => {
        let items = $value.as_slice();
        $(if items.len() < $min { return false; })?
        $(if items.len() > $max { return false; })?
        $($crate::holds::at_most!(items, $limit);)*
    };
    ($value:ident, list([$($min:literal)?] [$($max:literal)?] [$($test:ident $limits:tt)*] $($limit:tt)*)) => {
        let items = $value.as_slice();
        $(if items.len() < $min { return false; })?
        $(if items.len() > $max { return false; })?
        let mut at = 0;
        while at < items.len() {
            let item = &items[at];
            $($crate::holds::test!(item, $test $limits);)*
            at += 1;
        }
        $($crate::holds::at_most!(items, $limit);)*
    };
}

/// At most so many items are of one arm.
macro_rules! at_most {
    ($items:ident, ($max:literal $type:ident $arm:ident)) => {
        let (mut at, mut count) = (0, 0);
        while at < $items.len() {
            if matches!($items[at], $type::$arm { .. }) {
                count += 1;
            }
            at += 1;
        }
        if count > $max {
            return false;
        }
    };
}

pub(crate) use {at_most, limits, member, test};
