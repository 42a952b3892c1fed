//! Until when something is kept, in words and drawn.

use domain::erasure::hold_for;
use domain::identifiers::Slug;
use domain::policy::facts::{Category, Hold, RetentionRule};
use domain::retention::{Due, due, rule_for};
use engine::records::{Holding, Overview};
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

/// When the time of the newest record is up, with the ground if it is a law that
/// sets it.
fn until<'a>(
    reader: Reader<'a>,
    overview: &Overview,
    category: &Slug,
    holding: &Holding,
) -> Option<(Timeline, Option<&'a Hold>)> {
    let facts = &reader.document.facts;
    let newest = Date::from(holding.newest);
    // The line's ends; today is set by whoever draws it.
    let line = |from, until| Timeline { from, until: Some(until), today: from };
    let by_rule = rule_for(facts, category).and_then(|rule| {
        match (due(rule, newest, &overview.events), rule.period) {
            (Due::On(until), Some(period)) => Some(line(period.before(until), until)),
            _ => None,
        }
    });
    let by_law = hold_for(facts, category).and_then(|hold| {
        let until = hold.period?.after(newest);
        Some((line(newest, until), hold))
    });
    match (by_rule, by_law) {
        (Some(rule), Some((law, _))) if rule.until >= law.until => Some((rule, None)),
        (_, Some((law, hold))) => Some((law, Some(hold))),
        (Some(rule), None) => Some((rule, None)),
        (None, None) => None,
    }
}

/// Until when a category is kept, drawn as a line where it has an end.
pub fn kept_view(
    reader: Reader<'_>,
    overview: &Overview,
    category: &Category,
    today: Date,
) -> AnyView {
    let holding = overview.holding(&category.id);
    let drawn = holding.and_then(|holding| until(reader, overview, &category.id, holding));
    match drawn {
        Some((line, hold)) => {
            let by_law = hold.map(|hold| {
                let ground = ground(reader, hold);
                view! { <span class="quiet">{reader.words.with("held-until-by-law", &[("ground", ground.into())])}</span> }
            });
            view! { {Timeline { today, ..line }.view(reader.words)}{by_law} }.into_any()
        }
        None => {
            view! { <span class="quiet">{kept_in_words(reader, &category.id)}</span> }.into_any()
        }
    }
}

/// When one record goes, in words; nothing where no date is set.
pub fn goes(reader: Reader<'_>, overview: &Overview, category: &Slug, on: Date) -> Option<String> {
    let facts = &reader.document.facts;
    let by_rule =
        rule_for(facts, category).and_then(|rule| match due(rule, on, &overview.events) {
            Due::On(until) => Some(until),
            _ => None,
        });
    let by_law = hold_for(facts, category).and_then(|hold| Some((hold.period?.after(on), hold)));
    let date = |date| ("date", reader.words.date(date).into());
    match (by_rule, by_law) {
        (rule, Some((law, hold))) if rule.is_none_or(|rule| rule < law) => {
            let ground = ("ground", ground(reader, hold).into());
            Some(reader.words.with("held-goes-by-law", &[date(law), ground]))
        }
        (Some(rule), _) => Some(reader.words.with("held-goes", &[date(rule)])),
        (None, _) => None,
    }
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
