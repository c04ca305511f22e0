//! Sends 500 messages with a progress bar, and says what became of each.
//!
//! `cargo run --example campaign` sends to a stand-in of the API that runs in this program and
//! misbehaves: it refuses some messages, and breaks some connections before or after it has accepted
//! the message. Ctrl-C lets the running requests finish and sends no more.

use std::{collections::BTreeMap, error::Error, time::Duration};

use indicatif::{ProgressBar, ProgressStyle};
use wa_message::{Client, InvalidMessage, Message, client::bulk::Outcome, wa_message};
use wa_sandbox::{Fault, Faults, Sandbox};

/// Somebody who is to be told.
struct Guest {
    name: String,
    phone: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::builder().faults(faults()).start().await?;
    let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
        .base_url(sandbox.base_url())
        // Only so that this example ends soon. A real answer may take its time, and a message
        // whose answer is not waited for is in doubt.
        .timeout(Duration::from_secs(3))
        .build()?;

    // One message, to everybody. All of it is checked before the first one goes out.
    let guests: Vec<Guest> = guests().collect();
    let invitation = invitation();
    let messages: Vec<(usize, Message)> = guests
        .iter()
        .enumerate()
        .map(|(index, guest)| {
            // The status webhooks carry the data: by it one finds out what became of a message in doubt.
            Ok((index, invitation.with_to(&guest.phone)?.with_callback_data(callback_data(index))?))
        })
        .collect::<Result<_, InvalidMessage>>()?;

    println!("Sending {} messages to a sandbox at {}.", messages.len(), sandbox.base_url());
    let bar = ProgressBar::new(messages.len().try_into()?)
        .with_style(ProgressStyle::with_template("{bar:40} {pos}/{len}  {msg}, {eta} left")?);
    let mut account = Account::default();
    let mut sending = client.send_each(messages);
    let stop = sending.stop_handle();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            stop.stop();
        }
    });
    while let Some(outcome) = sending.next().await {
        account.add(outcome);
        bar.set_message(format!("{} sent", sending.summary().sent()));
        bar.inc(1);
    }
    bar.finish_and_clear();

    println!("{}\n", sending.summary());
    account.print(&guests, &sandbox);
    Ok(())
}

/// What goes wrong, and how often.
fn faults() -> Faults {
    Faults::none()
        .rate(0.02, Fault::Code(131_030))
        .rate(0.01, Fault::Code(131_053))
        .rate(0.01, Fault::Gateway { status: 502, accepted: false })
        .rate(0.01, Fault::Reset { accepted: false })
        .rate(0.01, Fault::Reset { accepted: true })
        .rate(0.005, Fault::Stall { accepted: true })
        .seed(17)
}

fn guests() -> impl Iterator<Item = Guest> {
    (0..500).map(|number| Guest {
        name: format!("Guest {number}"),
        phone: format!("+1555010{number:04}"),
    })
}

fn invitation() -> Message {
    wa_message! { <button>
        to: "+15550100",
        header: { image: { link: "https://example.org/table.png" } },
        body: "A table is yours tonight.",
        buttons: [{ id: "keep", title: "Keep it" }, { id: "cancel", title: "Cancel it" }],
    }
}

fn callback_data(index: usize) -> String {
    format!("tonight/{index}")
}

/// What has to be done after the messages are sent.
#[derive(Default)]
struct Account {
    /// Refused, by what the API said.
    refused: BTreeMap<String, Vec<usize>>,
    /// Not sent. Each can be sent again.
    again: Vec<usize>,
    /// Perhaps sent. None can be sent again before it is known.
    in_doubt: Vec<usize>,
}

impl Account {
    fn add(&mut self, outcome: Outcome<usize>) {
        use wa_message::Error;

        let Outcome { key, result, .. } = outcome;
        match result {
            // A program that is not an example keeps the WAMID: the status webhooks name it.
            Ok(_sent) => {}
            // The API has it, and only its answer was strange.
            Err(Error::Unreadable(_)) => {}
            Err(Error::Refused(error)) => {
                self.refused.entry(error.to_string()).or_default().push(key);
            }
            Err(error) if error.is_safe_to_resend() => self.again.push(key),
            Err(_) => self.in_doubt.push(key),
        }
    }

    fn print(&self, guests: &[Guest], sandbox: &Sandbox) {
        for (why, who) in &self.refused {
            println!("{} refused: {why}", who.len());
            println!("    the first is {}", guests[who[0]].name);
        }
        if !self.again.is_empty() {
            println!("{} not sent: send them again", self.again.len());
        }
        if self.in_doubt.is_empty() {
            return;
        }
        println!("{} in doubt: perhaps the API has accepted them", self.in_doubt.len());
        // Here the sandbox is asked. With the real API, wait for the status webhooks: that of an
        // accepted message carries its callback data.
        let ledger = sandbox.ledger();
        let (accepted, lost): (Vec<usize>, Vec<usize>) = self
            .in_doubt
            .iter()
            .partition(|index| !ledger.with_data(&callback_data(**index)).is_empty());
        println!("    {} of them were accepted: leave them alone", accepted.len());
        println!("    {} of them were lost: send them again", lost.len());
    }
}
