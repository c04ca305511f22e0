//! Bodies, and what is found in them.

mod code;
mod half_made;
mod places;
