//! Files: photos, sounds, films, documents and stickers, up to the API and down from it.
//!
//! With the feature `media` of `wa-message`, [`Client::media`] has all calls.
//!
//! # Send a file
//!
//! A message carries a file by a link, which the API fetches, or by the id of a file that was uploaded. An upload stands
//! for its id:
//!
//! ```no_run
//! use wa_message::{Client, Error, client::media::Media, wa_message};
//!
//! async fn send_menu(client: &Client, to: &str) -> Result<(), Error> {
//!     let menu = client.media().upload(Media::document("menu.pdf")).await?;
//!     client.send(&wa_message! { <document> to, id: &menu, filename: "Menu.pdf" }?).await?;
//!     Ok(())
//! }
//! ```
//!
//! One upload serves any number of messages for 30 days. Keep [`Uploaded::id`] where you keep the file: the id alone may
//! stand in a message too.
//!
//! There is a constructor for each kind of message, such as [`Media::image`]. It takes a path, bytes, or a
//! [stream](MediaSource::stream) of a size that is known:
//!
//! ```
//! use wa_message::client::media::{Media, MediaSource};
//!
//! # fn chart() -> Vec<u8> { Vec::new() }
//! let path = Media::image("photo.jpg");
//! let bytes = Media::image(chart()).named("chart.png");
//! # let (size, pieces) = (7, futures_util::stream::iter([Ok::<_, std::io::Error>("Opening".into())]));
//! let stream = Media::document(MediaSource::stream(size, pieces)).named("hours.txt");
//! ```
//!
//! # What is checked first
//!
//! Nothing is sent of a file that the API is known to refuse. The type is found by the name and by the content:
//!
//! ```text
//! the content of the file is of another type than was said: `image/jpeg` was said, and the content is `application/pdf`
//! the API does not take this file: it is `image/gif`, and `image` takes `image/jpeg` and `image/png`
//! the file is larger than any that the API takes: it has 120 MB, and the most is 100 MB
//! ```
//!
//! What is not certain is [advice](Uploaded::advice), and the file is sent: a size above that of the kind, because nobody
//! says what a megabyte is; a type of document that no page lists; a photo in PNG that is called `photo.jpg`, which goes
//! as what it is; a photo that is called `photo.exe`, which goes too, because the API goes by the type.
//! [`Media::check`] does all this without sending anything.
//!
//! What is inside of a file is not looked at: the codec of a sound, the pixels of a sticker. The API tells that later, by a
//! `failed` status with the code 131053.
//!
//! # Take a file
//!
//! A download takes an id, an [`Uploaded`], a [`MediaInfo`], or a file of a message that was received:
//!
//! ```no_run
//! use wa_message::{Client, Error, webhook::types::IncomingDocument};
//!
//! async fn keep(client: &Client, invoice: &IncomingDocument<'_>) -> Result<(), Error> {
//!     // Not by `invoice.filename`: that is what the sender wrote, and may be `../../.bashrc`.
//!     let path = format!("invoices/{}.pdf", invoice.id);
//!     let saved = client.media().download(invoice).at_most(5 << 20).save(path).await?;
//!     println!("{} bytes", saved.size());
//!     Ok(())
//! }
//! ```
//!
//! - The address in a message saves the look-up while it lives. If it has expired, the file is looked up.
//! - The token goes to hosts of the API alone, over https, and redirects are not followed.
//! - The size is checked where a look-up announces it, and the hash where it is known: in hexadecimal, as a look-up has it,
//!   or in base64, as messages have it. A hash in another form is an error; without one, nothing is checked by it.
//! - What the server packed is no file: nobody asked for a `Content-Encoding`.
//! - At most 100 MB are taken, or what [`at_most`](DownloadMedia::at_most) says.
//! - [`save`](DownloadMedia::save) writes beside the path and moves the file there when it is whole and right.
//! - [`stream`](DownloadMedia::stream) gives the pieces as they come. Use them when the stream has ended without an error.
//!
//! Files that were received can be had for 7 days.
//!
//! # What can go wrong
//!
//! The outcomes are [those of messages](super::outcomes), with a difference: any call for a file may be repeated without
//! harm, so one that is in doubt is tried again by itself, and [`Error::is_safe_to_resend`] says yes. A stream cannot be
//! read again, so an upload of one is tried once.
//!
//! [`Error::File`] is about the file itself; [`FileError::kind`] says what. Files do not count as messages: they wait for no
//! turn, and take none.
//!
//! | | usually | setting |
//! |---|---|---|
//! | an attempt may take | 30 seconds, and one more for each 64 KiB | [`ClientBuilder::timeout`] |
//! | a download waits for the next piece | 30 seconds | the same |
//! | attempts | 4 | [`ClientBuilder::retry`] |
//!
//! Spans and counters are those of messages, with the name of the call as `kind`: `uploadMedia`, `lookUpMedia`,
//! `downloadMedia`. They show no names of files and no addresses.
//!
//! # Samples of templates, pictures of profiles
//!
//! They take a handle in place of an id, and another upload, which can be continued after a break, with the same file:
//!
//! ```no_run
//! use wa_message::{Client, client::media::Media};
//!
//! # async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
//! let mut film = Media::sample("film.mp4");
//! let mut upload = client.media().begin_upload("700100", &mut film).await?;
//! // Should the program end here, another run reads this and goes on.
//! std::fs::write("upload.json", serde_json::to_string(&upload)?)?;
//! let handle = client.media().continue_upload(&mut upload, film).await?;
//! println!("header_handle: {handle}");
//! # Ok(())
//! # }
//! ```
#![allow(unused_imports)] // For the documentation.

use crate::{
    Client, ClientBuilder, Error,
    media::{DownloadMedia, FileError, Media, MediaInfo, MediaSource, Uploaded},
};
