//! Texts of templates and the variables in them: `Hi {{1}}, order {{order_id}} is ready.`

use std::collections::HashMap;

/// A text of a template, with its variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    text: String,
    variables: Vec<Variable>,
    /// The positions of the variables in the order of their names, in which one is looked for.
    by_name: Vec<usize>,
    fixed: usize,
}

/// A variable of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name, or its number.
    pub name: String,
    /// How often it stands in the text. It is filled once.
    pub uses: usize,
}

impl Words {
    /// Finds the variables of a text. Those that are numbers come in the order of the numbers, others in the order
    /// of the text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut variables: Vec<Variable> = Vec::new();
        let mut known = HashMap::new();
        let (mut fixed, mut rest) = (0, text);
        while let Some((before, name, behind)) = next(rest) {
            fixed += before.chars().count();
            let at = *known.entry(name).or_insert_with(|| {
                variables.push(Variable { name: name.to_owned(), uses: 0 });
                variables.len() - 1
            });
            variables[at].uses += 1;
            rest = behind;
        }
        fixed += rest.chars().count();
        if variables.iter().all(|variable| variable.number().is_some()) {
            variables.sort_by_key(Variable::number);
        }
        let mut by_name: Vec<_> = (0..variables.len()).collect();
        by_name.sort_unstable_by_key(|at| variables[*at].name.as_str());
        Self { text: text.to_owned(), variables, by_name, fixed }
    }

    /// A text that is not known, with one variable.
    pub(super) fn hidden() -> Self {
        let variables = vec![Variable { name: "1".to_owned(), uses: 1 }];
        Self { text: String::new(), variables, by_name: vec![0], fixed: 0 }
    }

    /// Returns the text as the template has it. Empty if it is not known.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the variables, each once, in the order in which they are filled.
    #[must_use]
    pub fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// Returns the names of the variables.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.variables.iter().map(|variable| variable.name.as_str())
    }

    /// The position of the variable of a name.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        let name_at = |at: &usize| self.variables[*at].name.as_str();
        let found = self.by_name.binary_search_by(|at| name_at(at).cmp(name)).ok()?;
        Some(self.by_name[found])
    }

    /// Returns how many characters it has without its variables.
    #[must_use]
    pub fn fixed(&self) -> usize {
        self.fixed
    }

    /// Returns what stands before the first variable.
    #[must_use]
    pub fn beginning(&self) -> &str {
        next(&self.text).map_or(&self.text, |(before, ..)| before)
    }

    /// The first number that no variable has, though a greater one is there.
    pub(super) fn gap(&self) -> Option<usize> {
        let numbers: Option<Vec<_>> = self.variables.iter().map(Variable::number).collect();
        let numbers = numbers?;
        (1..).zip(&numbers).find(|(wanted, found)| wanted != *found).map(|(wanted, _)| wanted)
    }
}

impl Variable {
    /// Its number, if it has one in place of a name.
    fn number(&self) -> Option<usize> {
        self.name.parse().ok()
    }
}

/// Returns a text with its variables filled in, each use of them. Those without a value stay as they are written.
///
/// ```
/// use wa_message_rules::definition::filled;
///
/// let value = |name: &str| (name == "1").then_some("Ada");
/// assert_eq!(filled("Hi {{1}}, order {{ 2 }}.", value), "Hi Ada, order {{ 2 }}.");
/// ```
#[must_use]
pub fn filled<'v>(text: &str, value: impl Fn(&str) -> Option<&'v str>) -> String {
    let (mut whole, mut rest) = (String::new(), text);
    while let Some((before, name, behind)) = next(rest) {
        let written = &rest[before.len()..rest.len() - behind.len()];
        whole.push_str(before);
        whole.push_str(value(name).unwrap_or(written));
        rest = behind;
    }
    whole.push_str(rest);
    whole
}

/// How many characters may stand between the braces of a variable. Names have 20 at most.
const NAME_AT_MOST: usize = 100;

/// What stands before the next variable, its name, and what stands behind it.
fn next(text: &str) -> Option<(&str, &str, &str)> {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut from = 0;
    loop {
        let start = from + text[from..].find("{{")?;
        let inside = &text[start + 2..];
        let end = inside.find(|letter| !is_name(letter) && !char::is_whitespace(letter));
        let (within, behind) = inside.split_at(end.unwrap_or(inside.len()));
        let name = within.trim();
        if let Some(behind) = behind.strip_prefix("}}")
            && !name.is_empty()
            && name.chars().all(is_name)
            && within.chars().count() < NAME_AT_MOST
        {
            return Some((&text[..start], name, behind));
        }
        // `{{{1}}}` has a brace of its own before the variable. What was read holds none, and is not read again.
        from = if within.is_empty() { start + 1 } else { start + 2 + within.len() };
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    fn names(text: &str) -> Vec<String> {
        Words::new(text).names().map(str::to_owned).collect()
    }

    #[test]
    fn variables_are_found_once_each() {
        assert_eq!(names("Hi {{1}}, order {{ 2 }} for {{1}}."), ["1", "2"]);
        assert_eq!(names("{{1}} {{3}} {{2}}"), ["1", "2", "3"]);
        assert_eq!(names("{{ten}} {{2}} {{one}}"), ["ten", "2", "one"]);
        assert_eq!(names("{{{1}}} {{}} {{a b}} {{é}} {{x"), ["1", "é"]);
        assert_eq!(names("{{ {{2}}"), ["2"]);
        assert_eq!(names("none { 1 }"), [""; 0]);
        assert_eq!(names("{{x{{1}}y}} {{{{2}}}} {{3} }} {{ {{4}}"), ["1", "2", "4"]);
        let long = |letters: usize| format!("{{{{{}}}}}", "x".repeat(letters));
        assert_eq!((names(&long(99)).len(), names(&long(100)).len()), (1, 0));
    }

    #[test]
    fn what_is_fixed_is_counted_in_characters() {
        let words = Words::new("Grüße, {{name}} 🍞 {{name}}!");
        assert_eq!((words.fixed(), words.variables()[0].uses), (11, 2));
        assert_eq!(words.beginning(), "Grüße, ");
        assert_eq!(Words::new("https://example.org/").beginning(), "https://example.org/");
    }

    #[test]
    fn a_variable_is_found_by_its_name() {
        let words = Words::new("{{ten}} {{2}} {{one}} {{ten}}");
        let at = ["ten", "2", "one", "two"].map(|name| words.position(name));
        assert_eq!(at, [Some(0), Some(1), Some(2), None]);
    }

    #[test]
    fn gaps_are_found() {
        assert_eq!(Words::new("{{1}} {{3}}").gap(), Some(2));
        assert_eq!(Words::new("{{2}} {{1}}").gap(), None);
        assert_eq!(Words::new("{{a}} {{3}}").gap(), None);
    }
}
