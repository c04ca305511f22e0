//! The numbers that a value may be.

use std::fmt;

/// The numbers that a value may be, both ends included.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Range {
    /// Whole numbers, of 64 bits where an end is open.
    Whole {
        /// The least.
        min: Option<i64>,
        /// The greatest.
        max: Option<i64>,
    },
    /// Numbers.
    Numbers {
        /// The least.
        min: Option<f64>,
        /// The greatest.
        max: Option<f64>,
    },
    /// Any number but the infinite ones.
    Finite,
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole { min, max } => within(f, *min, *max),
            Self::Numbers { min, max } => within(f, *min, *max),
            Self::Finite => f.write_str("a finite number"),
        }
    }
}

fn within<N: PartialEq + fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    min: Option<N>,
    max: Option<N>,
) -> fmt::Result {
    match (min, max) {
        (Some(min), Some(max)) if min == max => min.fmt(f),
        (Some(min), Some(max)) => write!(f, "from {min} to {max}"),
        (Some(min), None) => write!(f, "at least {min}"),
        (None, Some(max)) => write!(f, "at most {max}"),
        (None, None) => f.write_str("a 64-bit whole number"),
    }
}
