//! Answers about definitions, read as leniently as the API writes them.

use serde_core::de::{DeserializeOwned, Error};
use serde_json::{Map, Value};

use crate::lenient::Member;
pub(super) use crate::lenient::Read;

impl Read for Value {
    fn read(value: &Value) -> Option<Self> {
        Some(value.clone())
    }
}

/// An answer inside of another one.
pub(super) fn inside<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
}

/// Items that do not fit are read over, and so is what is no array.
impl<T: Read> Member for Vec<T> {
    fn member<E: Error>(
        members: &Map<String, Value>,
        name: &'static str,
        _: bool,
    ) -> Result<Self, E> {
        let items = members.get(name).and_then(Value::as_array);
        Ok(items.into_iter().flatten().filter_map(T::read).collect())
    }
}

/// Whether a member is there. What it says may hold the token, and is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Presence(pub bool);

impl Member for Presence {
    fn member<E: Error>(
        members: &Map<String, Value>,
        name: &'static str,
        _: bool,
    ) -> Result<Self, E> {
        Ok(Self(members.get(name).is_some_and(|value| !value.is_null())))
    }
}

/// An answer: its members by their names in the JSON.
macro_rules! answer {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$member_doc:meta])* $member:ident: $value:ty = $json:literal,)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Default)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$member_doc])* pub $member: $value,)*
        }

        $crate::lenient::members! {
            $name,
            reads_over: true,
            malformed: $crate::templates::TemplateError::new($crate::templates::TemplateErrorKind::MalformedId),
            { $($member = $json,)* }
        }

        impl $crate::templates::answer::Read for $name {
            fn read(value: &::serde_json::Value) -> Option<Self> {
                $crate::templates::answer::inside(value)
            }
        }
    };
}
pub(super) use answer;

/// A set of words that may grow. They are read in any case.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$word_doc:meta])* $word:ident = $json:literal,)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$word_doc])* $word,)*
            /// A word that this version does not know.
            Other(String),
        }

        impl $name {
            /// Returns the word as the API writes it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$word => $json,)*
                    Self::Other(other) => other,
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                $(if word.eq_ignore_ascii_case($json) {
                    return Self::$word;
                })*
                Self::Other(word.to_owned())
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::templates::answer::Read for $name {
            fn read(value: &::serde_json::Value) -> ::core::option::Option<Self> {
                value.as_str().map(Self::from)
            }
        }
    };
}
pub(super) use words;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Presence;
    use crate::templates::generated::answers::{
        CreatedTemplate, ParameterFormat, Template, TemplateCategory, TemplatePage, TemplateStatus,
    };

    fn page(json: &str) -> TemplatePage {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_page_says_whether_another_one_follows() {
        let json = r#"{"data":[{"name":"a"}],"paging":{"cursors":{"before":"MAZDZD","after":"MjQZD"},
            "next":"https://graph.facebook.com/v23.0/1/message_templates?access_token=SECRET&after=MjQZD"},
            "summary":{"total_count":"7","are_translations_complete":"true"}}"#;
        let first = page(json);
        let paging = first.paging.as_ref().unwrap();
        assert_eq!((paging.next, paging.previous), (Presence(true), Presence(false)));
        assert_eq!(paging.cursors.as_ref().unwrap().after.as_deref(), Some("MjQZD"));
        let summary = first.summary.as_ref().unwrap();
        assert_eq!((summary.total_count, summary.are_translations_complete), (Some(7), Some(true)));
        assert!(!format!("{first:?}").contains("SECRET"));
        // The last page has cursors all the same, and an account without templates may have nothing.
        let last = page(r#"{"data":[],"paging":{"cursors":{"after":"MjQZD"}}}"#);
        assert_eq!(last.paging.unwrap().next, Presence(false));
        assert_eq!(page(r#"{"data":[]}"#).paging, None);
    }

    #[test]
    fn what_is_not_known_is_read_over_and_kept_in_components() {
        let json = r#"{"id":700100,"name":"order_ready","language":"en_US","status":"approved",
            "category":"ALCHEMY","parameter_format":"NAMED","new_member":[1],"quality_score":{"score":"RED","date":"1"},
            "message_send_ttl_seconds":"600","components":[{"type":"BODY","text":"Hi."},{"type":"HOLOGRAM","beam":2}]}"#;
        let template: Template = serde_json::from_str(json).unwrap();
        assert_eq!(template.id.as_deref(), Some("700100"));
        assert_eq!(template.status, Some(TemplateStatus::Approved));
        let other = TemplateCategory::Other("ALCHEMY".to_owned());
        assert_eq!(template.category, Some(other));
        assert_eq!(template.parameter_format, Some(ParameterFormat::Named));
        assert_eq!(template.message_send_ttl_seconds, Some(600));
        assert_eq!(template.quality_score.unwrap().score.unwrap().as_str(), "RED");
        assert_eq!(template.components[1]["beam"], 2);
    }

    #[test]
    fn what_is_wrong_is_named_and_not_quoted() {
        let wrong = |json| serde_json::from_str::<CreatedTemplate>(json).unwrap_err().to_string();
        assert!(wrong("{}").starts_with("missing field `id`"));
        assert!(wrong(r#"{"id":{"secret":1}}"#).starts_with("`id` has another type"));
        assert!(wrong("[]").contains("invalid type"));
    }
}
