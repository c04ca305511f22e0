//! Values of a text that were left out, because they do not have their form.

use std::sync::{Mutex, OnceLock, PoisonError};

use super::{Node, Tape};
use crate::read::Misfit;

/// How many are kept until somebody asks. An item may be large, and to find each of its faults takes as long as it is.
const AT_MOST: usize = 8;

/// What was left out since somebody has asked. Whoever reads has nothing but a node at hand, and hardly ever anything to tell.
#[derive(Debug, Default)]
pub(super) struct LeftOut(OnceLock<Box<Mutex<Vec<Misfit>>>>);

/// It is read anew.
impl Clone for LeftOut {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Node<'_, '_> {
    /// Tells that something was left out.
    #[cold]
    pub(crate) fn left_out(&self, misfit: Misfit) {
        let all = self.tape().left_out.0.get_or_init(Box::default);
        let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() < AT_MOST {
            all.push(misfit);
        }
    }
}

impl Tape<'_> {
    /// Whether something was left out at all.
    #[inline]
    pub(crate) fn has_left_out(&self) -> bool {
        self.left_out.0.get().is_some()
    }

    /// What was left out since this was told before, up to a number.
    #[cold]
    pub(crate) fn left_out(&self) -> Vec<Misfit> {
        let Some(all) = self.left_out.0.get() else { return Vec::new() };
        std::mem::take(&mut all.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
