//! A line for each finding: `body.json:4:15: error[WA-too-long]: ..`.

use std::io;

use crate::{
    check::{Checked, Lines},
    terminal::clean_name,
};

pub(super) fn write(all: &[Checked], out: &mut dyn io::Write) -> io::Result<()> {
    for checked in all {
        let lines = Lines::new(&checked.text);
        for finding in &checked.findings {
            let place = lines.place(finding.bytes.start);
            writeln!(
                out,
                "{}:{}:{}: {}[{}]: {}",
                clean_name(&checked.name),
                place.line,
                place.column,
                finding.level.as_str(),
                finding.rule,
                finding.says
            )?;
        }
    }
    Ok(())
}
