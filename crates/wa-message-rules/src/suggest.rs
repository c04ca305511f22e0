//! Near names for names that are not known.

/// The known name that is most like a name that is not, if one is near enough. A name of which only
/// the beginning is written is near too.
#[must_use]
pub fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    nearest_within(name, known, None)
}

/// The same with a limit of edits, and without names of which only the beginning is written.
pub(crate) fn nearest_within<'k>(
    name: &str,
    known: impl IntoIterator<Item = &'k str>,
    slips: Option<usize>,
) -> Option<&'k str> {
    if name.len() > LENGTH_AT_MOST {
        return None;
    }
    let name = fold(name);
    let rank = |candidate: &str| {
        let candidate = fold(candidate);
        let begun = slips.is_none() && name.len() > 1 && candidate.starts_with(&name);
        let reach = slips.unwrap_or_else(|| reach(candidate.len().max(name.len())));
        if !begun && candidate.len().abs_diff(name.len()) > reach {
            return None;
        }
        let distance = distance(&name, &candidate);
        // A slip of one letter is nearer than what only begins like it.
        let rank = (distance > 1, !begun, distance);
        (begun || distance <= reach).then_some(rank)
    };
    let near = known.into_iter().filter_map(|candidate| Some((rank(candidate)?, candidate)));
    near.min_by_key(|(rank, _)| *rank).map(|(_, candidate)| candidate)
}

/// How long a name is, in bytes, that may be a slip. The names that are known are shorter, and to
/// compare two long ones takes as many steps as the product of their lengths.
const LENGTH_AT_MOST: usize = 256;

/// How many edits still count as near: a third of the name, and at least one.
fn reach(length: usize) -> usize {
    (length / 3).max(1)
}

/// Case, `_` and `-` are slips of the same name.
fn fold(name: &str) -> Vec<char> {
    name.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect()
}

/// Edits (insert, remove, replace, swap neighbours) between two names.
fn distance(left: &[char], right: &[char]) -> usize {
    let width = right.len() + 1;
    let mut before = vec![0; width];
    let mut above: Vec<usize> = (0..width).collect();
    for (row, &a) in left.iter().enumerate() {
        let mut current = vec![row + 1; width];
        for (column, &b) in right.iter().enumerate() {
            let replaced = above[column] + usize::from(a != b);
            let mut best = replaced.min(above[column + 1] + 1).min(current[column] + 1);
            let swapped = row > 0 && column > 0 && a == right[column - 1] && left[row - 1] == b;
            if swapped {
                best = best.min(before[column - 1] + 1);
            }
            current[column + 1] = best;
        }
        before = std::mem::replace(&mut above, current);
    }
    above[width - 1]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_recognised() {
        let known = ["header", "body", "footer", "flow_action_payload"];
        assert_eq!(nearest("foter", known), Some("footer"));
        assert_eq!(nearest("haeder", known), Some("header"));
        assert_eq!(nearest("flowActionPayload", known), Some("flow_action_payload"));
        assert_eq!(nearest("bdy", known), Some("body"));
        assert_eq!(nearest("price", known), None);
        assert_eq!(nearest("bo", known), Some("body"));
        assert_eq!(nearest("flow", known), Some("flow_action_payload"));
        assert_eq!(nearest("", known), None);
        assert_eq!(nearest(&"header".repeat(100_000), known), None);
    }
}
