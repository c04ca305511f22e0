//! Sends 10,000 messages from an outbox, which survives whatever happens to this program.
//!
//! `cargo run --example outbox --features outbox` sends to a stand-in of the API that runs in this program and
//! misbehaves. Interrupt it by Ctrl-C, or end it by `kill -9`, and start it again: it goes on where it was. In the end it
//! prints the account, and holds it against what the stand-in has accepted.

use std::{
    collections::HashSet,
    error::Error,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressStyle};
use wa_message::{
    Client,
    outbox::{EntryId, Filter, NewEntry, Outbox, State},
    wa_message,
};
use wa_sandbox::{Fault, Faults, Ledger, Sandbox};

const MESSAGES: u32 = 10_000;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "target/outbox-example".to_owned());
    if folder.starts_with('-') {
        println!(
            "usage: outbox [FOLDER], where the outbox and the ledger of the stand-in are kept"
        );
        return Ok(());
    }
    let folder = PathBuf::from(folder);
    fs::create_dir_all(&folder)?;
    // What it has accepted stays in a file, as the outbox does.
    let sandbox = Sandbox::builder()
        .faults(faults())
        .ledger_file(folder.join("ledger.jsonl"))
        .start()
        .await?;
    let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
        .base_url(sandbox.base_url())
        .timeout(Duration::from_secs(3))
        .build()?;

    let outbox = Outbox::open(&format!("sqlite:{}", folder.join("outbox.db").display())).await?;
    // It may have been interrupted right here. By its key, none is put in twice.
    let entries = (0..MESSAGES).map(|order| {
        let to = format!("+1555{order:07}");
        let message = wa_message! { <text> to, body: format!("Order {order} is ready.") }?;
        Ok(NewEntry::new(client.phone_number_id(), &message).key(format!("order-{order}")))
    });
    let enqueued = outbox
        .enqueue_all(entries.collect::<Result<Vec<_>, wa_message::InvalidMessage>>()?)
        .await?;
    let new = enqueued.iter().filter(|enqueued| enqueued.is_new).count();
    println!("{new} messages are new in {}: {}", folder.display(), outbox.summary().await?);

    let bar = ProgressBar::new(MESSAGES.into())
        .with_style(ProgressStyle::with_template("{bar:40} {pos}/{len}  {msg}, {eta} left")?);
    let shown = tokio::spawn(show(outbox.clone(), bar.clone()));
    outbox
        .worker(&client)
        .rate(1_000)
        .lost_after(Duration::from_secs(10))
        .drain_until(interrupted())
        .await?;
    shown.abort();
    bar.finish_and_clear();

    account(&outbox, &folder).await
}

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

async fn show(outbox: Outbox, bar: ProgressBar) {
    while let Ok(summary) = outbox.summary().await {
        bar.set_position(summary.total() - summary.open());
        bar.set_message(format!("{} in doubt", summary.of(State::InDoubt)));
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

async fn account(outbox: &Outbox, folder: &Path) -> Result<(), Box<dyn Error>> {
    let summary = outbox.summary().await?;
    println!("{summary}");
    if summary.open() > 0 {
        println!("start it again to go on");
        return Ok(());
    }
    let ledger = Ledger::read(folder.join("ledger.jsonl"))?;
    let accepted: HashSet<EntryId> = ledger
        .accepted()
        .iter()
        .filter_map(|accepted| EntryId::of_callback_data(accepted.data()?))
        .collect();
    println!(
        "the stand-in has accepted {} messages, {} of them twice",
        accepted.len(),
        ledger.len() - accepted.len()
    );
    // Here the ledger is asked. With the real API, the status webhooks tell: `outbox.learn(&event)`.
    let doubts = outbox.list(Filter::new().state(State::InDoubt).most(MESSAGES)).await?;
    let known = doubts.iter().filter(|entry| accepted.contains(&entry.id)).count();
    println!("of {} in doubt it has {known}; the others never arrived", doubts.len());
    Ok(())
}

/// What goes wrong, and how often.
fn faults() -> Faults {
    Faults::none()
        .rate(0.01, Fault::Code(131_026))
        .rate(0.01, Fault::Code(131_016))
        .rate(0.005, Fault::Reset { accepted: true })
        .rate(0.005, Fault::Reset { accepted: false })
        .seed(17)
}
