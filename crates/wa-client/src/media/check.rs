//! The check of a file before it is sent: its size, its type, and whether the content is of it.
//!
//! Refused is what the API is known to refuse. What its pages are not clear about is advice.

use wa_message_spec::media::{FileKind, FileType, MOST, Sniffed, essence};

use super::error::{FileError, FileErrorKind};

/// A file that may be sent, by what was found out about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    pub(super) name: String,
    mime_type: String,
    size: u64,
    advice: Vec<String>,
}

impl Checked {
    /// Returns the type that the file is sent with: `image/jpeg`.
    #[must_use]
    pub fn mime_type(&self) -> &str {
        &self.mime_type
    }

    /// Returns the number of bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Returns what the API may refuse or whoever gets the file may not open, each as a sentence. The file is sent all the
    /// same.
    #[must_use]
    pub fn advice(&self) -> &[String] {
        &self.advice
    }
}

/// Checks a file by its kind, its name, the type that was given, its first bytes and its size.
pub(super) fn check(
    kind: &'static FileKind,
    name: Option<String>,
    given: Option<&str>,
    head: &[u8],
    size: u64,
) -> Result<Checked, FileError> {
    if size == 0 {
        return Err(FileError::new(FileErrorKind::Empty));
    }
    if size > MOST {
        let details = format!("it has {}, and the most is {}", shown(size), shown(MOST));
        return Err(FileError::new(FileErrorKind::TooLarge).with_details(details));
    }
    let mut advice = Vec::new();
    if let Some(said) = size_advice(kind, size) {
        advice.push(said);
    }
    if name.as_deref().is_some_and(|name| name.trim().is_empty()) {
        return Err(FileError::new(FileErrorKind::MalformedName));
    }
    let found = find(kind, name.as_deref(), given, head)?;
    let said = found.advice.or_else(|| name_advice(kind, name.as_deref()?, &found.mime_type));
    advice.extend(said);
    let name = name.unwrap_or_else(|| {
        let known = kind.file_type(&found.mime_type).and_then(|file| file.extensions.first());
        known.map_or_else(|| "file".to_owned(), |extension| format!("file.{extension}"))
    });
    Ok(Checked { name, mime_type: found.mime_type, size, advice })
}

/// What a page says of the size. Whether its megabytes are 10^6 or 2^20 bytes, it does not.
fn size_advice(kind: &FileKind, size: u64) -> Option<String> {
    let most = kind.most_animated.unwrap_or(kind.most).max(kind.most);
    let name = kind.name;
    if size > most {
        let (size, most) = (shown(size), shown(most));
        Some(format!("the file has {size}, and `{name}` takes {most}; make it smaller"))
    } else if size > kind.most {
        let (size, most) = (shown(size), shown(kind.most));
        Some(format!("the file has {size}, and `{name}` takes {most} unless it moves"))
    } else {
        None
    }
}

/// What another ending of the name does: nothing at the API, which goes by the type and the content.
fn name_advice(kind: &FileKind, name: &str, mime_type: &str) -> Option<String> {
    let (_, ending) = name.rsplit_once('.')?;
    let file = kind.file_type(mime_type).filter(|file| file.sniffed != Sniffed::Never)?;
    // What is behind the last point may as well be a part of a sentence, or a number.
    let is_ending = (2..=5).contains(&ending.len())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && ending.bytes().any(|byte| byte.is_ascii_alphabetic());
    let is_usual = file.extensions.iter().any(|usual| usual.eq_ignore_ascii_case(ending));
    (is_ending && !is_usual).then(|| {
        format!(
            "the name ends in `.{ending}`, and the file goes as `{}`: the API goes by the type, and whoever gets the \
             file may go by the name",
            file.name
        )
    })
}

/// The type of a file.
struct Found {
    mime_type: String,
    advice: Option<String>,
}

