//! Answers about files, read as leniently as the API writes them.

/// An answer: its members by their names in the JSON.
macro_rules! answer {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$member_doc:meta])* $member:ident: $value:ty = $json:literal,)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
        #[allow(dead_code)] // Not all of what is described is of use.
        pub(in crate::media) struct $name {
            $($(#[$member_doc])* pub(in crate::media) $member: $value,)*
        }

        $crate::lenient::members! {
            $name,
            reads_over: false,
            malformed: $crate::media::FileError::new($crate::media::FileErrorKind::MalformedId),
            { $($member = $json,)* }
        }
    };
}
pub(in crate::media) use answer;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::media::generated::answers::{DeleteAnswer, MediaAnswer, UploadAnswer};

    #[test]
    fn scalars_come_in_any_type() {
        let read = |json| serde_json::from_str::<MediaAnswer>(json).unwrap();
        for json in [
            r#"{"url":"https://example.com","id":500100,"file_size":"17","new":[1]}"#,
            r#"{"url":"https://example.com","id":"500100","file_size":17,"sha256":null}"#,
        ] {
            let answer = read(json);
            assert_eq!(
                (answer.id.as_deref(), answer.file_size),
                (Some("500100"), Some(17)),
                "{json}"
            );
            assert_eq!(answer.sha256, None);
        }
        for json in [r#"{"success":true}"#, r#"{"success":"true"}"#, r#"{"success":1}"#] {
            assert!(serde_json::from_str::<DeleteAnswer>(json).unwrap().success, "{json}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_and_not_quoted() {
        let wrong = |json| serde_json::from_str::<UploadAnswer>(json).unwrap_err().to_string();
        assert!(wrong("{}").starts_with("missing field `id`"));
        assert!(wrong(r#"{"id":null}"#).starts_with("missing field `id`"));
        assert!(wrong(r#"{"id":{"secret":1}}"#).starts_with("`id` has another type"));
        assert!(wrong("[]").contains("invalid type"));
        // What may be missing has its form all the same where it is there: files are checked by it.
        let wrong = |json| serde_json::from_str::<MediaAnswer>(json).unwrap_err().to_string();
        for (json, name) in [
            (r#"{"url":"x","sha256":["secret"]}"#, "sha256"),
            (r#"{"url":"x","file_size":"12x"}"#, "file_size"),
            (r#"{"url":"x","file_size":1.5}"#, "file_size"),
            (r#"{"url":"x","file_size":18446744073709551615}"#, "file_size"),
            (r#"{"url":"x","mime_type":{}}"#, "mime_type"),
        ] {
            assert!(wrong(json).starts_with(&format!("`{name}` has another type")), "{json}");
        }
    }
}
