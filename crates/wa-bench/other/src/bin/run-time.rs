//! Checks that all sides write the same documents, measures them in turns and prints the result.
//!
//! `run-time [rounds] [comparison]`

use std::{
    error::Error,
    net::TcpListener,
    process::{Command, Stdio},
};

use wa_bench::{Measured, Side, measure};
use wa_bench_other::{ADDRESS, Comparison, REFUSED, all, body, send_each};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let first = arguments.next();
    if first.as_deref() == Some("send") {
        let (Some(to), Some(value)) = (arguments.next(), arguments.next()) else {
            return Err("to whom, and what?".into());
        };
        return send_each(&to, &value);
    }
    if std::env::var(ADDRESS).as_deref() != Ok(REFUSED) {
        return Err(format!("{ADDRESS} has to be {REFUSED}").into());
    }
    let rounds = first.unwrap_or_else(|| wa_bench::ROUNDS.to_string());
    let comparisons = all();
    if let Some(id) = arguments.next() {
        let found = comparisons.iter().find(|comparison| comparison.id == id);
        let measured = measured(found.ok_or("there is no such comparison")?, rounds.parse()?)?;
        println!("{}", serde_json::to_string(&measured)?);
        return Ok(());
    }
    check_other()?;
    let mut results = serde_json::Map::new();
    for Comparison { id, .. } in &comparisons {
        eprintln!("  {id}");
        // Each in a process of its own: what it costs to allocate depends on what was allocated
        // before.
        let child = Command::new(std::env::current_exe()?)
            .args([&rounds, *id])
            .stderr(Stdio::inherit())
            .output()?;
        if !child.status.success() {
            return Err(format!("{id} was not measured").into());
        }
        results.insert((*id).to_owned(), serde_json::from_slice(&child.stdout)?);
    }
    println!("{}", serde_json::Value::from(results));
    Ok(())
}

fn measured(comparison: &Comparison, rounds: usize) -> Result<Vec<Measured>, Box<dyn Error>> {
    comparison.check()?;
    let sides: Vec<_> = comparison.sides.iter().map(|(name, run)| Side { name, run }).collect();
    Ok(measure(&sides, rounds))
}

/// Lets the other crate send its documents to a loopback connection and compares what arrives.
fn check_other() -> Result<(), Box<dyn Error>> {
    use wa_bench::sides::json;

    let (to, value) = ("+5521999990000", "A \"quoted\" title");
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut child = Command::new(std::env::current_exe()?)
        .args(["send", to, value])
        .env(ADDRESS, format!("http://{}", listener.local_addr()?))
        .spawn()?;
    for document in [json::list_in_full, json::button, json::text] {
        let (sent, expected) = (body(&listener)?, document(to, value));
        if sent != expected {
            return Err(format!("whatsapp-business-rs writes something else: {sent}").into());
        }
    }
    child.wait()?;
    Ok(())
}
