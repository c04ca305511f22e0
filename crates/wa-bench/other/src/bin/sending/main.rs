//! Requests a second over loopback, of each way to send the same text, printed as JSON.
//!
//! `sending [turns]` starts a server in a process of its own and measures in another one, because the
//! other crate takes its address from the environment.

mod server;
mod sides;

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    time::Instant,
};

use sides::{Failure, Sides};
use wa_bench_other::ADDRESS;

/// How often the sides take turns, unless it is said.
const TURNS: usize = 30;
/// How many requests run at once, and how many there are in one turn.
const LOADS: [(usize, usize); 2] = [(1, 500), (64, 2_560)];

/// The requests a second of each turn: of each load, of each side.
type Rates = BTreeMap<usize, BTreeMap<&'static str, Vec<f64>>>;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("serve") => server::serve(),
        Some("measure") => {
            let (address, turns) = (arguments.next(), arguments.next());
            let (address, turns) = (address.ok_or("where?")?, turns.ok_or("how often?")?);
            let rates = measure(&address, turns.parse()?)?;
            println!("{}", serde_json::to_string(&rates)?);
            Ok(())
        }
        turns => start(turns.map_or(Ok(TURNS), str::parse)?),
    }
}

/// Starts the server, and what measures.
fn start(turns: usize) -> Result<(), Failure> {
    let program = std::env::current_exe()?;
    let mut server =
        Command::new(&program).arg("serve").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut address = String::new();
    let output = server.stdout.take().ok_or("the server is silent")?;
    BufReader::new(output).read_line(&mut address)?;
    let address = format!("http://{}", address.trim());
    let status = Command::new(&program)
        .args(["measure", &address, &turns.to_string()])
        .env(ADDRESS, &address)
        .status();
    // It serves until its input ends.
    drop(server.stdin.take());
    server.wait()?;
    if status?.success() { Ok(()) } else { Err("nothing was measured".into()) }
}

/// Lets the sides take turns.
fn measure(address: &str, turns: usize) -> Result<Rates, Failure> {
    // One thread sends and another process answers, so each has a processor of its own.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let sides = Sides::new(address)?;
        let mut rates = Rates::new();
        for (concurrency, requests) in LOADS {
            for side in sides.of(concurrency) {
                // Connections are made, and everything that is made once.
                side.run(concurrency, requests).await?;
            }
            let rates = rates.entry(concurrency).or_default();
            for turn in 0..turns {
                let mut order: Vec<_> = sides.of(concurrency).collect();
                // So that nobody has the better place.
                let first = turn % order.len();
                order.rotate_left(first);
                for side in order {
                    let start = Instant::now();
                    side.run(concurrency, requests).await?;
                    let count = f64::from(u32::try_from(requests)?);
                    let rate = count / start.elapsed().as_secs_f64();
                    rates.entry(side.name).or_default().push(rate);
                }
            }
        }
        Ok(rates)
    })
}
