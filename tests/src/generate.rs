//! Documents from the tables: mostly valid, at and around the limits, and the same for the same seed.

mod repair;
mod texts;

use std::collections::VecDeque;

use fastrand::Rng;
use serde_json::{Map, Number, Value};
use wa_message_rules::table::{Integer, Kind, List, Number as Limits, Object, Schema, Tag};
use wa_message_spec::tables;

use texts::Texts;

/// A generator of documents.
#[derive(Debug)]
pub struct Generator {
    /// Where chance comes from.
    pub rng: Rng,
    texts: Texts,
    mood: Mood,
}

/// What the values of one document have in common.
#[derive(Debug, Default)]
struct Mood {
    /// How likely a member is that may be left out.
    rich: f64,
    /// How likely a value is written in another form than the canonical one, where it may be.
    lenient: f64,
    /// How likely a limit or a rule is missed.
    slips: f64,
}

/// The tags that are still to be chosen on the way to a kind.
type Way = VecDeque<&'static str>;

impl Default for Generator {
    fn default() -> Self {
        Self { rng: Rng::with_seed(0), texts: Texts::default(), mood: Mood::default() }
    }
}

impl Generator {
    /// Starts a document, whatever came before it.
    pub fn start(&mut self, seed: u64, index: u64) {
        // Seeds that lie close together are mixed, so that their documents differ at once.
        let mut mix = Rng::with_seed(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ index);
        self.rng = Rng::with_seed(mix.u64(..));
        let rng = &mut self.rng;
        self.mood = Mood {
            rich: [0.05, 0.3, 0.7, 0.95, 0.95][rng.usize(..5)],
            lenient: if rng.u8(..4) == 0 { 0.3 } else { 0.0 },
            slips: if rng.u8(..12) == 0 { 0.05 } else { 0.0 },
        };
    }

