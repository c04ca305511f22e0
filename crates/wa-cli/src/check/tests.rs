//! Bodies, and what is found in them.

mod half_made;
