//! What changed between two versions, as people read it: facts field by field,
//! prose word by word.

use std::time::Duration;

use similar::{ChangeTag, TextDiff};

use super::Document;
use super::fields::{Entry, entries};
pub use super::fields::{FactKind, FieldValue};
use crate::identifiers::Slug;

/// A change of one fact: "call recordings: kept 90 days → 30 days".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactChange {
    /// Which kind of fact.
    pub list: FactKind,
    /// Its name.
    pub id: Slug,
    /// What people call it, in the newer version that has it.
    pub label: String,
    /// What happened to it.
    pub change: Change,
}

/// What happened to a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// One of its fields is different.
    Changed {
        /// The field, by its name in files.
        field: &'static str,
        /// What it said.
        from: FieldValue,
        /// What it says.
        to: FieldValue,
    },
}

/// The changes of the facts, in the order of the document.
///
/// What is assumed counts as not stated on its side: replacing one assumption by
/// another changes no promise, and stating what was assumed makes a new one.
pub fn fact_changes(old: &Document, new: &Document) -> Vec<FactChange> {
    let stated =
        |document| entries(document).into_iter().filter(|e| !e.is_assumed()).collect::<Vec<_>>();
    let (old, new) = (stated(old), stated(new));
    let same = |a: &Entry<'_>, b: &Entry<'_>| a.kind == b.kind && a.id == b.id;
    let change = |entry: &Entry<'_>, change| FactChange {
        list: entry.kind,
        id: entry.id.clone(),
        label: entry.label.clone(),
        change,
    };
    let mut changes = Vec::new();
    for entry in &new {
        match old.iter().find(|before| same(before, entry)) {
            None => changes.push(change(entry, Change::Added)),
            Some(before) => changes.extend(entry.fields.iter().filter_map(|(field, _)| {
                let (from, to) = (before.stated(field), entry.stated(field));
                (from != to).then(|| change(entry, Change::Changed { field, from, to }))
            })),
        }
    }
    let gone = old.iter().filter(|before| !new.iter().any(|entry| same(before, entry)));
    changes.extend(gone.map(|entry| change(entry, Change::Removed)));
    changes.sort_by_key(|change| change.list);
    changes
}

/// A section in a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionChange {
    /// Its name.
    pub id: Slug,
    /// Its title in the newer version that has it.
    pub title: String,
    /// What happened to it.
    pub state: SectionState,
    /// Its text with what was added and removed; empty if nothing was.
    pub pieces: Vec<Piece>,
}

/// What happened to a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionState {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Its text is different.
    Changed,
    /// Its text is the same.
    Same,
}

/// A run of text in a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// In both versions.
    Same(String),
    /// In the new version only.
    Added(String),
    /// In the old version only.
    Removed(String),
    /// The next paragraph begins.
    ParagraphBreak,
}

/// A section to compare: its name, title and plain text, in which blank lines
/// separate paragraphs.
pub type PlainSection = (Slug, String, String);

/// The sections of both versions, in the new order, removed ones after those that
/// they followed. When `deadline` has passed, the rest is compared coarsely: the
/// page is public, and two long texts could otherwise keep a core busy.
pub fn prose_changes(
    old: &[PlainSection],
    new: &[PlainSection],
    deadline: Duration,
) -> Vec<SectionChange> {
    let mut changes: Vec<SectionChange> = Vec::new();
    // Each section gets the same share, so that none has to know when it began.
    let share = deadline / u32::try_from(new.len().max(1)).unwrap_or(u32::MAX);
    for (id, title, text) in new {
        let before = old.iter().find(|(other, ..)| other == id);
        let (state, pieces) = match before {
            None => (SectionState::Added, compare("", text, share)),
            // A title is shown above the text, so its change alone is one too.
            Some((_, was, before)) if before == text && was == title => {
                (SectionState::Same, Vec::new())
            }
            Some((_, _, before)) => (SectionState::Changed, compare(before, text, share)),
        };
        changes.push(SectionChange { id: id.clone(), title: title.clone(), state, pieces });
    }
    let mut place = 0;
    for (id, title, text) in old {
        if let Some(at) = changes.iter().position(|change| change.id == *id) {
            place = at + 1;
        } else {
            let pieces = compare(text, "", share);
            let state = SectionState::Removed;
            let gone = SectionChange { id: id.clone(), title: title.clone(), state, pieces };
            changes.insert(place.min(changes.len()), gone);
            place += 1;
        }
    }
    changes
}

