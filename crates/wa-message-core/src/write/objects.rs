//! The lines of the generated writer: for each type, the pieces that it is written in.
//!
//! A piece is text that always stands there, members that follow each other, or what writes members of its own.
//! Members come in brackets, each behind its name, with the text before it as a part of the name.

/// Writes a piece of a struct, or of an arm whose members are variables.
macro_rules! piece {
    ($out:ident, [$($name:literal $member:ident),*]) => {
        $crate::write::members($out, &[$($name),*], &[$(&$member),*]);
    };
    ($out:ident, $inner:ident) => { $inner.write_members($out); };
    ($out:ident, $text:literal) => { $out.extend_from_slice($text); };
    // A table of methods need not know how references are dropped.
    ($out:ident, $this:ident, [$($name:literal $member:ident),*]) => {
        $crate::write::members($out, &[$($name),*], &[$(&&$this.$member),*]);
    };
    ($out:ident, $this:ident, $inner:ident) => { $this.$inner.write_members($out); };
    ($out:ident, $this:ident, $text:literal) => { $out.extend_from_slice($text); };
}

/// A struct that is an object. The brace that begins it is a part of its pieces.
macro_rules! object {
    ($type:ident { $($piece:tt),* }) => {
        impl $crate::write::Write for $type {
            #[inline(never)]
            fn write(&self, out: &mut Vec<u8>) {
                $($crate::write::objects::piece!(out, self, $piece);)*
                $crate::write::close(out);
            }
        }
    };
}

/// A struct that is an arm. The tag stands before its members, so that the union writes the braces.
macro_rules! arm {
    ($type:ident { $($piece:tt),* }) => {
        impl $crate::write::Members for $type {
            #[inline(never)]
            fn write_members(&self, out: &mut Vec<u8>) {
                $($crate::write::objects::piece!(out, self, $piece);)*
            }
        }
    };
}

/// A union that is an object.
macro_rules! union {
    ($type:ident { $($arm:ident $bound:tt $pieces:tt),* }) => {
        impl $crate::write::Write for $type {
            #[inline(never)]
            fn write(&self, out: &mut Vec<u8>) {
                out.push(b'{');
                match self {
                    $($type::$arm $bound => $crate::write::objects::pieces!(out, $pieces),)*
                }
                $crate::write::close(out);
            }
        }
    };
}

/// A union beside which there are members, or that is an arm. The object around it writes the braces.
macro_rules! content {
    ($type:ident { $($arm:ident $bound:tt $pieces:tt),* }) => {
        impl $crate::write::Members for $type {
            #[inline(never)]
            fn write_members(&self, out: &mut Vec<u8>) {
                match self {
                    $($type::$arm $bound => $crate::write::objects::pieces!(out, $pieces),)*
                }
            }
        }
    };
}

/// Writes the pieces of an arm.
macro_rules! pieces {
    ($out:ident, { $($piece:tt),* }) => {{ $($crate::write::objects::piece!($out, $piece);)* }};
}

pub(crate) use {arm, content, object, piece, pieces, union};
