use super::*;

/// Each step, with the states in which it can happen, written from what an outbox promises.
const STEPS: [(Step, &[State], State); 15] = {
    use State as S;
    [
        (Step::Lease, &[S::Pending], S::Leased),
        (Step::FallBack, &[S::Leased], S::Pending),
        (Step::FindInvalid, &[S::Leased, S::Sending], S::Invalid),
        (Step::Mark, &[S::Leased], S::Sending),
        (Step::Unmark, &[S::Sending, S::InDoubt], S::Pending),
        (Step::PutOff, &[S::Sending, S::InDoubt], S::Pending),
        (Step::Refuse, &[S::Sending, S::InDoubt], S::Refused),
        (Step::Doubt, &[S::Sending], S::InDoubt),
        (Step::Accept, &State::ALL, S::Accepted),
        (Step::Expire, &[S::Pending, S::Leased], S::Expired),
        (Step::Cancel, &[S::Pending, S::Leased], S::Cancelled),
        (Step::DecideAccepted, &[S::InDoubt], S::Accepted),
        (Step::DecideNotAccepted, &[S::InDoubt], S::Refused),
        (Step::DecideAgain, &[S::InDoubt], S::Pending),
        (Step::Retry, &[S::Refused, S::Expired, S::Cancelled, S::Invalid], S::Pending),
    ]
};

/// The steps that anybody makes: they know neither the holder nor a person.
const BY_THEMSELVES: [Step; 4] = [Step::Lease, Step::FallBack, Step::Doubt, Step::Expire];

#[test]
fn each_step_happens_where_it_may_and_nowhere_else() {
    for (step, before, target) in STEPS {
        for state in State::ALL {
            let expected = before.contains(&state).then_some(target);
            assert_eq!(state.after(step), expected, "{step:?} in {state:?}");
        }
        assert_eq!(State::before(step).collect::<Vec<_>>(), before);
    }
}

#[test]
fn nothing_leads_from_sending_back_to_the_queue_by_itself() {
    let mut reached = vec![State::Sending];
    while let Some(next) = reached
        .iter()
        .flat_map(|state| BY_THEMSELVES.map(|step| state.after(step)))
        .flatten()
        .find(|state| !reached.contains(state))
    {
        reached.push(next);
    }
    assert_eq!(reached, [State::Sending, State::InDoubt]);
}

#[test]
fn what_was_accepted_stays_so() {
    for (step, ..) in STEPS.into_iter().filter(|(step, ..)| *step != Step::Accept) {
        assert_eq!(State::Accepted.after(step), None, "{step:?}");
    }
}

#[test]
fn names_are_read_as_they_are_written() {
    for state in State::ALL {
        assert_eq!(state.as_str().parse(), Ok(state));
    }
    assert_eq!("in doubt".parse::<State>(), Err(UnknownState));
    assert_eq!(
        UnknownState.to_string(),
        "no such state; there are `pending`, `leased`, `sending`, `accepted`, `refused`, `in_doubt`, `expired`, \
         `cancelled`, `invalid`"
    );
}
