//! Until when something is kept, in words and drawn.

use domain::erasure::hold_for;
use domain::identifiers::Slug;
use domain::policy::facts::{Category, Hold, RetentionRule};
use domain::retention::{Goes, due, goes, rule_for};
use engine::records::Overview;
use jiff::civil::Date;
use leptos::prelude::*;

use crate::ui::reader::Reader;
use crate::ui::timeline::Timeline;

/// How long a category is kept, and what the law adds. An answer to a person
/// says what the portal does, so a period that the policy only assumes is in it.
pub fn kept_in_words(reader: Reader<'_>, category: &Slug) -> String {
    let facts = &reader.document.facts;
    let rule = rule_for(facts, category)
        .map(|rule| rule_in_words(reader, rule))
        .filter(|kept| !kept.is_empty())
        .unwrap_or_else(|| reader.words.text("kept-as-needed"));
    match hold_for(facts, category) {
        Some(hold) => format!("{rule}; {}", hold_in_words(reader, hold)),
        None => rule,
    }
}

fn rule_in_words(reader: Reader<'_>, rule: &RetentionRule) -> String {
    let wording = reader.label(format_args!("retention.{}.wording", rule.id), &rule.wording);
    let period = rule.period.map(|period| reader.words.period(period));
    [period, Some(wording)].into_iter().flatten().collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// "what tax law demands, for 10 years".
fn hold_in_words(reader: Reader<'_>, hold: &Hold) -> String {
    let ground = ("ground", ground(reader, hold).into());
    match hold.period {
        Some(period) => {
            let period = ("period", reader.words.period(period).into());
            reader.words.with("held-by-law-for", &[ground, period])
        }
        None => reader.words.with("held-by-law", &[ground]),
    }
}

/// The ground of a hold, as "tax and accounting law".
pub fn ground(reader: Reader<'_>, hold: &Hold) -> String {
    reader.label(format_args!("hold.{}.ground", hold.id), &hold.ground)
}

/// Until when a category is kept, drawn as a line where it has an end.
pub fn kept_view(
    reader: Reader<'_>,
    overview: &Overview,
    category: &Category,
    today: Date,
) -> AnyView {
    let newest = overview.holding(&category.id).map(|holding| Date::from(holding.newest));
    let drawn = newest.and_then(|newest| {
        let facts = &reader.document.facts;
        let goes = goes(facts, &category.id, newest, &overview.events, today)?;
        let (until, over) = (goes.date(), goes.date() <= today);
        let from = match goes {
            Goes::On(until) => rule_for(facts, &category.id)?.period?.cutoff(until),
            Goes::ByLaw(..) | Goes::NotBefore(..) => newest,
        };
        let said = match goes {
            _ if over => "timeline-over",
            Goes::NotBefore(..) => "timeline-at-least",
            Goes::On(_) | Goes::ByLaw(..) => "timeline-until",
        };
        let line = Timeline { from, until, today }.view(reader.words, said);
        let by_law = goes.hold().filter(|_| !over).map(|hold| {
            let ground = ("ground", ground(reader, hold).into());
            view! { <span class="quiet">{reader.words.with("held-until-by-law", &[ground])}</span> }
        });
        Some(view! { {line}{by_law} }.into_any())
    });
    drawn.unwrap_or_else(|| {
        view! { <span class="quiet">{kept_in_words(reader, &category.id)}</span> }.into_any()
    })
}

/// When one record goes, in words; nothing where no date is set.
pub fn goes_in_words(
    reader: Reader<'_>,
    overview: &Overview,
    category: &Slug,
    on: Date,
    today: Date,
) -> Option<String> {
    let goes = goes(&reader.document.facts, category, on, &overview.events, today)?;
    let said = match goes {
        _ if goes.date() <= today => "held-time-is-up",
        Goes::On(_) => "held-goes",
        Goes::ByLaw(..) => "held-goes-by-law",
        Goes::NotBefore(..) => "held-stays-by-law",
    };
    let mut values = vec![("date", reader.words.date(goes.date()).into())];
    values.extend(goes.hold().map(|hold| ("ground", ground(reader, hold).into())));
    Some(reader.words.with(said, &values))
}

/// How many records' time is up by the end of this year; none if that cannot be
/// said from what is at hand, which is the oldest and the newest date.
pub fn due_this_year(overview: &Overview, today: Date) -> Option<u64> {
    let facts = &overview.version.document.facts;
    let end = today.last_of_year();
    let mut sum = 0;
    for holding in &overview.holdings {
        let Ok(category) = holding.category.parse::<Slug>() else { continue };
        // What the law keeps does not go when its rule has run.
        let Some(rule) =
            rule_for(facts, &category).filter(|_| hold_for(facts, &category).is_none())
        else {
            continue;
        };
        let runs_out = |on| due(rule, Date::from(on), &overview.events).has_run(end);
        match (runs_out(holding.oldest), runs_out(holding.newest)) {
            (false, _) => {}
            (true, true) => sum += u64::try_from(holding.amount).unwrap_or_default(),
            (true, false) => return None,
        }
    }
    Some(sum)
}
