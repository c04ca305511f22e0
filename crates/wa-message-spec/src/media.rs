//! Tables of the files that messages carry, and of the requests that they travel by, generated from `openapi/media.yaml`.

pub use crate::generated::media::*;

/// A kind of file: `image`. It is a kind of message too.
#[derive(Debug, PartialEq, Eq)]
pub struct FileKind {
    /// The name.
    pub name: &'static str,
    /// How many bytes it has at most. A megabyte is 2^20 bytes here: the API does not say what it is there.
    pub most: u64,
    /// How many bytes it has at most when it moves, if that makes a difference.
    pub most_animated: Option<u64>,
    /// What is not checked, as the part of a sentence.
    pub says: Option<&'static str>,
    /// What is said of a type that is not listed, if it may be taken all the same.
    pub other_types: Option<&'static str>,
    /// The types that are taken.
    pub types: &'static [FileType],
}

/// A type of file: `image/png`.
#[derive(Debug, PartialEq, Eq)]
pub struct FileType {
    /// The name.
    pub name: &'static str,
    /// How names of such files end: `png`. The usual ending first.
    pub extensions: &'static [&'static str],
    /// Whether the content of a file tells that it is one.
    pub sniffed: Sniffed,
    /// What those who look at the content call it beside its name.
    pub sniffed_as: &'static [&'static str],
    /// Other spellings of the name, which the API does not take.
    pub misspelt: &'static [&'static str],
    /// What is not checked, as the part of a sentence.
    pub says: Option<&'static str>,
}

/// Whether the content of a file tells its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sniffed {
    /// It does: what is not known by its content is something else.
    Always,
    /// It may not: some files of the type begin in an unusual way.
    Sometimes,
    /// It does not, as for plain text.
    Never,
}

/// An answer that refuses a request.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The code.
    pub code: i64,
    /// The subcode.
    pub subcode: Option<i64>,
    /// The type of the error, if it is not the usual one.
    pub kind: Option<&'static str>,
}

/// A request.
#[derive(Debug, PartialEq, Eq)]
pub struct Operation {
    /// The name.
    pub id: &'static str,
    /// The method: `POST`.
    pub method: &'static str,
    /// The path behind the version of the API, with parameters in braces: `/{media_id}`.
    pub path: &'static str,
    /// The word before the token in the header `authorization`.
    pub authorization: &'static str,
    /// What a repetition does, as the part of a sentence, if the request may be repeated.
    pub may_repeat: Option<&'static str>,
    /// What is filled in.
    pub parameters: &'static [Parameter],
}

/// A parameter of a request.
#[derive(Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The name.
    pub name: &'static str,
    /// Where it goes.
    pub part: Part,
    /// Whether it has to be given.
    pub required: bool,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
}

/// Returns the name of a type alone, without parameters: `audio/ogg` of `audio/ogg; codecs=opus`.
#[must_use]
pub fn essence(name: &str) -> &str {
    name.split(';').next().unwrap_or_default().trim()
}

impl FileKind {
    /// Returns the kind of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// Returns the type of a name, in any case and with any parameters.
    #[must_use]
    pub fn file_type(&self, name: &str) -> Option<&'static FileType> {
        self.types.iter().find(|file| file.name.eq_ignore_ascii_case(essence(name)))
    }

    /// Returns the type that a misspelt name stands for.
    #[must_use]
    pub fn misspelt(&self, name: &str) -> Option<&'static FileType> {
        let name = essence(name);
        let is_it = |wrong: &&str| wrong.eq_ignore_ascii_case(name);
        self.types.iter().find(|file| file.misspelt.iter().any(is_it))
    }

    /// Returns the type of files whose names end so, in any case.
    #[must_use]
    pub fn by_extension(&self, extension: &str) -> Option<&'static FileType> {
        let is_it = |known: &&str| known.eq_ignore_ascii_case(extension);
        self.types.iter().find(|file| file.extensions.iter().any(is_it))
    }

    /// Returns the type whose content is called so by those who look at it.
    #[must_use]
    pub fn by_content(&self, sniffed: &str) -> Option<&'static FileType> {
        let exact = self.types.iter().find(|file| file.name == sniffed);
        exact.or_else(|| self.types.iter().find(|file| file.is_sniffed_as(sniffed)))
    }
}

impl FileType {
    /// Returns whether content that is called so may be of this type.
    #[must_use]
    pub fn is_sniffed_as(&self, sniffed: &str) -> bool {
        self.name == sniffed || self.sniffed_as.contains(&sniffed)
    }

    /// Returns whether content may be of this type, by the name that somebody who looked at it has for it, and by its
    /// beginning.
    #[must_use]
    pub fn may_be(&self, sniffed: Option<&str>, beginning: &[u8]) -> bool {
        match (self.sniffed, sniffed) {
            // Two letters are enough for some to call a text a picture; no text has a zero in it.
            (Sniffed::Never, Some(_)) => !beginning.contains(&0),
            (_, Some(sniffed)) => self.is_sniffed_as(sniffed),
            (Sniffed::Always, None) => false,
            (Sniffed::Sometimes | Sniffed::Never, None) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers of the pages, which the description must not lose.
    #[test]
    fn sizes_are_those_of_the_pages() {
        let most = |name| FileKind::named(name).map(|kind| (kind.most, kind.most_animated));
        assert_eq!(most("image"), Some((5 << 20, None)));
        assert_eq!(most("audio"), Some((16 << 20, None)));
        assert_eq!(most("video"), Some((16 << 20, None)));
        assert_eq!(most("document"), Some((100 << 20, None)));
        assert_eq!(most("sticker"), Some((100 << 10, Some(500 << 10))));
        assert_eq!(MOST, 100 << 20);
        assert_eq!((TTL_MINUTES, ADDRESS_LIVES.as_secs()), ((60, 43_200), 300));
    }

    #[test]
    fn types_are_found_by_all_their_names() {
        let names =
            |kind: &str, find: fn(&FileKind, &str) -> Option<&'static FileType>, by: &str| {
                FileKind::named(kind).and_then(|kind| find(kind, by)).map(|file| file.name)
            };
        assert_eq!(names("image", FileKind::by_extension, "JPG"), Some("image/jpeg"));
        assert_eq!(names("image", FileKind::misspelt, "image/jpg"), Some("image/jpeg"));
        assert_eq!(names("image", FileKind::file_type, "image/jpg"), None);
        assert_eq!(
            names("audio", FileKind::file_type, "Audio/OGG; codecs=opus"),
            Some("audio/ogg")
        );
        assert_eq!(names("audio", FileKind::by_content, "audio/opus"), Some("audio/ogg"));
        assert_eq!(names("image", FileKind::by_content, "image/webp"), None);
    }
}
