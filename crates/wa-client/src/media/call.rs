//! Requests about files: those of all, and forms with a file in them.

use std::fmt::Write as _;

use reqwest::header::{HeaderMap, HeaderValue};

pub(super) use crate::call::{Call, Tries, deliver, request, time_for};

/// Something that can be filled in.
type Filled = (&'static str, String);

/// A form with a file in it.
pub(super) struct Form {
    file: &'static str,
    texts: Vec<Filled>,
}

impl Form {
    pub(super) fn new(file: &'static str) -> Self {
        Self { file, texts: Vec::new() }
    }

    pub(super) fn text(mut self, name: &'static str, value: Option<impl ToString>) -> Self {
        self.texts.extend(value.map(|value| (name, value.to_string())));
        self
    }

    /// Writes what stands before the bytes of the file and what behind them.
    ///
    /// Files are chosen before the boundary is, so none has it in it but by a chance of one to 2^128. The form that
    /// `reqwest` makes would bring a table of all types that there are.
    pub(super) fn around(&self, boundary: &str, name: &str, mime_type: &str) -> (Vec<u8>, Vec<u8>) {
        let mut head = String::new();
        for (name, value) in &self.texts {
            let _ = write!(
                head,
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
        }
        let _ = write!(
            head,
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\n\
             Content-Type: {mime_type}\r\n\r\n",
            self.file,
            quoted(name)
        );
        (head.into_bytes(), format!("\r\n--{boundary}--\r\n").into_bytes())
    }
}

/// Makes a boundary that is in no file.
pub(super) fn boundary() -> String {
    format!("wa-message-{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..))
}

/// The header that says where a form has its boundary.
pub(super) fn form_type(headers: &mut HeaderMap, boundary: &str) {
    if let Ok(value) = HeaderValue::try_from(format!("multipart/form-data; boundary={boundary}")) {
        headers.insert(reqwest::header::CONTENT_TYPE, value);
    }
}

/// The name of a file in a header, as browsers write it.
fn quoted(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        match letter {
            '"' => out.push_str("%22"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            letter if letter.is_control() => out.push('_'),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use reqwest::Url;

    use super::*;
    use crate::{
        Client, Error,
        media::generated::requests::{continue_upload, look_up_media, start_upload, upload_form},
    };

    fn client() -> Client {
        Client::builder("a-token", "1").base_url("http://127.0.0.1:9/gateway/").build().unwrap()
    }

    #[test]
    fn addresses_are_filled_in() {
        let client = client();
        let url = |call: Result<Url, Error>| {
            call.map(|url| url.as_str().replace("http://127.0.0.1:9/gateway/v23.0", ""))
        };
        assert_eq!(url(look_up_media("500", None).url(&client)).unwrap(), "/500");
        assert_eq!(
            url(look_up_media("500", Some("1")).url(&client)).unwrap(),
            "/500?phone_number_id=1"
        );
        assert_eq!(
            url(start_upload("7", Some("a b&c.jpg"), 17, "image/jpeg").url(&client)).unwrap(),
            "/7/uploads?file_name=a+b%26c.jpg&file_length=17&file_type=image%2Fjpeg"
        );
        // What belongs to the id of an upload is kept as it came.
        let resumed = continue_upload("MTphdH/+==", None, 4).raw_query(Some("sig=AR%2Bx"));
        assert_eq!(url(resumed.url(&client)).unwrap(), "/upload:MTphdH/+==?sig=AR%2Bx");
        for id in ["", ".", "..", "1/2", "1?x", "1#", "ü", "1 2", "%2e"] {
            assert!(look_up_media(id, None).url(&client).is_err(), "{id}");
        }
        for session in ["", "a/../../b", "a?b", "a\\b", "a b", "a#", "a%2e"] {
            assert!(continue_upload(session, None, 0).url(&client).is_err(), "{session}");
        }
    }

    #[test]
    fn a_form_has_its_parts_and_a_name_stays_in_its_quotes() {
        let form = upload_form("image/png", Some(60));
        let (head, tail) = form.around("B", "a\"\r\nX: y\u{7}ü.png", "image/png");
        assert_eq!(
            String::from_utf8(head).unwrap(),
            "--B\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n\
             --B\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\nimage/png\r\n\
             --B\r\nContent-Disposition: form-data; name=\"ttl_minutes\"\r\n\r\n60\r\n\
             --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22%0D%0AX: y_ü.png\"\r\n\
             Content-Type: image/png\r\n\r\n"
        );
        assert_eq!(tail, b"\r\n--B--\r\n");
        assert_ne!(boundary(), boundary());
    }
}
