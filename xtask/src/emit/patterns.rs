//! The patterns of the description as automata.

use std::collections::{BTreeSet, HashMap};

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use regex_automata::{
    Anchored,
    dfa::{Automaton, dense},
    util::{primitives::StateID, start},
};

use crate::{
    error::{Error, Place, Result},
    model::{Asks, Condition, Description, Field, Object, Type},
};

/// ECMA-262's white space, which differs a little from Unicode's.
const SPACE: &str = r"\t\n\x0B\x0C\r \u{A0}\u{1680}\u{2000}-\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}\u{FEFF}";
/// More states than this are a mistake of the pattern.
const MOST_STATES: usize = 1_000;

/// The name of the static of a pattern.
pub(super) fn name(description: &Description, pattern: &str) -> Ident {
    let at = all(description).into_iter().position(|(known, _)| known == pattern);
    format_ident!("PATTERN_{}", at.unwrap_or_default())
}

pub(super) fn emit(description: &Description) -> Result<TokenStream> {
    let patterns = all(description);
    let statics = patterns.iter().map(|(pattern, place)| {
        let automaton = compile(pattern).map_err(|message| Error::at(place, message))?;
        let name = name(description, pattern);
        let label = name.to_string();
        let Automaton256 { classes, width, next, accepts } = automaton;
        let classes = Literal::byte_string(&classes);
        let next = next.into_iter().map(Literal::u16_unsuffixed);
        Ok(quote! {
            /// An automaton.
            pub static #name: Pattern = Pattern {
                name: #label,
                source: #pattern,
                classes: #classes,
                width: #width,
                next: &[#(#next),*],
                accepts: &[#(#accepts),*],
            };
        })
    });
    let statics = statics.collect::<Result<Vec<_>>>()?;
    Ok(quote! {
        //! The patterns of the description as automata.

        use wa_message_rules::pattern::Pattern;
        #(#statics)*
    })
}

/// The patterns, each once, with the place of the member that has it first.
fn all(description: &Description) -> Vec<(String, Place)> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for object in description.objects() {
        of_object(object, &mut |field| of_type(field, &field.value, &mut seen, &mut found));
        for rule in object.rules.iter().chain(&object.advice) {
            let asked = match &rule.asks {
                Asks::Matches(_, pattern) => Some(pattern),
                _ => None,
            };
            let conditions = rule.when.iter().filter_map(|condition| match condition {
                Condition::Matches(_, pattern) => Some(pattern),
                _ => None,
            });
            for pattern in conditions.chain(asked) {
                if seen.insert(pattern.clone()) {
                    found.push((pattern.clone(), rule.place.clone()));
                }
            }
        }
    }
    found
}

fn of_object(object: &Object, visit: &mut impl FnMut(&Field)) {
    object.fields.iter().for_each(&mut *visit);
    for arm in object.union.iter().flat_map(|union| &union.arms) {
        if let crate::model::ArmObject::Inline(inner) = &arm.object {
            of_object(inner, visit);
        }
    }
}

fn of_type(
    field: &Field,
    value: &Type,
    seen: &mut BTreeSet<String>,
    found: &mut Vec<(String, Place)>,
) {
    match value {
        Type::List(list) => of_type(field, &list.items, seen, found),
        Type::Text(text) => {
            if let Some(pattern) = &text.pattern
                && seen.insert(pattern.clone())
            {
                found.push((pattern.clone(), field.place.clone()));
            }
        }
        _ => {}
    }
}

/// What is wrong with a pattern.
pub(crate) fn problem(pattern: &str) -> Option<String> {
    compile(pattern).err()
}

struct Automaton256 {
    classes: Vec<u8>,
    width: usize,
    next: Vec<u16>,
    accepts: Vec<bool>,
}

fn compile(pattern: &str) -> std::result::Result<Automaton256, String> {
    let translated = translate(pattern)?;
    let dfa = dense::Builder::new()
        .configure(dense::Config::new().minimize(true))
        .build(&translated)
        .map_err(|problem| problem.to_string())?;
    let first = dfa
        .start_state(&start::Config::new().anchored(Anchored::No))
        .map_err(|problem| problem.to_string())?;
    let mut states = States { numbers: HashMap::new(), order: Vec::new() };
    states.number(first);
    let mut rows: Vec<Vec<u16>> = Vec::new();
    let mut accepts = Vec::new();
    let mut at = 0;
    while at < states.order.len() {
        let state = states.order[at];
        // A state that has seen a match keeps it, whatever follows.
        let matched = dfa.is_match_state(state);
        accepts.push(matched || dfa.is_match_state(dfa.next_eoi_state(state)));
        let row = (0..=255)
            .map(|byte| states.number(if matched { state } else { dfa.next_state(state, byte) }));
        rows.push(row.collect());
        at += 1;
        if at > MOST_STATES {
            return Err("it needs too many states".to_owned());
        }
    }
    Ok(compress(&rows, accepts))
}

