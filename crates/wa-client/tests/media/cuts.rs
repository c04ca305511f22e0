//! Uploads in parts to the stand-in of the API, over connections that are cut.

use std::{collections::VecDeque, net::SocketAddr, time::Duration};

use futures_util::future::join_all;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};
use wa_message::{
    Client, Error,
    client::{
        Backoff,
        media::{Media, Upload},
    },
};
use wa_sandbox::Sandbox;

use crate::JPEG;

/// How many bytes go up and down on a connection until it is cut.
#[derive(Clone, Copy, Debug)]
struct Cut {
    up: u64,
    down: u64,
}

const NEVER: u64 = u64::MAX;

/// Stands between a client and a server, and cuts the first connections.
async fn between(server: SocketAddr, cuts: impl IntoIterator<Item = Cut>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let mut cuts: VecDeque<_> = cuts.into_iter().collect();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let cut = cuts.pop_front().unwrap_or(Cut { up: NEVER, down: NEVER });
            tokio::spawn(async move {
                let server = TcpStream::connect(server).await.unwrap();
                let (from_client, to_client) = client.into_split();
                let (from_server, to_server) = server.into_split();
                // The first that comes to its end cuts both.
                tokio::select! {
                    () = passed(from_client, to_server, cut.up) => {}
                    () = passed(from_server, to_client, cut.down) => {}
                }
            });
        }
    });
    address
}

async fn passed(from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, most: u64) {
    let mut from = from.take(most);
    let _ = tokio::io::copy(&mut from, &mut to).await;
    let _ = to.flush().await;
}

fn client_at(address: &str, sandbox: &Sandbox) -> Client {
    // So long that what arrived before a cut is there when it is asked for.
    let retry = Backoff::new().first_pause(Duration::from_millis(100));
    Client::builder(sandbox.token(), sandbox.phone_number_id())
        .base_url(address)
        .retry(retry)
        .build()
        .unwrap()
}

fn sample() -> Media {
    let mut bytes = JPEG.to_vec();
    bytes.resize(300_000, 7);
    Media::sample(bytes)
}

async fn begun(client: &Client) -> Upload {
    client.media().begin_upload("700100", &mut sample()).await.unwrap()
}

/// The part of a handle that stands for the bytes.
fn content(handle: &str) -> &str {
    handle.rsplit(':').next().unwrap()
}

#[tokio::test]
async fn a_cut_at_any_stage_is_mended() {
    let sandbox = Sandbox::start().await.unwrap();
    let address: SocketAddr = sandbox.base_url()["http://".len()..].parse().unwrap();
    let direct = client_at(&sandbox.base_url(), &sandbox);
    let mut upload = begun(&direct).await;
    let whole = direct.media().continue_upload(&mut upload, sample()).await.unwrap();

    let sending = [
        // Before anything, in the head, behind it, in the file, before its last byte, and when all of it went.
        Cut { up: 0, down: NEVER },
        Cut { up: 60, down: NEVER },
        Cut { up: 400, down: NEVER },
        Cut { up: 150_000, down: NEVER },
        Cut { up: 299_999, down: NEVER },
        Cut { up: NEVER, down: 0 },
        Cut { up: NEVER, down: 30 },
    ];
    // Then, where it is asked how much is there.
    let asking = [None, Some(Cut { up: 50, down: NEVER }), Some(Cut { up: NEVER, down: 40 })];
    let uploads = sending.into_iter().flat_map(|first| asking.map(|asking| (first, asking)));
    // All at once: each waits for its pauses.
    let uploads = uploads.map(async |(first, asking)| {
        let mut upload = begun(&direct).await;
        let between = between(address, [first].into_iter().chain(asking)).await;
        let client = client_at(&format!("http://{between}"), &sandbox);
        let handle = client.media().continue_upload(&mut upload, sample()).await;
        let handle = handle.unwrap_or_else(|error| panic!("{first:?} {asking:?}: {error:?}"));
        assert_eq!(content(handle.as_str()), content(whole.as_str()), "{first:?} {asking:?}");
        assert_eq!(upload.offset(), 300_000);
    });
    join_all(uploads).await;
}

#[tokio::test]
async fn a_line_that_is_always_cut_is_left_and_another_run_goes_on() {
    let sandbox = Sandbox::start().await.unwrap();
    let address: SocketAddr = sandbox.base_url()["http://".len()..].parse().unwrap();
    let direct = client_at(&sandbox.base_url(), &sandbox);
    let mut upload = begun(&direct).await;
    let between = between(address, [Cut { up: 50_000, down: NEVER }; 100]).await;
    let client = client_at(&format!("http://{between}"), &sandbox);
    let error = client.media().continue_upload(&mut upload, sample()).await.unwrap_err();
    assert!(matches!(error, Error::InDoubt(_)) && error.is_safe_to_resend(), "{error:?}");
    // Each attempt got a bit further, and each is bounded.
    assert!((1..300_000).contains(&upload.offset()), "{}", upload.offset());

    tokio::time::sleep(Duration::from_millis(100)).await;
    let stored = serde_json::to_string(&upload).unwrap();
    let mut upload: Upload = serde_json::from_str(&stored).unwrap();
    let handle = direct.media().continue_upload(&mut upload, sample()).await.unwrap();
    let mut other = begun(&direct).await;
    let whole = direct.media().continue_upload(&mut other, sample()).await.unwrap();
    assert_eq!(content(handle.as_str()), content(whole.as_str()));
}
