//! A server that accepts everything, with as little work as HTTP allows.

use std::{convert::Infallible, io::Read, net::Ipv4Addr, thread};

use http_body_util::{BodyExt, Full};
use hyper::{
    Request, Response,
    body::{Bytes, Incoming},
    header::{CONTENT_TYPE, HeaderValue},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use crate::sides::Failure;

/// What the API answers to an accepted message.
const ANSWER: &str = concat!(
    r#"{"messaging_product":"whatsapp","contacts":[{"input":"+5521999990000","wa_id":"5521999990000"}],"#,
    r#""messages":[{"id":"wamid.HBgNNTUyMTk5OTk5MDAwMBUCABEYEjQ3NkYwMkVGNjFGQzlBRTU2RgA="}]}"#
);

/// Prints its address, and serves until its input ends.
pub(crate) fn serve() -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        println!("{}", listener.local_addr()?);
        thread::spawn(|| {
            let _ = std::io::stdin().read(&mut [0]);
            std::process::exit(0);
        });
        loop {
            let (stream, _) = listener.accept().await?;
            stream.set_nodelay(true)?;
            let connection =
                http1::Builder::new().serve_connection(TokioIo::new(stream), service_fn(answer));
            tokio::spawn(connection);
        }
    })
}

async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    // A body that is not read would close the connection.
    let _ = request.into_body().collect().await;
    let mut response = Response::new(Full::from(ANSWER));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}
