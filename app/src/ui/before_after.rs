//! What a person proposes to correct, field by field.

use domain::words::Words;
use engine::corrections::Proposal;
use leptos::prelude::*;

use super::held::fields::label;

/// Each field with what it says and what it should say.
pub fn before_after(words: Words, proposal: &Proposal) -> AnyView {
    let rows = proposal
        .changes
        .iter()
        .map(|change| {
            let (before, after) = change.texts();
            let shown =
                |text: String| if text.is_empty() { words.text("correct-empty") } else { text };
            view! {
                <tr>
                    <th scope="row">{label(words, &change.field)}</th>
                    <td data-label=words.text("correct-before")><del>{shown(before)}</del></td>
                    <td data-label=words.text("correct-after")><ins>{shown(after)}</ins></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="facts">
            <caption>{words.text("correct-proposed")}</caption>
            <thead><tr>
                <th scope="col">{words.text("correct-field")}</th>
                <th scope="col">{words.text("correct-before")}</th>
                <th scope="col">{words.text("correct-after")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
