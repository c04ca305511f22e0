//! Uploading a file for a message.

use std::{
    borrow::Cow,
    future::{Future, IntoFuture},
    pin::Pin,
    sync::Arc,
    time::Duration,
};

use reqwest::Body;
use tokio::sync::Mutex;
use wa_message_core::{AsMediaRef, MediaRef, value::IntoText};
use wa_message_spec::media::TTL_MINUTES;

use super::{
    body::{FileBody, Progress, Watcher},
    call::{Tries, boundary, deliver, form_type},
    check::Checked,
    error::{FileError, FileErrorKind},
    generated::{
        answers::UploadAnswer,
        requests::{upload_form, upload_media},
    },
    source::{Content, Media},
};
use crate::{Client, Error, observe::Accepted};

/// A file that the API keeps for messages. [`MediaClient::upload`](super::MediaClient::upload) gives it.
///
/// It stands for its id in a message, and can be downloaded and deleted:
///
/// ```no_run
/// # use wa_message::{Client, Error, client::media::Media, wa_message};
/// # async fn example(client: &Client) -> Result<(), Error> {
/// let photo = client.media().upload(Media::image("photo.jpg")).await?;
/// client.send(&wa_message! { <image> to: "+15550100", id: &photo }?).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uploaded {
    id: String,
    advice: Arc<[String]>,
}

impl Uploaded {
    /// Returns the id, by which messages name the file.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns what the check of the file had to say: see [`Checked::advice`].
    #[must_use]
    pub fn advice(&self) -> &[String] {
        &self.advice
    }
}

#[diagnostic::do_not_recommend]
impl IntoText for Uploaded {
    fn into_text(self) -> Cow<'static, str> {
        self.id.into()
    }
}

impl AsMediaRef for Uploaded {
    fn as_media_ref(&self) -> MediaRef<'_> {
        MediaRef::new(&self.id)
    }
}

impl Accepted for Uploaded {}

/// An upload that is about to begin. It begins when it is awaited.
#[must_use = "an upload begins when it is awaited"]
pub struct UploadMedia<'c> {
    client: &'c Client,
    media: Media,
    watcher: Watcher,
    minutes: Option<u64>,
}

impl<'c> UploadMedia<'c> {
    pub(super) fn new(client: &'c Client, media: Media) -> Self {
        Self { client, media, watcher: Watcher::default(), minutes: None }
    }

    /// Calls a function with each piece that goes. A new attempt begins at zero.
    ///
    /// It is called between the pieces, so it had better be quick.
    pub fn on_progress(self, watch: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self { watcher: Watcher::new(watch), ..self }
    }

    /// Sets how long the file is kept, in whole minutes. Only for numbers that keep nothing in the cloud; for all others it
    /// is 30 days.
    pub fn kept_for(self, time: Duration) -> Self {
        Self { minutes: Some(time.as_secs() / 60), ..self }
    }

    async fn run(mut self) -> Result<Uploaded, Error> {
        let (least, most) = TTL_MINUTES;
        if self.minutes.is_some_and(|minutes| !(least..=most).contains(&minutes)) {
            let details = format!("it is from {least} to {most} minutes");
            return Err(FileError::new(FileErrorKind::TimeOutOfRange).with_details(details).into());
        }
        let checked = self.media.check().await?;
        let tries = if self.media.is_repeatable() { Tries::AsAllowed } else { Tries::Once };
        let operation = upload_media(&self.client.0.phone_number_id).operation;
        // Whoever has a stream takes it out, and that is once.
        let media = Mutex::new(&mut self.media);
        let (client, watcher, ttl, checked) = (self.client, &self.watcher, self.minutes, &checked);
        let attempt = || async {
            let content = media.lock().await.take().await?;
            post(client, content, checked, ttl, watcher.clone()).await
        };
        deliver(client, operation, tries, attempt).await
    }
}

async fn post(
    client: &Client,
    content: Content,
    checked: &Checked,
    minutes: Option<u64>,
    watcher: Watcher,
) -> Result<Uploaded, Error> {
    let boundary = boundary();
    let form = upload_form(checked.mime_type(), minutes);
    let (head, tail) = form.around(&boundary, &checked.name, checked.mime_type());
    let body = FileBody::new(content, 0, checked.size(), watcher).within(head, tail);
    let (size, broken) = (body.size(), body.broken());
    let call = upload_media(&client.0.phone_number_id);
    let mut request = call.request(client, Some((Body::wrap(body), size)))?;
    form_type(request.headers_mut(), &boundary);
    let advice = checked.advice().into();
    let made = |answer: UploadAnswer| {
        if answer.id.is_empty() {
            Err("`id` is empty")
        } else {
            Ok(Uploaded { id: answer.id, advice })
        }
    };
    call.answered(client, request, made).await.map_err(|error| broken.or(error))
}

impl<'c> IntoFuture for UploadMedia<'c> {
    type Output = Result<Uploaded, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'c>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}
