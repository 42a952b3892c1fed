//! The button that sends somebody to a provider.

use domain::words::Words;
use leptos::prelude::*;

use crate::ui::forms::hidden;

/// A form with nothing but the button: what it begins is noted, so it is no
/// link. `what` names the message on it.
pub fn button(
    words: Words,
    action: String,
    (what, name): (&'static str, &str),
    carried: &[(&'static str, &str)],
) -> AnyView {
    let label = words.with(what, &[("name", name.to_owned().into())]);
    let carried = carried
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| hidden(name, (*value).to_owned()))
        .collect_view();
    view! {
        <form method="post" action=action>
            {carried}
            <button type="submit" class="button plain">{label}</button>
        </form>
    }
    .into_any()
}
