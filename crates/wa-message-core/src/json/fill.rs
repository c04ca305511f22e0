//! How the types take their values out of a text: a line for each, from which a macro makes the code.
//!
//! Places are references to references, because a table of methods has to know how a value is dropped, and
//! there is nothing to know of those.

/// A bit for each member that has to be there.
pub(crate) const fn bits(required: &[bool]) -> u64 {
    let (mut bits, mut at) = (0, 0);
    while at < required.len() {
        if required[at] {
            bits |= 1 << at;
        }
        at += 1;
    }
    bits
}

/// Reads members by a method of a node into these places. Constants are always there.
macro_rules! members {
    ($node:expr, $method:ident, { $($json:literal $required:ident $place:expr),* }
        [$($name:literal $constant:ident($value:literal)),*]) => {
        $node.$method(
            &[$($json,)* $($name),*],
            &mut [
                $(&mut &mut $place,)*
                $(&mut $crate::json::Constant::$constant($value)),*
            ],
            const { $crate::json::fill::bits(&[$($required,)* $({ _ = $name; true }),*]) },
        )
    };
}
pub(crate) use members;

/// A struct.
macro_rules! structure {
    ($type:ident { $($rust:ident $json:literal $required:ident),* } $constants:tt) => {
        impl $crate::json::Blank for $type {
            fn blank() -> Self {
                Self { $($rust: $crate::json::Blank::blank(),)* }
            }
        }

        impl $crate::json::Fill for $type {
            #[inline(never)]
            fn fill(&mut self, node: &$crate::json::Node<'_>) -> bool {
                $crate::json::fill::members!(
                    node, members, { $($json $required self.$rust),* } $constants
                )
            }
        }
    };
}
pub(crate) use structure;

/// A struct with a union in it.
macro_rules! composed {
    ($type:ident { $($rust:ident $json:literal $required:ident),* }
        [$($name:literal $constant:ident($value:literal)),*]) => {
        impl $crate::json::Blank for $type {
            fn blank() -> Self {
                Self {
                    $($rust: $crate::json::Blank::blank(),)*
                    content: $crate::json::Blank::blank(),
                }
            }
        }

        impl $crate::json::Fill for $type {
            #[inline(never)]
            fn fill(&mut self, node: &$crate::json::Node<'_>) -> bool {
                $crate::json::fill::members!(
                    node, some_members, { $($json $required self.$rust),* }
                    [$($name $constant($value)),*]
                ) && $crate::json::Fill::fill(
                    &mut self.content,
                    &node.beside(&[$($json,)* $($name),*]),
                )
            }
        }
    };
}
pub(crate) use composed;

/// A union, by the value of its tag. One arm may be meant where there is no tag.
macro_rules! union {
    ($type:ident $tag:literal $first:literal $is_default:ident $variant:ident $inner:tt $([$($constants:tt)*])?;
        $($others:tt)*) => {
        impl $crate::json::Blank for $type {
            fn blank() -> Self {
                $crate::json::arm!(@blank $variant $inner)
            }
        }

        impl $crate::json::Fill for $type {
            #[inline(never)]
            fn fill(&mut self, node: &$crate::json::Node<'_>) -> bool {
                let Ok(found) = node.tag($tag) else { return false };
                let node = node.beside(&[$tag]);
                $crate::json::arm!(
                    self node found:
                    $first $is_default $variant $inner $([$($constants)*])?; $($others)*
                );
                false
            }
        }
    };
}
pub(crate) use union;

/// The arms of a union, which return where they are chosen.
macro_rules! arm {
    (@blank $variant:ident ()) => { Self::$variant($crate::json::Blank::blank()) };
    (@blank $variant:ident { $($rust:ident $json:literal $required:ident),* }) => {
        Self::$variant { $($rust: $crate::json::Blank::blank(),)* }
    };
    ($self:ident $node:ident $found:ident:) => {};
    ($self:ident $node:ident $found:ident: $value:literal $is_default:ident $variant:ident ();
        $($others:tt)*) => {
        if $found == Some($value) || $is_default && $found.is_none() {
            $crate::json::set($self, $crate::json::arm!(@blank $variant ()));
            #[allow(irrefutable_let_patterns)]
            return if let Self::$variant(arm) = $self {
                $crate::json::Fill::fill(arm, &$node)
            } else {
                false
            };
        }
        $crate::json::arm!($self $node $found: $($others)*);
    };
    ($self:ident $node:ident $found:ident: $value:literal $is_default:ident $variant:ident
        { $($rust:ident $json:literal $required:ident),* } [$($constants:tt)*]; $($others:tt)*) => {
        if $found == Some($value) || $is_default && $found.is_none() {
            $crate::json::set(
                $self,
                $crate::json::arm!(@blank $variant { $($rust $json $required),* }),
            );
            #[allow(irrefutable_let_patterns)]
            return if let Self::$variant { $($rust),* } = $self {
                $crate::json::fill::members!(
                    $node, members, { $($json $required *$rust),* } [$($constants)*]
                )
            } else {
                false
            };
        }
        $crate::json::arm!($self $node $found: $($others)*);
    };
}
pub(crate) use arm;
