//! Bodies that come in pieces, break off, do not come, or are not to be read.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use http_body::{Body, Frame, SizeHint};

use super::*;

/// A body of a length that is known or not, whose pieces come as they are told to.
struct Pieces<F>(SizeHint, F);

impl<F: FnMut() -> Poll<Option<io::Result<Bytes>>> + Unpin> Body for Pieces<F> {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        (self.1)().map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.0
    }
}

fn post<F>(signature: &str, length: SizeHint, pieces: F) -> Request<Pieces<F>> {
    let request = Request::post("/").header(SIGNATURE_HEADER, signature);
    request.body(Pieces(length, pieces)).unwrap()
}

fn nobody_reads() -> Poll<Option<io::Result<Bytes>>> {
    panic!("the body is read")
}

#[tokio::test]
async fn header_and_length_are_looked_at_before_the_body() {
    let service = builder().build();
    let well_formed = format!("sha256={}", "0".repeat(64));
    let request = Request::post("/").body(Pieces(SizeHint::new(), nobody_reads)).unwrap();
    assert_eq!(status(&service, request).await, 401);
    assert_eq!(status(&service, post("sha256=", SizeHint::new(), nobody_reads)).await, 401);
    let long = SizeHint::with_exact((3 << 20) + 1);
    assert_eq!(status(&service, post(&well_formed, long, nobody_reads)).await, 413);
    let handshake = Request::get("/").body(Pieces(SizeHint::new(), nobody_reads)).unwrap();
    assert_eq!(status(&service, handshake).await, 403);
}

#[tokio::test]
async fn a_body_is_read_up_to_the_limit() {
    let service = builder().limit(1000).build();
    let text = format!("{{\"a\":\"{}\"}}", "x".repeat(992));
    assert_eq!(text.len(), 1000);
    assert_eq!(status(&service, signed(text.clone())).await, 200);
    assert_eq!(status(&service, signed(format!("{text} "))).await, 413);

    // Of a body that says nothing of its length, no more is read than it takes to see.
    let signature = verifier().sign(text.as_bytes());
    let mut pieces = 0;
    let endless = post(&signature, SizeHint::new(), || {
        pieces += 1;
        Poll::Ready(Some(Ok(Bytes::from_static(&[b' '; 300]))))
    });
    assert_eq!(status(&service, endless).await, 413);
    assert_eq!(pieces, 4);

    let mut halves = vec![Bytes::from(text[500..].to_owned()), Bytes::from(text[..500].to_owned())];
    let in_halves = post(&signature, SizeHint::new(), move || Poll::Ready(halves.pop().map(Ok)));
    assert_eq!(status(&service, in_halves).await, 200);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_breaks_off_or_does_not_come_is_given_up() {
    let (service, reports) = reporting(builder().within(Duration::from_secs(2)));
    let signature = verifier().sign(b"{}");
    let broken = || Poll::Ready(Some(Err(io::Error::other("diary"))));
    assert_eq!(status(&service, post(&signature, SizeHint::new(), broken)).await, 400);
    assert_eq!(reports.take(), ["the body of a request broke off"]);
    assert_eq!(status(&service, post(&signature, SizeHint::new(), || Poll::Pending)).await, 408);
    assert_eq!(reports.take(), ["the body of a request did not come in time"]);
}
