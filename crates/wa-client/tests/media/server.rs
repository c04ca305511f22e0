//! A server that gives prepared answers, one to each request, and writes down what it was asked.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};
use wa_message::{Client, ClientBuilder, client::Backoff};

use crate::{
    JPEG,
    common::{TOKEN, builder_at},
};

/// A request as it came.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// The method and the path.
    pub(crate) fn line(&self) -> &str {
        self.head.lines().next().unwrap().strip_suffix(" HTTP/1.1").unwrap()
    }

    /// The values of a header.
    pub(crate) fn header(&self, name: &str) -> Vec<&str> {
        let headers = self.head.lines().filter_map(|line| line.split_once(": "));
        headers
            .filter(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .collect()
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    replies: Arc<Mutex<VecDeque<Vec<u8>>>>,
}

impl Server {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            requests: Arc::default(),
            replies: Arc::default(),
        };
        let (requests, replies) = (Arc::clone(&server.requests), Arc::clone(&server.replies));
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let (requests, replies) = (Arc::clone(&requests), Arc::clone(&replies));
                tokio::spawn(async move {
                    let Some(request) = read(&mut stream).await else { return };
                    requests.lock().unwrap().push(request);
                    let reply = replies.lock().unwrap().pop_front();
                    let reply = reply.unwrap_or_else(|| reply_with("500 No more", "", b""));
                    stream.write_all(&reply).await.unwrap();
                    if reply.ends_with(STALLS) {
                        tokio::time::sleep(Duration::from_secs(60)).await;
                    }
                    // Many chunks of 16 bytes, again and again.
                    let more = ENDLESS.repeat(1000);
                    while reply.ends_with(ENDLESS) && stream.write_all(&more).await.is_ok() {}
                });
            }
        });
        server
    }

    /// With the answers to come.
    pub(crate) fn replying(self, replies: impl IntoIterator<Item = Vec<u8>>) -> Self {
        self.will_reply(replies);
        self
    }

    /// Adds answers to come.
    pub(crate) fn will_reply(&self, replies: impl IntoIterator<Item = Vec<u8>>) {
        self.replies.lock().unwrap().extend(replies);
    }

    /// Forgets what was asked, and the answers that nobody asked for.
    pub(crate) fn forget(&self) {
        self.requests.lock().unwrap().clear();
        self.replies.lock().unwrap().clear();
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.requests().iter().map(|request| request.line().to_owned()).collect()
    }

    pub(crate) fn builder(&self) -> ClientBuilder {
        builder_at(self.address).rate(None).recipient_rate(None)
    }

    /// A client that makes one attempt.
    pub(crate) fn client(&self) -> Client {
        self.builder().retry(Backoff::never()).build().unwrap()
    }

    /// A client that makes several attempts without much of a pause.
    pub(crate) fn patient(&self) -> Client {
        let retry = Backoff::new().first_pause(Duration::from_millis(1));
        self.builder().retry(retry).build().unwrap()
    }

    /// Where the file is on this server.
    pub(crate) fn url(&self) -> String {
        format!("http://{}/file?mid=500&hash=aGFzaA", self.address)
    }

    /// The answer to a look-up of the picture, with a file on this server.
    pub(crate) fn info(&self, sha256: &str) -> Vec<u8> {
        info_at(&self.url(), sha256)
    }

    /// The answer to a look-up that announces no size.
    pub(crate) fn info_of_any_size(&self, sha256: &str) -> Vec<u8> {
        info_of(&self.url(), sha256, "null")
    }
}

/// At its end, a connection stays open and nothing comes any more.
pub(crate) const STALLS: &[u8] = b"(stalls)";

/// At its end, the same comes again until nobody takes it any more.
pub(crate) const ENDLESS: &[u8] = b"10\r\nover and over.. \r\n";

/// The answer to a look-up of the picture.
pub(crate) fn info_at(url: &str, sha256: &str) -> Vec<u8> {
    info_of(url, sha256, &format!(r#""{}""#, JPEG.len()))
}

/// The answer to a look-up. The size is JSON.
pub(crate) fn info_of(url: &str, sha256: &str, size: &str) -> Vec<u8> {
    json(&format!(
        r#"{{"messaging_product":"whatsapp","url":"{url}","mime_type":"image/jpeg","sha256":"{sha256}","file_size":{size},"id":500}}"#
    ))
}

pub(crate) fn json(body: &str) -> Vec<u8> {
    reply_with("200 OK", "content-type: application/json\r\n", body.as_bytes())
}

pub(crate) fn refusal(status: &str, body: &str) -> Vec<u8> {
    reply_with(status, "", format!(r#"{{"error":{body}}}"#).as_bytes())
}

pub(crate) fn file(body: &[u8]) -> Vec<u8> {
    reply_with("200 OK", "content-type: image/jpeg\r\n", body)
}

pub(crate) fn reply_with(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut read = Vec::new();
    loop {
        let is_end = stream.read_buf(&mut read).await.unwrap_or(0) == 0;
        let end = read.windows(4).position(|window| window == b"\r\n\r\n");
        if let Some(end) = end {
            let head = String::from_utf8(read[..end].to_vec()).unwrap();
            let body = read[end + 4..].to_vec();
            let request = Request { head, body };
            let length = request.header("content-length");
            let length = length.first().map_or(0, |length| length.parse().unwrap());
            if request.body.len() >= length || is_end {
                return Some(request);
            }
        } else if is_end {
            return None;
        }
    }
}

/// The token is on each request as a bearer, and so is one name of a program.
pub(crate) fn is_as_always(request: &Request) -> bool {
    request.header("authorization") == [format!("Bearer {TOKEN}")]
        && request.header("user-agent").len() == 1
        && request.header("user-agent")[0].starts_with("wa-message/")
}
