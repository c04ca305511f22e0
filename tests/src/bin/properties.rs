//! Compares all doors on documents made by chance:
//!
//! ```text
//! cargo run --release -p wa-message-tests --bin properties -- --documents 1000000 --seed 1
//! ```
//!
//! It ends with 1 when two doors disagree. `--first 17 --documents 1` looks at one document again,
//! `--threads` says how many cores are used, `--sandbox` how many documents are sent to the sandbox.

use std::{process::ExitCode, thread, time::Instant};

use wa_message_tests::{Plan, compare_with_sandbox, run};

fn main() -> ExitCode {
    let mut plan = Plan {
        seed: 1,
        first: 0,
        documents: 100_000,
        threads: thread::available_parallelism().map_or(1, |cores| cores.get() as u64),
    };
    let mut sandbox = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let Some(value) = arguments.next().and_then(|value| value.parse().ok()) else {
            eprintln!("`{name}` needs a number");
            return ExitCode::from(2);
        };
        match name.as_str() {
            "--seed" => plan.seed = value,
            "--first" => plan.first = value,
            "--documents" => plan.documents = value,
            "--threads" => plan.threads = value,
            "--sandbox" => sandbox = Some(value),
            _ => {
                eprintln!(
                    "there is no `{name}`; known are --seed, --first, --documents, --threads and --sandbox"
                );
                return ExitCode::from(2);
            }
        }
    }
    let start = Instant::now();
    let (tally, wrong) = run(plan);
    println!("{tally}");
    println!(
        "seed {}, {} threads, {:.1} s",
        plan.seed,
        plan.threads,
        start.elapsed().as_secs_f64()
    );
    for disagreement in &wrong {
        println!("\n{disagreement}");
    }
    // A request takes its time, so the sandbox gets one document of a hundred.
    let requests = sandbox.unwrap_or(plan.documents / 100);
    let answers = match compare_with_sandbox(plan.seed, requests) {
        Ok(answers) => answers,
        Err(error) => vec![format!("the sandbox: {error}")],
    };
    for answer in answers.iter().take(5) {
        println!("\n{answer}");
    }
    println!("compared with the sandbox {requests:>9}");
    println!("disagreements {:>9}", wrong.len() + answers.len());
    if wrong.is_empty() && answers.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
