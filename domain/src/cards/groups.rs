//! Groups of digits that may belong together.

/// Some digits, and what stood before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Group<'t> {
    pub digits: &'t str,
    /// Whether more than spaces and hyphens stand between it and the group before.
    pub marked: bool,
    /// Whether a plus stands before it, as before a telephone number.
    pub plus: bool,
}

/// How many characters may stand between two groups: a mark with a space on each side.
const GAP: usize = 3;
/// The most digits of a telephone number (E.164).
const TELEPHONE: usize = 15;

/// The groups of a plain text that stand together; those that are part of a word are
/// none, and end a run.
pub(super) fn runs(text: &str) -> Vec<Vec<Group<'_>>> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '+';
    let mut runs: Vec<Vec<Group<'_>>> = vec![Vec::new()];
    let (mut gap, mut marked, mut rest) = (0, false, text);
    while let Some(first) = rest.chars().next() {
        if !is_word(first) {
            gap = if matches!(first, ' ' | '-' | '.') { gap + 1 } else { GAP + 1 };
            marked |= first == '.';
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
            continue;
        }
        let end = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if gap > GAP {
            runs.push(Vec::new());
        }
        let plus = word.starts_with('+');
        let parts: Vec<&str> =
            word.trim_start_matches('+').split('_').filter(|part| !part.is_empty()).collect();
        let are_digits = parts.iter().all(|part| {
            part.len() <= super::number::LONGEST && part.bytes().all(|byte| byte.is_ascii_digit())
        });
        if are_digits && let Some(run) = runs.last_mut() {
            run.extend(parts.into_iter().enumerate().map(|(number, digits)| Group {
                digits,
                marked: if number == 0 { marked } else { true },
                plus: plus && number == 0,
            }));
        } else {
            runs.push(Vec::new());
        }
        (gap, marked, rest) = (0, false, after);
    }
    runs
}

/// Whether groups are set apart as those of one number: with spaces and hyphens in any
/// way; with other marks, which also stand in dates, sums and addresses of machines, as
/// numbers are printed on cards: all of one length, or of four digits and more.
pub(super) fn are_set_apart_as_one(groups: &[Group<'_>]) -> bool {
    let Some(([first, rest @ ..], last)) = groups.split_last().map(|(last, rest)| (rest, last))
    else {
        // One group alone.
        return groups.iter().all(|one| !one.plus || one.digits.len() > TELEPHONE);
    };
    let digits: usize = groups.iter().map(|group| group.digits.len()).sum();
    if first.plus && digits <= TELEPHONE {
        return false;
    }
    if !groups.iter().skip(1).any(|group| group.marked) {
        return true;
    }
    let length = first.digits.len();
    let even = rest.iter().all(|group| group.digits.len() == length) && last.digits.len() <= length;
    groups.len() > 2 && (even || length >= 4 && rest.iter().all(|group| group.digits.len() >= 4))
}
