//! Faults that can be built in on purpose, so that `cargo xtask teeth` sees the tests fail that are to find them. None is ever
//! built in otherwise.

/// Whether a mark is written before the request is made.
pub(crate) const MARKS: bool = !cfg!(wa_outbox_teeth = "no_mark");
/// Whether a mark needs a lease that has not ended.
pub(crate) const MARKS_NEED_A_LEASE: bool = !cfg!(wa_outbox_teeth = "no_lease");
/// Whether what a lost worker was sending is in doubt, and not sent again.
pub(crate) const LOST_IS_IN_DOUBT: bool = !cfg!(wa_outbox_teeth = "sweep_again");
