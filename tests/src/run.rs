//! Many documents, on all cores.

use std::{
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    thread,
};

use serde_json::Value;
use wa_message::{Message, ReadReceipt};

use crate::{
    compare::{Agreement, Judge},
    generate::Generator,
    mutate::mutate,
    shrink::shrink,
    sites::sites,
    table::is_receipt,
    tally::Tally,
};

/// How many disagreements are shown. One cause has many documents.
const SHOWN_AT_MOST: usize = 5;

/// Which documents to compare.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// What all documents are made from.
    pub seed: u64,
    /// The number of the first document.
    pub first: u64,
    /// How many documents.
    pub documents: u64,
    /// On how many threads.
    pub threads: u64,
}

/// A document that the doors disagree about.
#[derive(Debug, Clone)]
pub struct Disagreement {
    /// The seed.
    pub seed: u64,
    /// The number of the document.
    pub index: u64,
    /// How it was changed.
    pub change: &'static str,
    /// What differs.
    pub what: String,
    /// The document, made as small as possible.
    pub document: Value,
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, index, change, what, document } = self;
        writeln!(f, "seed {seed}, document {index} ({change})")?;
        writeln!(f, "  smallest: {document}")?;
        write!(f, "  {what}")
    }
}

/// A document of a run.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The kind of message that it was made as.
    pub kind: &'static str,
    /// How it was changed.
    pub change: &'static str,
    /// The document before the change, if there was one.
    pub original: Option<Value>,
    /// The document.
    pub document: Value,
}

/// The document with a number.
pub fn sample(generator: &mut Generator, seed: u64, index: u64) -> Sample {
    generator.start(seed, index);
    let mut kind = generator.kind();
    let mut document = generator.document(kind);
    // There is more to find in documents of many values.
    if sites(&document).len() < 24 && generator.rng.u8(..3) > 0 {
        kind = generator.kind();
        document = generator.document(kind);
    }
    if generator.rng.u8(..5) == 0 {
        return Sample { kind: kind.name, change: "none", original: None, document };
    }
    let original = Some(document.clone());
    let change = mutate(generator, &mut document);
    Sample { kind: kind.name, change, original, document }
}

/// Compares all doors on every document.
#[must_use]
pub fn run(plan: Plan) -> (Tally, Vec<Disagreement>) {
    let (mut tally, mut wrong) = (Tally::default(), Vec::new());
    let threads = plan.threads.max(1);
    thread::scope(|scope| {
        let workers: Vec<_> =
            (0..threads).map(|worker| scope.spawn(move || part(plan, worker, threads))).collect();
        for worker in workers {
            // A door that panics is caught with its document. This is a fault of the test itself.
            let (counts, found) =
                worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            tally.merge(counts);
            wrong.extend(found);
        }
    });
    (tally, wrong)
}

fn part(plan: Plan, worker: u64, threads: u64) -> (Tally, Vec<Disagreement>) {
    let judge = Judge::default();
    let mut generator = Generator::default();
    let (mut tally, mut wrong) = (Tally::default(), Vec::new());
    let all = plan.first..plan.first + plan.documents;
    for index in all.filter(|index| index % threads == worker) {
        let Sample { kind, change, original, document } = sample(&mut generator, plan.seed, index);
        match compare(&judge, &document) {
            Ok(agreement) => {
                tally.add(kind, change, &agreement);
                let before = original.as_ref().unwrap_or(&document);
                tally.valid_at_first += u64::from(is_valid(before));
            }
            Err(what) => {
                let smallest = shrink(&document, |smaller| compare(&judge, smaller).is_err());
                let what = compare(&judge, &smallest).err().unwrap_or(what);
                wrong.push(Disagreement {
                    seed: plan.seed,
                    index,
                    change,
                    what,
                    document: smallest,
                });
                if wrong.len() >= SHOWN_AT_MOST {
                    break;
                }
            }
        }
    }
    (tally, wrong)
}

fn is_valid(document: &Value) -> bool {
    if is_receipt(document) {
        ReadReceipt::try_from(document).is_ok()
    } else {
        Message::try_from(document).is_ok()
    }
}

fn compare(judge: &Judge, document: &Value) -> Result<Agreement, String> {
    catch_unwind(AssertUnwindSafe(|| judge.compare(document)))
        .unwrap_or_else(|_| Err("a door panics".to_owned()))
}