fn compare(old: &str, new: &str, share: Duration) -> Vec<Piece> {
    let diff = TextDiff::configure().timeout(share).diff_words(old, new);
    let mut runs = Runs::default();
    for change in diff.iter_all_changes() {
        let word = change.value();
        if word.trim().is_empty() && word.matches('\n').count() > 1 {
            runs.paragraph();
            continue;
        }
        match change.tag() {
            ChangeTag::Equal => runs.same(word),
            ChangeTag::Delete => runs.changed(word, ""),
            ChangeTag::Insert => runs.changed("", word),
        }
    }
    runs.flush();
    runs.pieces
}

/// Gathers neighbouring words into runs.
#[derive(Default)]
struct Runs {
    pieces: Vec<Piece>,
    removed: String,
    added: String,
    /// A space between two replaced words: part of both, if another follows.
    gap: String,
}

impl Runs {
    fn same(&mut self, word: &str) {
        let replaced = !self.removed.is_empty() && !self.added.is_empty();
        if word.trim().is_empty() && replaced && self.gap.is_empty() {
            self.gap = word.to_owned();
            return;
        }
        self.flush();
        match self.pieces.last_mut() {
            Some(Piece::Same(text)) => text.push_str(word),
            _ => self.pieces.push(Piece::Same(word.to_owned())),
        }
    }

    fn changed(&mut self, removed: &str, added: &str) {
        let gap = std::mem::take(&mut self.gap);
        self.removed.push_str(&gap);
        self.added.push_str(&gap);
        self.removed.push_str(removed);
        self.added.push_str(added);
    }

    fn paragraph(&mut self) {
        self.flush();
        if !matches!(self.pieces.last(), None | Some(Piece::ParagraphBreak)) {
            self.pieces.push(Piece::ParagraphBreak);
        }
    }

