//! A worker, which sends what the outbox keeps.

use wa_message::outbox::Moved;

use super::store::{Place, failed};
use crate::{
    api::Access,
    config::Settings,
    error::{Error, Exit},
    outcome, signals, terminal,
};

/// Send what the outbox keeps, until Ctrl-C or SIGTERM
///
/// It prints a line for each message that comes to a new state. When it is asked to end, it lets the requests that run
/// come to their end, and a second time it ends at once.
#[derive(Debug, clap::Args)]
pub(super) struct Run {
    /// End when nothing waits any more
    #[arg(long)]
    drain: bool,
    /// How many messages a second the number sends at most, with all workers together
    #[arg(long, value_name = "MESSAGES")]
    rate: Option<u32>,
    /// How many requests run at once at most
    #[arg(long, value_name = "REQUESTS")]
    concurrency: Option<usize>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    access: Access,
}

pub(super) async fn run(args: &Run, settings: &Settings, place: &Place) -> Result<Exit, Error> {
    let client = args.access.client(settings)?;
    let outbox = place.make().await?;
    let stop = signals::Stop::listen()?;
    let mut worker = outbox.worker(&client);
    if let Some(rate) = args.rate {
        worker = worker.rate(rate);
    }
    if let Some(requests) = args.concurrency {
        worker = worker.concurrency(requests);
    }
    let mut events = outbox.events();
    let json = args.json;
    let printing = tokio::spawn(async move {
        while let Some(moved) = events.next().await {
            // When nobody reads any more, that is no reason to stop sending.
            let _ = terminal::print(&line(&moved, json));
        }
    });
    terminal::say(&format!("Sending from the number {}.", client.phone_number_id()));
    let asked = stop.asked();
    let tally =
        if args.drain { worker.drain_until(asked).await } else { worker.run_until(asked).await };
    // What the last requests have brought about is told too.
    tokio::task::yield_now().await;
    drop(outbox);
    let _ = tokio::time::timeout(std::time::Duration::from_secs(1), printing).await;
    let tally = tally.map_err(failed)?;
    terminal::say(&format!("Ended: {tally}."));
    Ok(Exit::Done)
}

fn line(moved: &Moved, json: bool) -> String {
    if json {
        return serde_json::to_string(moved).unwrap_or_default() + "\n";
    }
    let name = moved.key.as_deref().map(outcome::one_line).unwrap_or_default();
    let more = match (&moved.failure, &moved.wamid) {
        (Some(failure), _) => outcome::one_line(&failure.text),
        (None, Some(wamid)) => outcome::one_line(wamid),
        (None, None) => String::new(),
    };
    let line = format!("{}  {}  {name}  {more}", moved.id, moved.state);
    format!("{}\n", line.trim_end())
}
