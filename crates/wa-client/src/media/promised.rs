//! The promises about a file: all that is said of it before it comes, held against the beginning of what comes.

use reqwest::{
    Response,
    header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderName, TRANSFER_ENCODING},
};
use wa_message_core::MediaRef;
use wa_message_spec::media::essence;

use super::{
    error::{FileError, FileErrorKind},
    hash,
};

/// The type of a page, which a server shows in place of a file to whoever it does not know.
const PAGE: &str = "text/html";

/// What is said of a file.
#[derive(Clone)]
pub(super) struct Promised {
    sha256: Option<String>,
    size: Option<u64>,
    mime_type: Option<String>,
}

/// What is looked at while a file comes.
pub(super) struct Expected {
    pub(super) sha256: Option<[u8; 32]>,
    pub(super) size: Option<u64>,
    /// How many bytes are taken.
    pub(super) at_most: u64,
}

impl Promised {
    pub(super) fn of(file: MediaRef<'_>) -> Self {
        // A blank text says as little as none.
        let hash = file.sha256().filter(|hash| !hash.trim().is_empty());
        Self {
            sha256: hash.map(str::to_owned),
            size: file.size(),
            mime_type: file.mime_type().map(str::to_owned),
        }
    }

    /// Adds what was said before, where nothing newer is: the newer is of the file that comes now.
    pub(super) fn or(self, older: &Self) -> Self {
        Self {
            sha256: self.sha256.or_else(|| older.sha256.clone()),
            size: self.size.or(older.size),
            mime_type: self.mime_type.or_else(|| older.mime_type.clone()),
        }
    }

    /// Reads what has to be looked at, before the file is asked for.
    pub(super) fn expected(&self, at_most: u64) -> Result<Expected, FileError> {
        let malformed = || FileError::new(FileErrorKind::MalformedHash);
        let sha256 = self.sha256.as_deref().map(|text| hash::read(text).ok_or_else(malformed));
        if self.size.is_some_and(|size| size > at_most) {
            return Err(FileError::new(FileErrorKind::OverCap));
        }
        Ok(Expected { sha256: sha256.transpose()?, size: self.size, at_most })
    }

    /// Checks what an answer says of itself.
    pub(super) fn check(&self, response: &Response) -> Result<(), FileError> {
        if is_coded(response, &CONTENT_ENCODING, "identity")
            || is_coded(response, &TRANSFER_ENCODING, "chunked")
        {
            return Err(FileError::new(FileErrorKind::Packed));
        }
        // What servers call a file is often loose, so this one mistake is looked for alone. A hash says more.
        let said = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let is_page = |mime_type: &str| essence(mime_type).eq_ignore_ascii_case(PAGE);
        let promised = self.mime_type.as_deref();
        if self.sha256.is_none()
            && said.is_some_and(is_page)
            && promised.is_some_and(|promised| !is_page(promised))
        {
            let error = FileError::new(FileErrorKind::ContentDiffers);
            return Err(error.with_details("a web page came"));
        }
        Ok(())
    }
}

impl Expected {
    /// Checks how many bytes have come or are announced, of which there may be more to come.
    pub(super) fn check_so_far(&self, bytes: u64) -> Result<(), FileError> {
        if bytes > self.at_most {
            return Err(FileError::new(FileErrorKind::OverCap));
        }
        match self.size {
            Some(size) if bytes > size => Err(differs(size, bytes)),
            _ => Ok(()),
        }
    }

    /// Checks how many bytes there are in all.
    pub(super) fn check_size(&self, bytes: u64) -> Result<(), FileError> {
        self.check_so_far(bytes)?;
        match self.size {
            Some(size) if bytes != size => Err(differs(size, bytes)),
            _ => Ok(()),
        }
    }
}

fn differs(announced: u64, came: u64) -> FileError {
    let details = format!("{announced} bytes were announced, and {came} came");
    FileError::new(FileErrorKind::SizeDiffers).with_details(details)
}

/// Whether the body is something else than the file: coded in another way than this one.
fn is_coded(response: &Response, header: &HeaderName, plain: &str) -> bool {
    let is_plain = |coding: &[u8]| {
        let coding = coding.trim_ascii();
        coding.is_empty() || coding.eq_ignore_ascii_case(plain.as_bytes())
    };
    let mut values = response.headers().get_all(header).iter();
    values.any(|value| !value.as_bytes().split(|byte| *byte == b',').all(is_plain))
}
