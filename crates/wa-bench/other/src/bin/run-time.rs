//! Checks that all sides write the same documents, measures them in turns and prints the result.
//!
//! `run-time [rounds]`

use std::{error::Error, net::TcpListener, process::Command};

use wa_bench::{Side, measure};
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
    let rounds = first.map_or(Ok(wa_bench::ROUNDS), |text| text.parse())?;
    let comparisons = all();
    for comparison in &comparisons {
        comparison.check()?;
    }
    check_other()?;
    let mut results = serde_json::Map::new();
    for Comparison { id, sides, .. } in &comparisons {
        eprintln!("  {id}");
        let sides: Vec<_> = sides.iter().map(|(name, run)| Side { name, run }).collect();
        results.insert((*id).to_owned(), serde_json::to_value(measure(&sides, rounds))?);
    }
    println!("{}", serde_json::Value::from(results));
    Ok(())
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
