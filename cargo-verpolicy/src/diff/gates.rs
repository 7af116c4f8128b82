//! Members that both sides have, under other conditions: the builds that lost them, and those that gained them.

use super::conditions::Kept;
use super::shapes::Walker;
use crate::model::{Condition, Member};

/// What became of a member.
pub(super) struct Gates {
    /// The builds that had it and have it no more.
    pub lost: Option<Condition>,
    /// The builds that have it now.
    pub gained: Option<Condition>,
}

/// Compares the conditions of a member.
pub(super) fn compare(walker: &Walker<'_>, old: &Member, new: &Member) -> Gates {
    let (was, is) = (&old.condition, &new.condition);
    let Some([forwards, backwards]) = walker.builds.as_ref().filter(|_| was != is) else {
        return Gates { lost: None, gained: None };
    };
    let only = |here: &Condition, there: &Condition| here.clone().and(there.clone().negate());
    Gates {
        lost: (forwards.kept(was, is) == Kept::Some).then(|| only(was, is)),
        gained: (backwards.kept(is, was) == Kept::Some).then(|| only(is, was)),
    }
}
