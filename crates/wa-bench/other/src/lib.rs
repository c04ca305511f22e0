//! All sides at run time, `whatsapp-business-rs` among them.

mod capture;
mod comparisons;
mod other;

pub use capture::{body, send_each};
pub use comparisons::{Comparison, Run, all};
pub use other::{ADDRESS, Documents, Other, REFUSED};