    /// Any kind of message.
    pub fn kind(&mut self) -> &'static Kind {
        &tables::KINDS[self.rng.usize(..tables::KINDS.len())]
    }

    /// A document of a kind.
    pub fn document(&mut self, kind: &'static Kind) -> Value {
        let mut way = kind.tags.iter().copied().collect();
        self.object(kind.root, &mut way, 0)
    }

    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        probability > 0.0 && self.rng.f64() < probability
    }

    /// A value of a schema.
    pub fn value(&mut self, schema: Schema, depth: usize) -> Value {
        self.on_the_way(schema, &mut Way::new(), depth)
    }

    fn on_the_way(&mut self, schema: Schema, way: &mut Way, depth: usize) -> Value {
        match schema {
            Schema::Text(limits) => {
                let text = self.text(limits);
                if limits.values.is_some() && self.chance(self.mood.lenient) {
                    return self.any_case(&text).into();
                }
                if limits.lenient_integer && self.chance(self.mood.lenient) {
                    let digits = text.parse::<u32>().ok();
                    let digits = digits.filter(|digits| digits.to_string() == text);
                    return digits.map_or_else(|| text.into(), Value::from);
                }
                text.into()
            }
            Schema::Integer(limits) => self.integer(limits),
            Schema::Number(limits) => self.number(limits),
            Schema::Boolean => self.rng.bool().into(),
            Schema::Json(json) => self.free(json.min, depth),
            Schema::List(list) => self.list(list, depth),
            Schema::Object(object) => self.object(object, way, depth),
            // A schema of a new form: nothing is known of it here.
            _ => Value::Null,
        }
    }

    fn object(&mut self, object: &'static Object, way: &mut Way, depth: usize) -> Value {
        let mut members = Map::new();
        let mut all = vec![object];
        while let Some(object) = all.last().copied() {
            self.members(object, &mut members, way, depth);
            let Some(arm) = object.tag.and_then(|tag| self.tag(tag, &mut members, way)) else {
                break;
            };
            all.push(arm);
        }
        let mut value = Value::Object(members);
        let rules = all.iter().flat_map(|object| object.rules.iter().map(|rule| (*object, rule)));
        let rules: Vec<_> = rules.filter(|_| !self.chance(self.mood.slips)).collect();
        // What keeps one rule may break one before it.
        for (object, rule) in rules.iter().chain(&rules) {
            self.repair(object, rule, &mut value);
        }
        value
    }

    /// Chooses the arm of a tag and writes the tag.
    fn tag(
        &mut self,
        tag: &'static Tag,
        members: &mut Map<String, Value>,
        way: &mut Way,
    ) -> Option<&'static Object> {
        let wanted =
            way.pop_front().and_then(|value| tag.arms.iter().position(|arm| arm.value == value));
        let chosen = wanted.unwrap_or_else(|| self.rng.usize(..tag.arms.len()));
        let arm = tag.arms.get(chosen)?;
        let lenient = self.chance(self.mood.lenient);
        if tag.default == Some(chosen) && self.rng.u8(..8) == 0 {
            if lenient {
                members.insert(tag.name.to_owned(), Value::Null);
            }
            return Some(arm.object);
        }
        let value = match arm.value {
            value if lenient => self.any_case(value),
            value => value.to_owned(),
        };
        members.insert(tag.name.to_owned(), value.into());
        Some(arm.object)
    }

    pub(crate) fn any_case(&mut self, text: &str) -> String {
        let case = |letter: char| {
            if self.rng.bool() { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() }
        };
        text.chars().map(case).collect()
    }

    fn members(
        &mut self,
        object: &'static Object,
        members: &mut Map<String, Value>,
        way: &mut Way,
        depth: usize,
    ) {
        let wanted = self.groups(object);
        let grouped = |name: &str| {
            let groups = object.exactly_one.iter().chain(object.at_least_one);
            groups.into_iter().any(|group| group.contains(&name))
        };
        for field in object.fields {
            let exclusive = object.exactly_one.iter().any(|group| group.contains(&field.name));
            let optional = !exclusive && depth < 8 && self.chance(self.mood.rich);
            let on_the_way = field.lifted && !way.is_empty();
            let given = match (field.required, grouped(field.name)) {
                (true, _) => !self.chance(self.mood.slips),
                (false, true) => wanted.contains(&field.name) || optional,
                (false, false) => on_the_way || optional,
            };
            if given {
                // Only what the short form leaves out leads on to a kind.
                let mut nowhere = Way::new();
                let way = if field.lifted { &mut *way } else { &mut nowhere };
                let value = self.on_the_way(field.schema, way, depth + 1);
                members.insert(field.name.to_owned(), value);
            } else if !field.required && self.chance(self.mood.lenient) {
                members.insert(field.name.to_owned(), Value::Null);
            }
        }
        for name in object.ignored {
            if self.chance(self.mood.lenient) {
                members.insert((*name).to_owned(), self.scalar());
            }
        }
    }

    /// The members that have to be given of those that exclude or replace each other.
    fn groups(&mut self, object: &'static Object) -> Vec<&'static str> {
        let mut wanted = Vec::new();
        for groups in [object.exactly_one, object.at_least_one] {
            if !groups.is_empty() && !self.chance(self.mood.slips) {
                wanted.extend(groups[self.rng.usize(..groups.len())]);
            }
        }
        wanted
    }

    fn list(&mut self, list: &'static List, depth: usize) -> Value {
        let mut count = self.count(list.min, list.max);
        if !list.at_most.is_empty() {
            // Some of them will be taken out again.
            count = count.saturating_mul(2).min(list.max);
        }
        let mut items: Vec<Value> = Vec::new();
        // Some rules ask that all items have the same members.
        let alike = list.at_most.is_empty() && self.rng.u8(..4) == 0;
        for _ in 0..count {
            match items.first() {
                Some(first) if alike => items.push(first.clone()),
                _ => items.push(self.value(list.items, depth + 1)),
            }
        }
        for limit in list.at_most {
            let mut left = limit.max;
            let slip = self.chance(self.mood.slips);
            items.retain(|item| {
                let found = item.get(limit.member).and_then(Value::as_str);
                let matches = found.is_some_and(|found| found.eq_ignore_ascii_case(limit.value));
                let keep = !matches || slip || left > 0;
                left = left.saturating_sub(usize::from(matches));
                keep
            });
        }
        items.into()
    }

    /// How many items an array has.
    fn count(&mut self, min: usize, max: usize) -> usize {
        if self.chance(self.mood.slips) {
            return if max < 300 && self.rng.bool() { max + 1 } else { min.saturating_sub(1) };
        }
        // An array of many hundred items takes its time, and says no more than a short one.
        let at_limit = if max <= 30 { 0.1 } else { 0.001 };
        if max < 1_000 && self.chance(at_limit) {
            return max;
        }
        let most = min.saturating_add([0, 1, 2, 3, 4][self.rng.usize(..5)]).min(max);
        // An empty array shows nothing of its items.
        self.rng.usize(min.max(most.min(1))..=most)
    }

    fn integer(&mut self, limits: &Integer) -> Value {
        let min = limits.constant.or(limits.min);
        let max = limits.constant.or(limits.max);
        let (low, high) = (min.unwrap_or(i64::MIN), max.unwrap_or(i64::MAX));
        let value = match self.rng.u8(..8) {
            0 => low,
            1 => high,
            2 => self.rng.i64(low..=high),
            _ => self.rng.i64(-1_000..=1_000_000).clamp(low, high),
        };
        #[allow(clippy::cast_precision_loss)] // Below this bound nothing is lost.
        if value.unsigned_abs() < 9_000_000_000_000_000 && self.chance(self.mood.lenient) {
            return Number::from_f64(value as f64).map_or(Value::Null, Value::Number);
        }
        value.into()
    }

    fn number(&mut self, limits: &Limits) -> Value {
        let (low, high) = (limits.min.unwrap_or(-1e6), limits.max.unwrap_or(1e6));
        let number = match self.rng.u8(..8) {
            0 => low,
            1 => high,
            2 => low.midpoint(high),
            3 => return self.rng.i8(..).clamp(-89, 89).into(),
            4 => -0.0_f64.clamp(low, high),
            // As people write them: with a few decimals.
            5 | 6 => ((low + (high - low) * self.rng.f64()) * 1e4).round() / 1e4,
            _ => low + (high - low) * self.rng.f64(),
        };
        if self.chance(self.mood.lenient) {
            return number.to_string().into();
        }
        Number::from_f64(number).map_or(Value::Null, Value::Number)
    }

    /// An object of free members.
    pub(crate) fn free(&mut self, min: usize, depth: usize) -> Value {
        let min = if self.chance(self.mood.slips) { min.saturating_sub(1) } else { min };
        let count = self.rng.usize(min..=min + 3);
        let mut members = Map::new();
        while members.len() < count {
            let name = self.any_text(8);
            let value = match self.rng.u8(..8) {
                0 if depth < 12 => self.free(0, depth + 1),
                1 if depth < 12 => {
                    (0..self.rng.usize(..3)).map(|_| self.free(0, depth + 1)).collect()
                }
                _ => self.scalar(),
            };
            members.insert(name, value);
        }
        members.into()
    }

    /// Any value that holds no other.
    pub(crate) fn scalar(&mut self) -> Value {
        match self.rng.u8(..10) {
            0 => Value::Null,
            1 => self.rng.bool().into(),
            2 => self.rng.i64(..).into(),
            3 => self.rng.u64(..).into(),
            4 => self.rng.i8(..).into(),
            5 => f64::from(self.rng.i8(..)).into(),
            6 => f64::from_bits(self.rng.u64(..)).into(),
            7 => self.rng.f64().into(),
            _ => self.any_text(12).into(),
        }
    }
}
