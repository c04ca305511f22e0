//! Measures the macro outside of the compiler.

use std::{hint::black_box, time::Instant};

use proc_macro2::TokenStream;
use wa_bench::{project::Outcome, written::invocation};

use crate::results::Expansion;

const INVOCATIONS: usize = 2_000;
const ROUNDS: usize = 7;

/// Writes what stands in the braces of the invocation of that number.
type Written = fn(usize) -> String;

/// The median of some rounds, for messages of three kinds.
pub(crate) fn expansion() -> Outcome<Expansion> {
    let kinds: [(&str, Written); 3] = [
        ("a list message of four rows", |index| invocation(index, "")),
        ("a text message", |index| format!("<text> to: to, body: \"Number {index}\"")),
        ("a template message with three parameters", |index| {
            format!(
                "<template> to: to, name: \"order_{index}\", language: \"en_US\",
                 body: [name, {{ date_time: \"3 May 2026\" }}, \"Ada\"],
                 buttons: [{{ url: \"orders/{index}\" }}]"
            )
        }),
    ];
    let mut results = Vec::new();
    for (name, written) in kinds {
        let inputs = (0..INVOCATIONS)
            .map(|index| format!("[::wa_message] {}", written(index)).parse())
            .collect::<Result<Vec<TokenStream>, _>>()?;
        if let Some(wrong) = wa_message_dsl::analyse(inputs[0].clone()).diagnostics().first() {
            return Err(format!("{name} does not expand: {}", wrong.message).into());
        }
        let mut times: Vec<f64> = (0..ROUNDS).map(|_| round(&inputs)).collect();
        times.sort_by(f64::total_cmp);
        results.push((name.to_owned(), times[ROUNDS / 2]));
    }
    Ok(Expansion { invocations: INVOCATIONS, kinds: results })
}

/// What one expansion takes in a round of all, in microseconds.
fn round(inputs: &[TokenStream]) -> f64 {
    let inputs = inputs.to_vec();
    let mut outputs = Vec::with_capacity(inputs.len());
    let count = u32::try_from(inputs.len()).map_or(f64::INFINITY, f64::from);
    let start = Instant::now();
    for input in inputs {
        outputs.push(black_box(wa_message_dsl::expand(input)));
    }
    let time = start.elapsed();
    drop(outputs);
    time.as_secs_f64() * 1e6 / count
}
