//! Compiles a crate of many list messages, once with `wa_message!` and once with `json!`, and prints
//! the times and their ratio.
//!
//! `cargo run --release -p wa-bench --bin compile-time [messages] [rounds]`

use std::{path::Path, time::Duration};

use wa_bench::{
    project::{Outcome, Project, RELEASE, Shape},
    written::Way,
};

fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let mut number = |default: usize| arguments.next().map_or(Ok(default), |text| text.parse());
    let (messages, rounds) = (number(300)?, number(3)?);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let folder = root.join("target/compile-time");
    let mut sides = Vec::new();
    for way in [Way::WaMessage, Way::Json] {
        let dependencies = way.dependencies(&root);
        let project = Project::new(&folder, way.package(), Shape::Library, &dependencies)?;
        let source = way.library(messages, "");
        // The first build is of the dependencies too.
        project.write(&source)?;
        project.cargo(RELEASE)?;
        sides.push((way, project, source, Duration::MAX));
    }
    for _ in 0..rounds {
        for (_, project, source, best) in &mut sides {
            project.write(source)?;
            *best = project.cargo(RELEASE)?.min(*best);
        }
    }
    println!("{messages} list messages in one crate, release build, best of {rounds}");
    for (way, _, _, time) in &sides {
        let ratio = time.as_secs_f64() / sides[0].3.as_secs_f64();
        println!("  {:<12} {:>7.2} s {ratio:>7.2} x", way.name(), time.as_secs_f64());
    }
    Ok(())
}
