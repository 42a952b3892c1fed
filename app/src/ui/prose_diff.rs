//! Prose with what was added and removed, as an editor would mark it.

use domain::policy::diff::Piece;
use domain::words::Words;
use leptos::prelude::*;

/// The paragraphs of a text that was changed.
pub fn prose_diff(words: Words, pieces: &[Piece]) -> AnyView {
    pieces
        .split(|piece| *piece == Piece::ParagraphBreak)
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| {
            let pieces = paragraph.iter().map(|one| piece(words, one)).collect::<Vec<_>>();
            view! { <p>{pieces}</p> }
        })
        .collect::<Vec<_>>()
        .into_any()
}

/// Few screen readers announce `ins` and `del`, so words say it for them.
fn piece(words: Words, piece: &Piece) -> AnyView {
    match piece {
        Piece::Same(text) => text.clone().into_any(),
        Piece::Added(text) => view! {
            <ins><span class="unseen">{words.text("compare-inserted")}" "</span>{text.clone()}</ins>
        }
        .into_any(),
        Piece::Removed(text) => view! {
            <del><span class="unseen">{words.text("compare-deleted")}" "</span>{text.clone()}</del>
        }
        .into_any(),
        Piece::ParagraphBreak => ().into_any(),
    }
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;

    use super::*;

    #[test]
    fn paragraphs_are_kept_and_text_stays_text() {
        let pieces = [
            Piece::Same("a ".into()),
            Piece::Removed("<b>".into()),
            Piece::ParagraphBreak,
            Piece::Added("c".into()),
        ];
        let html = Owner::new().with(|| prose_diff(Words::new(Language::En), &pieces).to_html());
        assert_eq!(html.matches("<p>").count(), 2, "{html}");
        assert!(html.contains("&lt;b&gt;</del>") && html.contains("c</ins>"), "{html}");
    }
}
