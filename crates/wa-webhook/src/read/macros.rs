//! Macros that make code of the lines that the generator writes: a type, and how it is read, owned and written.

/// A type that borrows from nothing.
macro_rules! owned {
    ($type:ident) => { $type };
    ($type:ident $a:lifetime) => { $type<'static> };
}
pub(crate) use owned;

/// Whether a member has to have its form.
macro_rules! essential {
    ($required:ident) => {
        $required
    };
    ($required:ident essential) => {
        true
    };
}
pub(crate) use essential;

/// A struct: its members, their other names, and the union beside them.
macro_rules! structure {
    ($(#[$doc:meta])* $type:ident $(<$a:lifetime>)? {
        $($(#[$member_doc:meta])* $member:ident: $value:ty = $json:literal $required:ident $form:ident $($essential:ident)?,)*
    }
    $([$($alias:literal $place:literal)*])?
    $(content $(#[$content_doc:meta])* $content:ty)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Default)]
        #[non_exhaustive]
        pub struct $type $(<$a>)? {
            $($(#[$member_doc])* pub $member: $value,)*
            $($(#[$content_doc])* pub content: $content,)?
        }

        impl<'a> $crate::read::Take<'a> for $type $(<$a>)? {
            fn take(&mut self, node: $crate::json::Node<'_, 'a>) -> Result<(), $crate::read::Misfit> {
                static NAMES: $crate::read::Names = $crate::read::Names {
                    all: $crate::json::Known::new(&[$($crate::json::Name::new($json)),*]),
                    required: $crate::read::bits(&[$($required),*]),
                    essential: $crate::read::bits(&[$($crate::read::essential!($required $($essential)?)),*]),
                    aliases: &[$($(($crate::json::Name::new($alias), $place)),*)?],
                };
                $crate::read::members(node, &NAMES, &mut [$(&mut self.$member),*])?;
                $(<$content as $crate::read::Take<'a>>::take(&mut self.content, node)?;)?
                Ok(())
            }
        }

        impl<'a> $crate::item::Whole<'a> for $type $(<$a>)? {
            fn read(item: &mut $crate::Item<'a, Self>, node: $crate::json::Node<'_, 'a>) {
                $crate::item::read_object(item, node);
            }
        }

        impl $(<$a>)? $crate::own::Own for $type $(<$a>)? {
            type Owned = $crate::read::owned!($type $($a)?);
            fn own(self) -> Self::Owned {
                $type {
                    $($member: $crate::own::Own::own(self.$member),)*
                    $(content: <$content as $crate::own::Own>::own(self.content),)?
                }
            }
        }

        impl $(<$a>)? $crate::write::Put for $type $(<$a>)? {
            fn put(&self, out: &mut $crate::write::Out, _: $crate::write::Form) {
                $(if let Some(whole) = <$content as $crate::write::Put>::whole(&self.content) {
                    out.json.push_str(whole);
                    return;
                })?
                out.json.push('{');
                self.put_members(out);
                out.json.push('}');
            }

            fn put_members(&self, out: &mut $crate::write::Out) {
                out.members(&[$(($json, $required, $crate::write::Form::$form, &self.$member)),*]);
                $(<$content as $crate::write::Put>::put_members(&self.content, out);)?
            }

            fn odd(&self, tell: &mut dyn FnMut($crate::write::Odd<'_>)) {
                $($crate::write::Put::odd(&self.$member, tell);)*
                $(<$content as $crate::write::Put>::odd(&self.content, tell);)?
                _ = tell;
            }
        }

        $($crate::read::structure_owned! { $type $a })?
    };
}
pub(crate) use structure;

macro_rules! structure_owned {
    ($type:ident $a:lifetime) => {
        impl $type<'_> {
            /// Copies what it borrows, so that it can outlive the body.
            #[must_use]
            pub fn into_owned(self) -> $type<'static> {
                $crate::own::Own::own(self)
            }
        }
    };
}
pub(crate) use structure_owned;

/// A struct whose arrays are read later. Nobody sees it.
macro_rules! head {
    ($type:ident {
        $($member:ident: $value:ty = $json:literal $required:ident $($essential:ident)?,)*
    }) => {
        #[derive(Debug, Default)]
        pub(crate) struct $type<'a> {
            $(pub(crate) $member: $value,)*
            /// The names that are known, if there are others.
            pub(crate) others: Option<&'static $crate::read::Names>,
            pub(crate) none: ::std::marker::PhantomData<&'a ()>,
        }

        impl<'a> $crate::read::Take<'a> for $type<'a> {
            fn take(&mut self, node: $crate::json::Node<'_, 'a>) -> Result<(), $crate::read::Misfit> {
                static NAMES: $crate::read::Names = $crate::read::Names {
                    all: $crate::json::Known::new(&[$($crate::json::Name::new($json)),*]),
                    required: $crate::read::bits(&[$($required),*]),
                    essential: $crate::read::bits(&[$($crate::read::essential!($required $($essential)?)),*]),
                    aliases: &[],
                };
                let others = $crate::read::members(node, &NAMES, &mut [$(&mut self.$member),*])?;
                self.others = others.then_some(&NAMES);
                Ok(())
            }
        }
    };
}
pub(crate) use head;

/// A union by the value of a tag. Each arm has at most one member beside it. One arm may be meant where there is
/// no tag.
macro_rules! union {
    ($(#[$doc:meta])* $type:ident $(<$a:lifetime>)? $tag:literal $default:tt {
        $($(#[$arm_doc:meta])* $arm:ident $(($value:ty))? = [$name:literal $($spelling:literal)*]
            $($json:literal $required:ident $form:ident)?;)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum $type $(<$a>)? {
            $($(#[$arm_doc])* $arm $(($value))?,)*
        }

        impl<'a> $crate::item::Whole<'a> for $type $(<$a>)? {
            fn read(item: &mut $crate::Item<'a, Self>, node: $crate::json::Node<'_, 'a>) {
                $crate::item::read_union(item, node, const { &$crate::json::Name::new($tag) }, |tag, node, item| {
                    let tag = tag.or($default);
                    $(if $crate::read::is_tag(tag, &[$name $(, $spelling)*]) {
                        return Some($crate::read::union_arm!(node item $arm $(($value))? $($json $required)?));
                    })*
                    _ = (tag, node, item);
                    None
                });
            }
        }

        impl $(<$a>)? $crate::own::Own for $type $(<$a>)? {
            type Owned = $crate::read::owned!($type $($a)?);
            fn own(self) -> Self::Owned {
                match self {
                    $($crate::read::union_arm!(@pattern inner $arm $($json)?) =>
                        $crate::read::union_arm!(@own $type inner $arm $($json)?),)*
                }
            }
        }

        impl $(<$a>)? $crate::write::Put for $type $(<$a>)? {
            fn put(&self, out: &mut $crate::write::Out, _: $crate::write::Form) {
                out.json.push('{');
                self.put_members(out);
                out.json.push('}');
            }

            fn put_members(&self, out: &mut $crate::write::Out) {
                out.name($tag);
                match self {
                    $($crate::read::union_arm!(@pattern inner $arm $($json)?) => {
                        out.text($name);
                        $(out.members(&[($json, $required, $crate::write::Form::$form, inner)]);)?
                    })*
                }
            }

            fn odd(&self, tell: &mut dyn FnMut($crate::write::Odd<'_>)) {
                match self {
                    $($crate::read::union_arm!(@pattern inner $arm $($json)?) => {
                        $(_ = $json; $crate::write::Put::odd(inner, tell);)?
                    })*
                }
                _ = tell;
            }
        }

        impl $(<$a>)? $type $(<$a>)? {
            /// Returns the word by which the API names it.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$arm { .. } => $name,)*
                }
            }
        }

        $($crate::read::structure_owned! { $type $a })?
    };
}
pub(crate) use union;

/// The parts of an arm: how it is read, matched and owned.
macro_rules! union_arm {
    ($node:ident $item:ident $arm:ident) => {{
        *$item = $crate::Item::Known(Self::$arm);
        Ok(())
    }};
    ($node:ident $item:ident $arm:ident ($value:ty) $json:literal $required:ident) => {{
        let name = const { &$crate::json::Name::new($json) };
        *$item = $crate::Item::Known(Self::$arm(<$value>::default()));
        match $item {
            $crate::Item::Known(Self::$arm(value)) => {
                $crate::read::only($node, name, $required, value)
            }
            _ => Ok(()),
        }
    }};
    (@pattern $inner:ident $arm:ident) => {
        Self::$arm
    };
    (@pattern $inner:ident $arm:ident $json:literal) => {
        Self::$arm($inner)
    };
    (@own $type:ident $inner:ident $arm:ident) => {
        $type::$arm
    };
    (@own $type:ident $inner:ident $arm:ident $json:literal) => {
        $type::$arm($crate::own::Own::own($inner))
    };
}
pub(crate) use union_arm;
