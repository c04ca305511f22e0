//! Reads the options of the command line.

use std::path::PathBuf;

use wa_bench::project::Outcome;

use crate::results::Section;

pub(crate) const USAGE: &str = "report [options]

  --only <section>[,<section>]  measure these and keep the other results
  --render                      measure nothing, write the page of the results that there are
  --messages <number>           messages in one crate (300)
  --rounds <number>             rounds of each compilation (3)
  --clean-rounds <number>       rounds of each clean build, which are the slowest part (2)
  --turns <number>              turns of each side at run time and of sending (60)
  --page <file>                 where the page goes (BENCHMARKS.md of the workspace)

sections: compile-time, clean-build, check, run-time, dependencies, size, expansion,
sending, webhooks, templates";

/// What the command is asked to do.
pub(crate) struct Options {
    pub(crate) sections: Vec<Section>,
    pub(crate) messages: usize,
    pub(crate) rounds: usize,
    pub(crate) clean_rounds: usize,
    pub(crate) turns: usize,
    pub(crate) page: Option<PathBuf>,
}

impl Options {
    pub(crate) fn read(mut arguments: impl Iterator<Item = String>) -> Outcome<Self> {
        let mut options = Self {
            sections: Section::ALL.to_vec(),
            messages: 300,
            rounds: 3,
            clean_rounds: 2,
            turns: wa_bench::ROUNDS,
            page: None,
        };
        while let Some(name) = arguments.next() {
            if name == "--render" {
                options.sections.clear();
                continue;
            }
            let value = arguments.next().ok_or_else(|| format!("{name}?\n\n{USAGE}"))?;
            match name.as_str() {
                "--only" => options.sections = sections(&value)?,
                "--messages" => options.messages = number(&value)?,
                "--rounds" => options.rounds = number(&value)?,
                "--clean-rounds" => options.clean_rounds = number(&value)?,
                "--turns" => options.turns = number(&value)?,
                "--page" => options.page = Some(value.into()),
                _ => return Err(format!("there is no option {name}\n\n{USAGE}").into()),
            }
        }
        Ok(options)
    }
}

fn sections(names: &str) -> Outcome<Vec<Section>> {
    let named = |name: &str| Section::ALL.into_iter().find(|section| section.name() == name);
    names
        .split(',')
        .map(|name| named(name).ok_or_else(|| format!("no section {name}\n\n{USAGE}").into()))
        .collect()
}

fn number(text: &str) -> Outcome<usize> {
    match text.parse() {
        Ok(0) | Err(_) => Err(format!("{text} is not a number above 0").into()),
        Ok(number) => Ok(number),
    }
}
