//! How types take their values out of a text.

mod leaves;
mod macros;

use std::borrow::Cow;

use crate::json::{Known, Name, Node, Tape};

pub(crate) use leaves::text as word;
pub(crate) use macros::{essential, head, owned, structure, structure_owned, union, union_arm};

/// A value that can be read into its place, which is blank before.
pub(crate) trait Take<'a> {
    /// Reads it. If that fails, what is in its place is of no use.
    fn take(&mut self, node: Node<'_, 'a>) -> Result<(), Misfit>;
}

/// A place that may be made blank again, because a member may come twice.
pub(crate) trait Place<'a>: Take<'a> {
    fn clear(&mut self);
}

impl<'a, T: Take<'a> + Default> Place<'a> for T {
    fn clear(&mut self) {
        *self = T::default();
    }
}

/// A value that is not what it has to be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Misfit {
    /// The number of the value.
    pub(crate) number: u32,
    pub(crate) expected: Expected,
}

/// What a value has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    /// One of this kind.
    Kind(&'static str),
    /// An object with this member.
    Member(&'static str),
    /// No longer than this.
    AtMost(usize),
}

impl Misfit {
    #[cold]
    pub(crate) fn kind(node: Node<'_, '_>, expected: &'static str) -> Self {
        Self { number: node.number(), expected: Expected::Kind(expected) }
    }
}

/// The names of the members of an object.
#[derive(Debug)]
pub(crate) struct Names {
    /// The names, in the order of the places.
    pub(crate) all: Known,
    /// A bit for each that has to be there.
    pub(crate) required: u64,
    /// A bit for each that has to have its form, if it is there: those that are required, and others.
    pub(crate) essential: u64,
    /// Other names, and the number of the place of each. Of those of one place, the first counts.
    pub(crate) aliases: &'static [(Name, usize)],
}

/// Reads each member into the place of its name, and over those of other names. `null` is nothing, and of a
/// member that comes twice, the last counts. One that does not have its form is left out, unless it is essential. Says whether
/// there are others.
pub(crate) fn members<'a>(
    node: Node<'_, 'a>,
    names: &'static Names,
    places: &mut [&mut dyn Place<'a>],
) -> Result<bool, Misfit> {
    let Some(mut inside) = node.inside(b'{') else {
        return Err(Misfit::kind(node, "an object"));
    };
    let (mut given, mut others, mut guess) = (0_u64, false, 0);
    let mut wrong = Wrong::default();
    while let Some((name, value)) = inside.member() {
        let Some(at) = name.position(&names.all, guess) else {
            others = true;
            continue;
        };
        // They usually come in the order of the description.
        guess = at + 1;
        let Some(place) = places.get_mut(at) else { continue };
        let bit = 1 << at;
        if given & bit != 0 {
            if wrong.settled & bit != 0 {
                continue;
            }
            place.clear();
            given &= !bit;
        }
        if !value.is_null() {
            given |= bit;
            if let Err(misfit) = place.take(value) {
                wrong.take_last((node, names), at, (value, misfit), *place)?;
            }
        }
    }
    if others && !names.aliases.is_empty() {
        given |= aliases(node, names, given, places)?;
    }
    let missing = names.required & (!given | wrong.absent);
    if missing == 0 {
        return Ok(others);
    }
    let name = names.all.get(missing.trailing_zeros() as usize).map_or("", |name| name.text);
    Err(Misfit { number: node.number(), expected: Expected::Member(name) })
}

/// The members of an object that did not have their form when they came first.
#[derive(Default)]
struct Wrong {
    /// A bit for each. The last of its name was looked for.
    settled: u64,
    /// A bit for each that was left out.
    absent: u64,
}

impl Wrong {
    /// Reads the last of the members of a name, of which one does not have its form.
    #[cold]
    fn take_last<'a>(
        &mut self,
        (node, names): (Node<'_, 'a>, &Names),
        at: usize,
        (value, misfit): (Node<'_, 'a>, Misfit),
        place: &mut dyn Place<'a>,
    ) -> Result<(), Misfit> {
        self.settled |= 1 << at;
        let last = names.all.get(at).and_then(|name| last(node, name)).unwrap_or(value);
        place.clear();
        let read = if last.number() == value.number() {
            Err(misfit)
        } else if last.is_null() {
            self.absent |= 1 << at;
            return Ok(());
        } else {
            place.take(last)
        };
        let Err(misfit) = read else { return Ok(()) };
        place.clear();
        self.absent |= 1 << at;
        leave_out(node, names, at, misfit)
    }
}

/// Leaves out a member that does not have its form, unless it is essential. Nothing is there then.
fn leave_out(node: Node<'_, '_>, names: &Names, at: usize, misfit: Misfit) -> Result<(), Misfit> {
    if names.essential & (1 << at) != 0 {
        return Err(misfit);
    }
    node.left_out(misfit);
    Ok(())
}