struct States {
    numbers: HashMap<StateID, u16>,
    order: Vec<StateID>,
}

impl States {
    fn number(&mut self, state: StateID) -> u16 {
        let next = u16::try_from(self.order.len()).unwrap_or(u16::MAX);
        *self.numbers.entry(state).or_insert_with(|| {
            self.order.push(state);
            next
        })
    }
}

/// Bytes that lead everywhere to the same states are one class.
fn compress(rows: &[Vec<u16>], accepts: Vec<bool>) -> Automaton256 {
    let column = |byte: usize| rows.iter().map(|row| row[byte]).collect::<Vec<_>>();
    let mut columns: Vec<Vec<u16>> = Vec::new();
    let mut classes = Vec::new();
    for byte in 0..256 {
        let column = column(byte);
        let at = columns.iter().position(|known| *known == column).unwrap_or_else(|| {
            columns.push(column);
            columns.len() - 1
        });
        classes.push(u8::try_from(at).unwrap_or(u8::MAX));
    }
    let next = (0..rows.len()).flat_map(|row| columns.iter().map(move |column| column[row]));
    Automaton256 { classes, width: columns.len(), next: next.collect(), accepts }
}

/// From ECMA-262 to the syntax of the regex crates, which agree but for a few characters.
fn translate(pattern: &str) -> std::result::Result<String, String> {
    let mut out = String::new();
    let mut letters = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('s') => out.extend(["[", SPACE, "]"]),
                Some('S') => out.extend(["[^", SPACE, "]"]),
                Some(escaped @ ('n' | 'r' | 't')) => out.extend(['\\', escaped]),
                Some(escaped) if escaped.is_ascii_punctuation() => out.extend(['\\', escaped]),
                other => {
                    let other = other.map(String::from).unwrap_or_default();
                    return Err(format!("`\\{other}` is not carried through; write a class"));
                }
            },
            '.' if !in_class => out.push_str(r"[^\n\r\u{2028}\u{2029}]"),
            '(' if !in_class && letters.peek() == Some(&'?') => {
                letters.next();
                if letters.next() != Some(':') {
                    return Err("only groups of the form `(?:..)` are carried through".to_owned());
                }
                out.push_str("(?:");
            }
            '[' if in_class => out.push_str(r"\["),
            '&' | '~' if in_class => out.extend(['\\', letter]),
            _ => {
                in_class = (in_class || letter == '[') && letter != ']';
                out.push(letter);
            }
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        let automaton = compile(pattern).unwrap_or_else(|error| panic!("{error}"));
        let mut state = 0;
        for byte in text.bytes() {
            let class = usize::from(automaton.classes[usize::from(byte)]);
            state = usize::from(automaton.next[state * automaton.width + class]);
        }
        automaton.accepts[state]
    }

    #[test]
    fn automata_search_as_json_schema_does() {
        assert!(matches("^https?://", "https://example.org/ü") && matches("^https?://", "http://"));
        assert!(!matches("^https?://", "ftp://a") && !matches("^https?://", " http://a"));
        assert!(matches("b", "abc") && !matches("b", "ac") && !matches("b", ""));
        assert!(matches("^[0-9]$", "7") && !matches("^[0-9]$", "7\n") && !matches("^[0-9]$", "77"));
        let trimmed = r"^\S(?:[\s\S]*\S)?$";
        assert!(matches(trimmed, "a") && matches(trimmed, "a\n b") && matches(trimmed, "漢 ü"));
        assert!(!matches(trimmed, " a") && !matches(trimmed, "a\u{3000}") && !matches(trimmed, ""));
        let line = r"^(?: {0,4}[^ \n\r\t])* {0,4}$";
        assert!(matches(line, "a    b") && matches(line, "    ") && matches(line, "👍"));
        assert!(!matches(line, "a     b") && !matches(line, "a\nb") && !matches(line, "a\t"));
    }

    #[test]
    fn what_is_not_carried_is_refused() {
        for pattern in [r"\d", r"\w+", "(?=a)", "(?!a)", r"\bword", "("] {
            assert!(compile(pattern).is_err(), "{pattern}");
        }
    }
}