impl From<&FileType> for Found {
    fn from(file: &FileType) -> Self {
        Self { mime_type: file.name.to_owned(), advice: None }
    }
}

fn find(
    kind: &'static FileKind,
    name: Option<&str>,
    given: Option<&str>,
    head: &[u8],
) -> Result<Found, FileError> {
    let sniffed = infer::get(head).map(|found| found.mime_type());
    if let Some(given) = given {
        if !is_type(given) {
            return Err(FileError::new(FileErrorKind::MalformedType));
        }
        let Some(file) = kind.file_type(given).or_else(|| kind.misspelt(given)) else {
            return other(kind, essence(given));
        };
        return if file.may_be(sniffed, head) {
            Ok(file.into())
        } else {
            Err(differs(file, sniffed))
        };
    }
    let extension = name.and_then(|name| Some(name.rsplit_once('.')?.1));
    let by_content = sniffed.and_then(|sniffed| kind.by_content(sniffed));
    match (extension.and_then(|extension| kind.by_extension(extension)), by_content) {
        (Some(file), _) if file.may_be(sniffed, head) => Ok(file.into()),
        // The API compares what is said with the content, so the content is what is said.
        (Some(file), Some(content)) => {
            let advice =
                format!("the name is that of `{}`, and the content `{}`", file.name, content.name);
            Ok(Found { advice: Some(advice), ..content.into() })
        }
        (Some(file), None) => Err(differs(file, sniffed)),
        (None, Some(content)) => Ok(content.into()),
        (None, None) => match sniffed {
            Some(sniffed) => other(kind, sniffed),
            None if kind.other_types.is_some() => other(kind, "application/octet-stream"),
            None => {
                let details = taken(kind);
                Err(FileError::new(FileErrorKind::TypeNotKnown).with_details(details))
            }
        },
    }
}

/// A type that is not listed.
fn other(kind: &FileKind, name: &str) -> Result<Found, FileError> {
    let Some(says) = kind.other_types else {
        let details = format!("it is `{name}`, and `{}` takes {}", kind.name, taken(kind));
        return Err(FileError::new(FileErrorKind::TypeNotTaken).with_details(details));
    };
    Ok(Found { mime_type: name.to_owned(), advice: Some(format!("`{name}`: {says}")) })
}

fn differs(file: &FileType, sniffed: Option<&str>) -> FileError {
    let found = sniffed.map_or_else(
        || "the content is none that is known".to_owned(),
        |sniffed| format!("the content is `{sniffed}`"),
    );
    let details = format!("`{}` was said, and {found}", file.name);
    FileError::new(FileErrorKind::ContentDiffers).with_details(details)
}

/// The types that a kind takes, in words.
fn taken(kind: &FileKind) -> String {
    let names: Vec<_> = kind.types.iter().map(|file| format!("`{}`", file.name)).collect();
    match names.as_slice() {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => names.concat(),
    }
}

/// Whether a text is a type and fits into a header.
fn is_type(text: &str) -> bool {
    let is_part = |part: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte);
        !part.is_empty() && part.bytes().all(plain)
    };
    let is_visible = text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
    is_visible
        && essence(text).split_once('/').is_some_and(|(kind, name)| is_part(kind) && is_part(name))
}

/// A number of bytes for people.
fn shown(bytes: u64) -> String {
    const KILOBYTE: u64 = 1 << 10;
    const MEGABYTE: u64 = 1 << 20;
    let (unit, name) = if bytes >= MEGABYTE { (MEGABYTE, "MB") } else { (KILOBYTE, "KB") };
    if bytes < KILOBYTE {
        return format!("{bytes} bytes");
    }
    // Rounded up: what is over a limit does not look as if it were not.
    let tenths = (bytes * 10).div_ceil(unit);
    match tenths % 10 {
        0 => format!("{} {name}", tenths / 10),
        tenth => format!("{}.{tenth} {name}", tenths / 10),
    }
}

#[cfg(test)]
mod tests;
