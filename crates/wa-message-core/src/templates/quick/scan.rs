//! Reads what a message gives to its template, in the form in which this crate writes it: no space, and few escapes.

use std::ops::Range;

use wa_message_spec::templates::DEMANDS;

use crate::json::next_special;

/// How many components, and parameters in all of them, are read. What has more is left to the rules.
const COMPONENTS: usize = 16;
const PARAMETERS: usize = 32;

/// What a message gives to its template.
pub(super) struct Given<'j> {
    pub(super) name: &'j [u8],
    pub(super) language: &'j [u8],
    /// Whether it goes to whom no one-time code goes.
    pub(super) is_to_nobody: bool,
    components: [Component<'j>; COMPONENTS],
    count: usize,
    parameters: [Parameter<'j>; PARAMETERS],
    parameter_count: usize,
}

/// A component. What it lacks is empty.
#[derive(Clone, Default)]
pub(super) struct Component<'j> {
    pub(super) tag: &'j [u8],
    pub(super) sub_type: &'j [u8],
    pub(super) index: Option<usize>,
    parameters: Range<usize>,
}

/// A parameter.
#[derive(Clone, Copy, Default)]
pub(super) struct Parameter<'j> {
    pub(super) tag: &'j [u8],
    pub(super) name: Option<&'j [u8]>,
    /// Its text, if it is one.
    pub(super) text: Option<&'j [u8]>,
}

impl<'j> Given<'j> {
    pub(super) fn components(&self) -> &[Component<'j>] {
        &self.components[..self.count]
    }

    pub(super) fn parameters(&self, component: &Component<'j>) -> &[Parameter<'j>] {
        &self.parameters[component.parameters.clone()]
    }
}

/// Reads a message. One that is not made from a template gives it nothing.
pub(super) fn message(json: &[u8]) -> Option<Option<Given<'_>>> {
    let sent = &DEMANDS.sent;
    let [way] = sent.way else { return None };
    let (group, value) = sent.no_codes_to;
    let mut given = Given {
        name: &[],
        language: &[],
        is_to_nobody: false,
        components: std::array::from_fn(|_| Component::default()),
        count: 0,
        parameters: [Parameter::default(); PARAMETERS],
        parameter_count: 0,
    };
    let (mut scan, mut is_made_from_one) = (Scan { json, at: 0 }, false);
    scan.object(|scan, name| {
        if name == way.as_bytes() {
            is_made_from_one = true;
            template(scan, &mut given)
        } else if name == group.as_bytes() {
            given.is_to_nobody = scan.string()?.eq_ignore_ascii_case(value.as_bytes());
            Some(())
        } else {
            scan.skip()
        }
    })?;
    (scan.at == json.len()).then_some(is_made_from_one.then_some(given))
}

fn template<'j>(scan: &mut Scan<'j>, given: &mut Given<'j>) -> Option<()> {
    let sent = &DEMANDS.sent;
    let [language, code] = sent.language else { return None };
    scan.object(|scan, name| {
        if name == sent.components.as_bytes() {
            scan.array(|scan| component(scan, given))
        } else if name == sent.name.as_bytes() {
            given.name = scan.string()?;
            Some(())
        } else if name == language.as_bytes() {
            scan.object(|scan, name| {
                if name == code.as_bytes() {
                    given.language = scan.string()?;
                    Some(())
                } else {
                    scan.skip()
                }
            })
        } else {
            scan.skip()
        }
    })
}

fn component<'j>(scan: &mut Scan<'j>, given: &mut Given<'j>) -> Option<()> {
    let sent = &DEMANDS.sent;
    let mut found = Component::default();
    scan.object(|scan, name| {
        if name == sent.tag.as_bytes() {
            found.tag = scan.string()?;
        } else if name == sent.sub_type.as_bytes() {
            found.sub_type = scan.string()?;
        } else if name == sent.index.as_bytes() {
            found.index = Some(str::from_utf8(scan.string()?).ok()?.parse().ok()?);
        } else if name == sent.parameters.as_bytes() {
            let start = given.parameter_count;
            scan.array(|scan| {
                *given.parameters.get_mut(given.parameter_count)? = parameter(scan)?;
                given.parameter_count += 1;
                Some(())
            })?;
            found.parameters = start..given.parameter_count;
        } else {
            return scan.skip();
        }
        Some(())
    })?;
    *given.components.get_mut(given.count)? = found;
    given.count += 1;
    Some(())
}

fn parameter<'j>(scan: &mut Scan<'j>) -> Option<Parameter<'j>> {
    let sent = &DEMANDS.sent;
    let mut found = Parameter::default();
    scan.object(|scan, name| {
        if name == sent.tag.as_bytes() {
            found.tag = scan.string()?;
        } else if name == sent.parameter_name.as_bytes() {
            found.name = Some(scan.string()?);
        } else if name == sent.text.as_bytes() {
            found.text = Some(scan.string()?);
        } else {
            return scan.skip();
        }
        Some(())
    })?;
    Some(found)
}

/// A place in the JSON. It gives up where that is not as this crate writes it, and at an escape in what is asked for.
struct Scan<'j> {
    json: &'j [u8],
    at: usize,
}

impl<'j> Scan<'j> {
    #[inline]
    fn next(&mut self) -> Option<u8> {
        let byte = *self.json.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    #[inline]
    fn eat(&mut self, byte: u8) -> Option<()> {
        (self.next()? == byte).then_some(())
    }

    /// Reads over a byte, if it is the next one.
    #[inline]
    fn try_eat(&mut self, byte: u8) -> bool {
        let is_next = self.json.get(self.at) == Some(&byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// A string without escapes.
    #[inline]
    fn string(&mut self) -> Option<&'j [u8]> {
        self.eat(b'"')?;
        let start = self.at;
        let end = next_special(self.json, start);
        self.at = end;
        self.eat(b'"')?;
        Some(&self.json[start..end])
    }

    #[inline]
    fn object(&mut self, mut member: impl FnMut(&mut Self, &'j [u8]) -> Option<()>) -> Option<()> {
        self.eat(b'{')?;
        if self.try_eat(b'}') {
            return Some(());
        }
        loop {
            let name = self.string()?;
            self.eat(b':')?;
            member(self, name)?;
            match self.next()? {
                b',' => {}
                b'}' => return Some(()),
                _ => return None,
            }
        }
    }

    #[inline]
    fn array(&mut self, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.eat(b'[')?;
        if self.try_eat(b']') {
            return Some(());
        }
        loop {
            item(self)?;
            match self.next()? {
                b',' => {}
                b']' => return Some(()),
                _ => return None,
            }
        }
    }

    /// Reads over a value, whatever it is.
    fn skip(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.json.get(self.at)? {
                b'"' => self.skip_string()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                    continue;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' if depth > 0 => {
                    self.at += 1;
                    continue;
                }
                byte if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.') => {
                    let rest = &self.json[self.at..];
                    let is_part = |byte: &u8| {
                        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.')
                    };
                    self.at += rest.iter().take_while(|byte| is_part(byte)).count();
                }
                _ => return None,
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    fn skip_string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            self.at = next_special(self.json, self.at);
            match self.next()? {
                b'"' => return Some(()),
                b'\\' => self.at += 1,
                _ => return None,
            }
        }
    }
}
