//! The paths of files, which are those of the description.

use hyper::Method;
use wa_message_spec::media::{
    Operation,
    operations::{
        CONTINUE_UPLOAD, DELETE_MEDIA, DOWNLOAD_MEDIA, LOOK_UP_MEDIA, START_UPLOAD, UPLOAD_MEDIA,
        UPLOAD_OFFSET,
    },
};

/// A request for a file, by its path.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// An upload for this phone number id.
    Upload(String),
    /// The file with this id.
    File(String),
    Download,
    StartUpload,
    /// The resumable upload with this id, as it stands in the path.
    Session(String),
}

impl Route {
    /// Finds what a path leads to. `versioned` is what stands behind the version of the API in it, if it has one.
    pub(crate) fn of(path: &str, versioned: Option<&str>) -> Option<Self> {
        // It is on a host of its own in the API.
        if path.trim_end_matches('/') == DOWNLOAD_MEDIA.path.trim_end_matches('/') {
            return Some(Self::Download);
        }
        let path = versioned?;
        let is = |operation: &Operation| filled_in(operation.path, path).map(str::to_owned);
        // The first that fits: an id may be any text, and so fits much.
        is(&CONTINUE_UPLOAD)
            .map(Self::Session)
            .or_else(|| is(&UPLOAD_MEDIA).map(Self::Upload))
            .or_else(|| is(&START_UPLOAD).map(|_| Self::StartUpload))
            .or_else(|| is(&LOOK_UP_MEDIA).map(Self::File))
    }

    /// The word before the token.
    pub(super) fn authorization(&self) -> &'static str {
        match self {
            Self::Upload(_) => UPLOAD_MEDIA.authorization,
            Self::File(_) => LOOK_UP_MEDIA.authorization,
            Self::Download => DOWNLOAD_MEDIA.authorization,
            Self::StartUpload => START_UPLOAD.authorization,
            Self::Session(_) => CONTINUE_UPLOAD.authorization,
        }
    }

    /// The methods that it takes, if this one is none of them.
    pub(super) fn refuses(&self, method: &Method) -> Option<&'static [&'static str]> {
        let methods: &[&str] = match self {
            Self::Upload(_) => &[UPLOAD_MEDIA.method],
            Self::File(_) => &[LOOK_UP_MEDIA.method, DELETE_MEDIA.method],
            Self::Download => &[DOWNLOAD_MEDIA.method],
            Self::StartUpload => &[START_UPLOAD.method],
            Self::Session(_) => &[CONTINUE_UPLOAD.method, UPLOAD_OFFSET.method],
        };
        (!methods.contains(&method.as_str())).then_some(methods)
    }
}

/// What stands in a path in place of the name in braces, if the rest fits.
pub(crate) fn filled_in<'p>(known: &str, path: &'p str) -> Option<&'p str> {
    let (before, rest) = known.split_once('{')?;
    let (_, behind) = rest.split_once('}')?;
    let value = path.strip_prefix(before)?.strip_suffix(behind)?;
    (!value.is_empty() && !value.contains('/')).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_files() {
        let of = |path: &str| Route::of(path, Some(path));
        assert_eq!(of("/1002/media"), Some(Route::Upload("1002".to_owned())));
        assert_eq!(of("/500100"), Some(Route::File("500100".to_owned())));
        assert_eq!(of("/17/uploads"), Some(Route::StartUpload));
        assert_eq!(of("/upload:MTIzNDU="), Some(Route::Session("MTIzNDU=".to_owned())));
        assert_eq!(Route::of("/whatsapp_business/attachments/", None), Some(Route::Download));
        for path in ["/", "", "/1002/messages", "/1002/media/3", "//media"] {
            assert_eq!(of(path), None, "{path}");
        }
        assert_eq!(Route::of("/500100", None), None);
        assert!(Route::Download.refuses(&Method::POST).is_some());
        assert!(Route::Download.refuses(&Method::GET).is_none());
    }
}
