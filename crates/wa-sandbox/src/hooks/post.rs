//! One POST, over a connection that is used again where that is possible.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use http_body_util::{BodyExt, Full, Limited};
use hyper::{
    Method, Request,
    body::Bytes,
    client::conn::http1::{self, SendRequest},
    header::{CONTENT_TYPE, HOST, USER_AGENT},
};
use hyper_util::rt::TokioIo;
use tokio::{io::AsyncWriteExt, time};

use super::target::Target;

/// How many idle connections are kept.
const IDLE_AT_MOST: usize = 16;
/// How much of an answer is read before its connection is used again, in bytes.
const ANSWER_AT_MOST: usize = 64 * 1024;

type Connection = SendRequest<Full<Bytes>>;

/// Posts webhooks to one address.
pub(super) struct Poster {
    target: Target,
    idle: Mutex<Vec<Connection>>,
}

/// What is posted: a body and the header that signs it.
#[derive(Clone)]
pub(super) struct Signed {
    pub(super) body: Bytes,
    pub(super) signature: String,
}

impl Poster {
    pub(super) fn new(target: Target) -> Self {
        Self { target, idle: Mutex::default() }
    }

    /// Posts, and returns the status of the answer. The error says why there is none.
    pub(super) async fn post(
        &self,
        signed: &Signed,
        within: Duration,
    ) -> Result<u16, &'static str> {
        time::timeout(within, self.exchange(signed)).await.unwrap_or(Err("no answer in time"))
    }

    async fn exchange(&self, signed: &Signed) -> Result<u16, &'static str> {
        let mut request = self.request(signed);
        // One that the receiver has closed meanwhile gives the request back.
        while let Some(mut connection) = self.take() {
            if connection.ready().await.is_err() {
                continue;
            }
            match connection.try_send_request(request).await {
                Ok(answer) => return Ok(self.finish(answer, connection).await),
                Err(mut error) => match error.take_message() {
                    Some(unsent) => request = unsent,
                    None => return Err("the connection broke"),
                },
            }
        }
        let stream = self.target.connect().await.map_err(|_| "no connection")?;
        let (mut connection, driver) =
            http1::handshake(TokioIo::new(stream)).await.map_err(|_| "no connection")?;
        // It ends with the connection, which ends when nobody holds it.
        tokio::spawn(driver);
        let answer = connection.send_request(request).await.map_err(|_| "the connection broke")?;
        Ok(self.finish(answer, connection).await)
    }

    fn request(&self, signed: &Signed) -> Request<Full<Bytes>> {
        let request = Request::builder()
            .method(Method::POST)
            .uri(self.target.path())
            .header(HOST, self.target.authority())
            .header(CONTENT_TYPE, "application/json")
            .header(USER_AGENT, "facebookexternalua")
            .header(wa_webhook::SIGNATURE_HEADER, &signed.signature);
        // The parts were read from an address, or are made of ASCII, so there is no error.
        request.body(Full::new(signed.body.clone())).unwrap_or_default()
    }

    /// Reads the rest of an answer, so that the connection can be used again.
    async fn finish(
        &self,
        answer: hyper::Response<hyper::body::Incoming>,
        connection: Connection,
    ) -> u16 {
        let status = answer.status().as_u16();
        if Limited::new(answer.into_body(), ANSWER_AT_MOST).collect().await.is_ok() {
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            if idle.len() < IDLE_AT_MOST && !connection.is_closed() {
                idle.push(connection);
            }
        }
        status
    }

    fn take(&self) -> Option<Connection> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    /// Breaks the connection in the middle of the body.
    pub(super) async fn cut(&self, signed: &Signed, within: Duration) {
        let half = &signed.body[..signed.body.len() / 2];
        let head = format!(
            "POST {} HTTP/1.1\r\n{HOST}: {}\r\n{CONTENT_TYPE}: application/json\r\n{}: {}\r\n\
             content-length: {}\r\n\r\n",
            self.target.path(),
            self.target.authority(),
            wa_webhook::SIGNATURE_HEADER,
            signed.signature,
            signed.body.len(),
        );
        let posted = async {
            let mut stream = self.target.connect().await?;
            stream.write_all(head.as_bytes()).await?;
            stream.write_all(half).await?;
            stream.shutdown().await
        };
        // That it fails is what is asked for.
        let _ = time::timeout(within, posted).await;
    }
}
