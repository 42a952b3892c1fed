//! Progress in steps, as filled segments: "7 of 12".

use domain::words::Words;
use leptos::prelude::*;

/// More steps than this are drawn as one bar: thinner ones could not be told
/// apart.
const MOST_SEGMENTS: u32 = 40;

/// So many of the steps, drawn and in words.
pub fn segments(words: Words, done: u32, total: u32) -> AnyView {
    let done = done.min(total);
    let parts = if total > MOST_SEGMENTS {
        let share = 100.0 * f64::from(done) / f64::from(total);
        vec![("full", 0.0, share), ("rest", share, 100.0 - share)]
    } else {
        // A gap of one percent, less where segments are narrow.
        let step = 100.0 / f64::from(total.max(1));
        let gap = step.min(8.0) / 8.0;
        (0..total)
            .map(|n| (if n < done { "full" } else { "rest" }, f64::from(n) * step, step - gap))
            .collect()
    };
    let rects = parts
        .into_iter()
        .map(|(class, x, width)| {
            view! { <rect class=class x=format!("{x:.2}%") width=format!("{width:.2}%") y="0" height="8"/> }
        })
        .collect_view();
    view! {
        <div class="drawn">
            <svg class="segments" aria-hidden="true">{rects}</svg>
            <span>{words.with("segments-of", &[("done", done.into()), ("total", total.into())])}</span>
        </div>
    }
    .into_any()
}
