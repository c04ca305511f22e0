//! The process that is the sandbox. It serves until its standard input ends, or until it is killed.

use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::io::AsyncReadExt as _;
use wa_sandbox::{Faults, Sandbox, WebhookFaults, Webhooks};

use crate::{options::SandboxOptions, receiver};

/// How long a status waits for others that go with it.
const BATCH: Duration = Duration::from_millis(20);

type Counts = Arc<Mutex<BTreeMap<String, u64>>>;

/// Prints the address, and at the end how often each thing happened.
pub(crate) fn serve(options: &SandboxOptions) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let counts = Counts::default();
        let mut builder = Sandbox::builder()
            .port(options.port)
            .faults(Faults::every_kind(options.share).seed(options.seed))
            .ledger_file(&options.ledger)
            .log({
                let counts = Arc::clone(&counts);
                move |line| count(&counts, line)
            });
        if let Some(port) = options.webhooks {
            let faults = WebhookFaults::every_kind(options.share).seed(options.seed);
            let webhooks = Webhooks::to(receiver::address(port), receiver::APP_SECRET);
            builder = builder.webhooks(webhooks.batches(100, BATCH).faults(faults));
        }
        let sandbox = builder.start().await?;
        println!("{}", sandbox.base_url());
        tokio::io::stdin().read_to_end(&mut Vec::new()).await?;
        if sandbox.overflowed() > 0 {
            println!("{} statuses that were never posted", sandbox.overflowed());
        }
        for (what, count) in &*counts.lock().unwrap_or_else(PoisonError::into_inner) {
            println!("{count} {what}");
        }
        Ok(())
    })
}

/// `accepted`, or `not accepted: connection reset`, from a line of the log.
fn count(counts: &Counts, line: &str) {
    let accepted = if line.starts_with("accepted") { "accepted" } else { "not accepted" };
    let what = match (line.split_once("; fault: "), line.starts_with("refused")) {
        (Some((_, fault)), _) => format!("{accepted}: {fault}"),
        (None, true) => "refused".to_owned(),
        (None, false) => accepted.to_owned(),
    };
    *counts.lock().unwrap_or_else(PoisonError::into_inner).entry(what).or_default() += 1;
}
