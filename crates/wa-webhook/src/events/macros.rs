//! Macros that make code of the lines that the generator writes: the events, how they are read, and what makes two of them
//! one.

macro_rules! events {
    ($($(#[$doc:meta])* $event:ident($type:ident $(<$life:lifetime>)?) $on:ident $name:literal $how:ident $([$($part:ident)*])? $($person:ident)?;)*) => {
        /// What happened.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum What<'a> {
            $($(#[$doc])* $event($type$(<$life>)?),)*
            /// A change in a field that is not about customers and their messages, or not about single ones.
            Change(Box<Change<'a>>),
            /// Something that this version does not know.
            Unknown {
                /// The word that says what it is. Empty if there is none.
                name: Cow<'a, str>,
                /// All of it.
                raw: $crate::Raw<'a>,
            },
            /// Something that is known, and does not have its form.
            Invalid {
                /// The word that says what it is. Empty if there is none.
                name: Cow<'a, str>,
                /// What does not fit.
                why: $crate::Why,
                /// All of it.
                raw: $crate::Raw<'a>,
            },
        }

        impl<'a> What<'a> {
            /// Returns the name of the event, such as `message`. Handlers are called by it.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$event(_) => $name,)*
                    Self::Change(_) => "change",
                    Self::Unknown { .. } => "unknown",
                    Self::Invalid { .. } => "invalid",
                }
            }

            /// Copies what it borrows, so that it can outlive the body.
            #[must_use]
            pub fn into_owned(self) -> What<'static> {
                use $crate::own::Own as _;
                match self {
                    $(Self::$event(event) => What::$event(event.own()),)*
                    Self::Change(change) => What::Change(change.own()),
                    Self::Unknown { name, raw } => What::Unknown { name: name.own(), raw: raw.own() },
                    Self::Invalid { name, why, raw } => {
                        What::Invalid { name: name.own(), why, raw: raw.own() }
                    }
                }
            }

            /// Tells of each part inside of it that is not known or does not have its form.
            pub(crate) fn odd(&self, tell: &mut dyn FnMut($crate::write::Odd<'_>)) {
                use $crate::write::Put as _;
                match self {
                    $(Self::$event(event) => event.odd(tell),)*
                    Self::Change(change) => change.odd(tell),
                    Self::Unknown { name, .. } => tell($crate::write::Odd { name, why: None }),
                    Self::Invalid { name, why, .. } => {
                        tell($crate::write::Odd { name, why: Some(why) });
                    }
                }
            }

            pub(crate) fn person(&self) -> Option<$crate::Person<'_>> {
                match self {
                    $(Self::$event(event) => $crate::events::person_of!(event $($person)?),)*
                    _ => None,
                }
            }

            pub(crate) fn identity(&self) -> $crate::key::Identity<'_> {
                match self {
                    $(Self::$event(event) => $crate::events::identity!(event $how $([$($part)*])?),)*
                    _ => $crate::key::Identity::Whole,
                }
            }
        }

        /// What the items of an array are.
        #[derive(Debug, Clone, Copy)]
        pub(crate) enum Kind {
            $($event,)*
        }

        impl Kind {
            /// An event of this kind with nothing in it.
            pub(crate) fn blank<'a>(self) -> What<'a> {
                match self {
                    $(Self::$event => What::$event(<$type$(<$life>)?>::default()),)*
                }
            }

            /// Reads it into a blank one.
            pub(crate) fn read<'a>(self, node: Node<'_, 'a>, what: &mut What<'a>) {
                let read = match what {
                    $(What::$event(event) => $crate::read::Take::take(event, node),)*
                    _ => Ok(()),
                };
                if let Err(misfit) = read {
                    *what = $crate::events::invalid(Cow::Borrowed(""), node, misfit);
                }
            }
        }

        $crate::service::handlers! { $($(#[$doc])* $event $on $type $($life)?;)* }
    };
}
pub(crate) use events;

macro_rules! person_of {
    ($event:ident) => {{
        _ = $event;
        None
    }};
    ($event:ident person) => {
        Some($event.person())
    };
}
pub(crate) use person_of;

macro_rules! identity {
    ($event:ident key [$($part:ident)*]) => {
        $crate::key::Identity::Parts(vec![$(&$event.$part),*])
    };
    ($event:ident whole) => {{
        _ = $event;
        $crate::key::Identity::Whole
    }};
    ($event:ident never) => {{
        _ = $event;
        $crate::key::Identity::Never
    }};
}
pub(crate) use identity;
