//! The face that checked bodies share: a wrapper around the data that exists when every rule is kept.

/// Writes the face of a type that wraps a request body which keeps every rule.
macro_rules! checked_body {
    ($name:ident, $object:ident, $table:expr) => {
        impl $crate::body::Body for $object {
            const TABLE: &'static wa_message_rules::table::Object = &$table;

            fn is_valid(&self) -> bool {
                self.holds() && self.free_members_hold()
            }
        }

        impl $name {
            fn unwritten(object: $object) -> Self {
                Self::__proven(object, $crate::__private::Json::unknown())
            }

            /// What the macro has proven, and was known when the program was compiled.
            #[doc(hidden)]
            #[must_use]
            pub const fn __fixed(object: &'static $object, json: Option<&'static str>) -> Self {
                let json = $crate::body::Known::new(json);
                Self { repr: $crate::body::Repr::Fixed { object, json } }
            }

            /// What the macro has proven.
            #[doc(hidden)]
            #[must_use]
            pub fn __proven(object: $object, json: $crate::__private::Json) -> Self {
                Self { repr: $crate::body::Repr::data(object, json) }
            }

            /// Whether constants of the macro keep the rules.
            #[doc(hidden)]
            #[must_use]
            pub const fn __holds(object: &$object) -> bool {
                object.holds()
            }

            /// Checks what the macro has made.
            #[doc(hidden)]
            pub fn __check(
                object: $object,
                json: $crate::__private::Json,
            ) -> Result<Self, $crate::InvalidMessage> {
                match $crate::body::check(&object) {
                    Ok(()) => Ok(Self::__proven(object, json)),
                    Err(invalid) => Self::readdressed(invalid, || $crate::body::written(&object)),
                }
            }

            /// Takes what the macro has written around texts, in which nothing else can be wrong than these.
            #[doc(hidden)]
            pub fn __written(
                known: &[&str],
                texts: &[&$crate::Text],
                checks: &[$crate::__private::Check],
            ) -> Result<Self, $crate::InvalidMessage> {
                Self::written(known, texts, checks)
            }

            /// The same around values of any kind, of which only texts can be wrong.
            #[doc(hidden)]
            pub fn __written_around(
                known: &[&str],
                holes: &[$crate::__private::Hole<'_>],
                checks: &[$crate::__private::Check],
            ) -> Result<Self, $crate::InvalidMessage> {
                Self::written(known, holes, checks)
            }

            fn written<G: $crate::json::pieces::Given>(
                known: &[&str],
                given: &[G],
                checks: &[$crate::__private::Check],
            ) -> Result<Self, $crate::InvalidMessage> {
                let checked = $crate::json::pieces::check(known, given, checks);
                let json = $crate::json::pieces::write(known, given);
                #[cfg(debug_assertions)]
                $crate::body::compare::<$object>(&checked, &json);
                match checked {
                    Ok(()) => Ok(Self { repr: $crate::body::Repr::json(json) }),
                    Err(invalid) => Self::readdressed(invalid, || json),
                }
            }

            /// What is invalid alone because the addressee stands in the wrong member.
            #[cold]
            fn readdressed(
                invalid: $crate::InvalidMessage,
                json: impl FnOnce() -> Vec<u8>,
            ) -> Result<Self, $crate::InvalidMessage> {
                let Some(readdress) = $crate::value::readdress() else { return Err(invalid) };
                match readdress(&json()) {
                    Some(json) => json.map(|json| Self { repr: $crate::body::Repr::json(json) }),
                    None => Err(invalid),
                }
            }

            /// The JSON that the API takes.
            #[must_use]
            pub fn to_json(&self) -> String {
                $crate::body::text(self.to_json_bytes())
            }

            /// The JSON that the API takes, in bytes.
            #[must_use]
            pub fn to_json_bytes(&self) -> Vec<u8> {
                self.repr.to_json_bytes()
            }

            /// The JSON that the API takes, in bytes, out of a value that is needed no more. What the
            /// macro wrote is not copied.
            #[must_use]
            pub fn into_json_bytes(self) -> Vec<u8> {
                self.repr.into_json_bytes()
            }

            /// The data, without the proof.
            #[must_use]
            pub fn into_inner(self) -> $object {
                self.repr.into_object()
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                **self == **other
            }
        }

        // No number of a body that keeps every rule is without an equal.
        impl Eq for $name {}

        impl std::ops::Deref for $name {
            type Target = $object;

            fn deref(&self) -> &$object {
                self.repr.object()
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::types::debug_eq::debug_json(
                    f,
                    stringify!($name),
                    &self.repr.to_json_bytes(),
                )
            }
        }

        impl From<$name> for $object {
            fn from(proven: $name) -> Self {
                proven.into_inner()
            }
        }

        impl TryFrom<$object> for $name {
            type Error = $crate::InvalidMessage;

            fn try_from(object: $object) -> Result<Self, Self::Error> {
                $crate::body::prove(object).map(Self::unwritten)
            }
        }

        impl TryFrom<&serde_json::Value> for $name {
            type Error = $crate::InvalidMessage;

            fn try_from(value: &serde_json::Value) -> Result<Self, Self::Error> {
                $crate::body::from_value(value).map(Self::unwritten)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::InvalidMessage;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::body::parse(text).map(Self::unwritten)
            }
        }

        impl serde_core::Serialize for $name {
            fn serialize<S: serde_core::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                (**self).serialize(serializer)
            }
        }

        impl<'de> serde_core::Deserialize<'de> for $name {
            fn deserialize<D: serde_core::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(deserializer)?;
                Self::try_from(&value).map_err(serde_core::de::Error::custom)
            }
        }
    };
}

pub(crate) use checked_body;