    fn flush(&mut self) {
        for (text, piece) in [
            (&mut self.removed, Piece::Removed as fn(String) -> Piece),
            (&mut self.added, Piece::Added),
            (&mut self.gap, Piece::Same),
        ] {
            if !text.is_empty() {
                self.pieces.push(piece(std::mem::take(text)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::Period;
    use crate::policy::fixture::{document, slug};
    use proptest::prelude::*;

    fn long() -> Duration {
        Duration::from_secs(5)
    }

    #[test]
    fn a_changed_period_reads_as_from_and_to() {
        let (old, mut new) = (document(), document());
        assert_eq!(fact_changes(&old, &new), []);
        new.facts.retention[0].period = Some(Period::days(30).into());
        let expected = FactChange {
            list: FactKind::Retention,
            id: slug("call-recording"),
            label: "Call recordings".to_owned(),
            change: Change::Changed {
                field: "period",
                from: FieldValue::Period(Period::days(90)),
                to: FieldValue::Period(Period::days(30)),
            },
        };
        assert_eq!(fact_changes(&old, &new), [expected]);
    }

    #[test]
    fn added_and_removed_facts_and_contacts() {
        let (mut old, mut new) = (document(), document());
        old.facts.children = None;
        new.facts.cookies.clear();
        new.controller.contacts[0].label = "Questions".to_owned();
        let found: Vec<_> = fact_changes(&old, &new)
            .into_iter()
            .map(|change| (change.list.name(), change.change))
            .collect();
        let label = Change::Changed {
            field: "label",
            from: FieldValue::Text("Privacy".to_owned()),
            to: FieldValue::Text("Questions".to_owned()),
        };
        let expected =
            [("contact", label), ("cookie", Change::Removed), ("children", Change::Added)];
        assert_eq!(found, expected);
    }

    #[test]
    fn assumptions_are_no_promises() {
        let assume = |document: &mut Document, field: &str, days| {
            document.facts.retention[0].assumed.insert(field.to_owned());
            document.facts.retention[0].period = Some(Period::days(days).into());
        };
        let (mut old, mut new) = (document(), document());
        assume(&mut old, "period", 10);
        assume(&mut new, "period", 20);
        assert_eq!(fact_changes(&old, &new), [], "another assumption");
        let stated = fact_changes(&old, &document());
        assert!(
            matches!(
                &stated[0].change,
                Change::Changed { field: "period", from: FieldValue::Absent, .. }
            ),
            "stated at last"
        );
        assume(&mut new, "all", 30);
        assert_eq!(fact_changes(&old, &new)[0].change, Change::Removed);
    }

    #[test]
    fn prose_is_compared_by_words() {
        let same = |text: &str| Piece::Same(text.to_owned());
        let added = |text: &str| Piece::Added(text.to_owned());
        let removed = |text: &str| Piece::Removed(text.to_owned());
        let cases = [
            ("a b c", "a x c", vec![same("a "), removed("b"), added("x"), same(" c")]),
            ("a b c d", "a x y d", vec![same("a "), removed("b c"), added("x y"), same(" d")]),
            ("a b", "a b\n\nc", vec![same("a b"), Piece::ParagraphBreak, added("c")]),
            ("a\n\nb", "a", vec![same("a"), Piece::ParagraphBreak, removed("b")]),
            ("", "a b", vec![added("a b")]),
        ];
        for (old, new, expected) in cases {
            assert_eq!(compare(old, new, long()), expected, "{old:?} {new:?}");
        }
    }

    #[test]
    fn sections_keep_their_order() {
        let section = |id: &str, text: &str| (slug(id), id.to_uppercase(), text.to_owned());
        let old = [section("a", "1"), section("b", "2"), section("c", "3")];
        let new = [section("a", "1"), section("c", "4"), section("d", "5")];
        let found: Vec<_> = prose_changes(&old, &new, long())
            .into_iter()
            .map(|change| (change.id.to_string(), change.state, change.pieces.len()))
            .collect();
        let expected = [
            ("a", SectionState::Same, 0),
            ("b", SectionState::Removed, 1),
            ("c", SectionState::Changed, 2),
            ("d", SectionState::Added, 1),
        ];
        assert_eq!(found, expected.map(|(id, state, pieces)| (id.to_owned(), state, pieces)));
    }

    /// The comparison is public: hostile texts must not take long.
    #[test]
    fn long_texts_end_in_time() {
        let text =
            |step: usize| (0..30_000).map(|n| format!("{} ", n * step % 7_919)).collect::<String>();
        let started = std::time::Instant::now();
        compare(&text(31), &text(37), Duration::from_millis(200));
        assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    }

    proptest! {
        #[test]
        fn each_side_can_be_read_back(old in "([abc]{1,2}[ \n]{1,2}){0,12}", new in "([abc]{1,2}[ \n]{1,2}){0,12}") {
            let pieces = compare(&old, &new, long());
            let side = |own: fn(&Piece) -> Option<&str>| {
                let text: String = pieces.iter().map(|piece| match piece {
                    Piece::Same(text) => text,
                    Piece::ParagraphBreak => " ",
                    other => own(other).unwrap_or_default(),
                }).collect();
                text.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
            };
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            let removed = side(|p| match p { Piece::Removed(text) => Some(text), _ => None });
            let added = side(|p| match p { Piece::Added(text) => Some(text), _ => None });
            prop_assert_eq!(removed, words(&old));
            prop_assert_eq!(added, words(&new));
        }
    }
}