/// Reads members by their other names, where there is none by its own.
#[cold]
fn aliases<'a>(
    node: Node<'_, 'a>,
    names: &Names,
    mut given: u64,
    places: &mut [&mut dyn Place<'a>],
) -> Result<u64, Misfit> {
    let aliases = names.aliases.iter().filter(|(_, at)| given & (1 << at) == 0);
    for (alias, at) in aliases.copied().collect::<Vec<_>>() {
        let bit = 1 << at;
        if given & bit == 0
            && let Some(value) = member(node, &alias)
            && let Some(place) = places.get_mut(at)
        {
            match place.take(value) {
                Ok(()) => given |= bit,
                Err(misfit) => {
                    place.clear();
                    leave_out(node, names, at, misfit)?;
                }
            }
        }
    }
    Ok(given)
}

/// The member of a name, if it is there and not `null`. The last one counts.
pub(crate) fn member<'t, 'a>(node: Node<'t, 'a>, name: &Name) -> Option<Node<'t, 'a>> {
    last(node, name).filter(|value| !value.is_null())
}

/// The last member of a name.
fn last<'t, 'a>(node: Node<'t, 'a>, name: &Name) -> Option<Node<'t, 'a>> {
    // The whole text, which is a member of nothing.
    const NONE: u32 = 0;
    let (mut inside, mut found) = (node.inside(b'{')?, NONE);
    while let Some((key, value)) = inside.member() {
        if key.is(name) {
            found = value.number();
        }
    }
    (found != NONE).then(|| node.at(found))
}

/// The members of two names, found in one pass.
fn pair<'t, 'a>(node: Node<'t, 'a>, names: &[Name; 2]) -> [Option<Node<'t, 'a>>; 2] {
    let Some(mut inside) = node.inside(b'{') else { return [None; 2] };
    let (mut first, mut second) = (None, None);
    while let Some((key, value)) = inside.member() {
        if key.is(&names[0]) {
            first = Some(value);
        } else if key.is(&names[1]) {
            second = Some(value);
        }
    }
    [first, second].map(|found| found.filter(|value| !value.is_null()))
}

/// Reads the one member of an arm. If it may be missing and does not have its form, it is left out.
#[inline]
pub(crate) fn only<'a>(
    node: Node<'_, 'a>,
    name: &Name,
    required: bool,
    place: &mut dyn Place<'a>,
) -> Result<(), Misfit> {
    found(node, member(node, name), name, required, place)
}

/// Reads the one member of an arm, once it was found.
pub(crate) fn found<'a>(
    node: Node<'_, 'a>,
    value: Option<Node<'_, 'a>>,
    name: &Name,
    required: bool,
    place: &mut dyn Place<'a>,
) -> Result<(), Misfit> {
    match value {
        Some(value) => match place.take(value) {
            Err(misfit) if !required => {
                place.clear();
                node.left_out(misfit);
                Ok(())
            }
            read => read,
        },
        None if required => {
            Err(Misfit { number: node.number(), expected: Expected::Member(name.text) })
        }
        None => Ok(()),
    }
}

/// The word that says what an object is.
pub(crate) fn tag<'a>(node: Node<'_, 'a>, name: &Name) -> Result<Option<Cow<'a, str>>, Misfit> {
    if node.kind() != b'{' {
        return Err(Misfit::kind(node, "an object"));
    }
    member(node, name).map(leaves::text).transpose()
}

/// The word that says what an object is, if it is one, and the member beside it.
pub(crate) fn tagged<'t, 'a>(
    node: Node<'t, 'a>,
    names: &[Name; 2],
) -> (Option<Cow<'a, str>>, Option<Node<'t, 'a>>) {
    let [tag, value] = pair(node, names);
    (tag.and_then(|tag| leaves::text(tag).ok()), value)
}

/// Whether a tag is this word, in whatever case.
pub(crate) fn is_tag(found: Option<&str>, words: &[&str]) -> bool {
    found.is_some_and(|found| {
        words.iter().any(|word| found == *word || found.eq_ignore_ascii_case(word))
    })
}

/// A bit for each member that has to be there.
pub(crate) const fn bits(required: &[bool]) -> u64 {
    let (mut bits, mut at) = (0, 0);
    while at < required.len() {
        if required[at] {
            bits |= 1 << at;
        }
        at += 1;
    }
    bits
}

/// What should be an array whose items are read later: its number.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Listed {
    /// Of an array.
    pub(crate) array: Option<u32>,
    /// Of what stands in the place of one.
    pub(crate) other: Option<u32>,
}

impl Listed {
    pub(crate) const NONE: Self = Self { array: None, other: None };

    /// What stands in the place of the array, if it is none.
    pub(crate) fn misfit(self, tape: &Tape<'_>) -> Option<Misfit> {
        self.other.map(|number| Misfit::kind(tape.node(number), "an array"))
    }
}

impl<'a> Take<'a> for Listed {
    fn take(&mut self, node: Node<'_, 'a>) -> Result<(), Misfit> {
        let number = Some(node.number());
        *self = if node.kind() == b'[' {
            Self { array: number, other: None }
        } else {
            Self { array: None, other: number }
        };
        Ok(())
    }
}
