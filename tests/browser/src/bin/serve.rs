//! Serves a sandbox until its input ends. The first line of the output is its address.

use std::io;

use wa_sandbox::Sandbox;

#[tokio::main]
async fn main() -> io::Result<()> {
    let sandbox = Sandbox::start().await?;
    println!("{}", sandbox.base_url());
    tokio::task::spawn_blocking(|| io::copy(&mut io::stdin(), &mut io::sink())).await??;
    sandbox.shutdown().await
}
