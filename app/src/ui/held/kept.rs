//! Until when something is kept, in words and drawn. Only what the company states is
//! said; of an assumption, that it is not stated yet.

use domain::erasure::hold_for;
use domain::identifiers::Slug;
use domain::policy::facts::{Category, Hold, RetentionRule};
use domain::policy::said::Said;
use domain::retention::{Goes, goes, rule_for};
use domain::words::Value;
use engine::records::Overview;
use jiff::civil::Date;
use leptos::prelude::*;

use crate::ui::reader::Reader;
use crate::ui::timeline::Timeline;

/// How long a category is kept, and what the law adds.
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
    match rule.period() {
        Said::Assumed => reader.words.text("kept-not-stated"),
        _ => reader.kept(rule).unwrap_or_default(),
    }
}

/// "what tax law demands, for 10 years".
fn hold_in_words(reader: Reader<'_>, hold: &Hold) -> String {
    if is_unconfirmed(hold) {
        return reader.words.with("held-unconfirmed", &unconfirmed(reader, hold));
    }
    let ground = ("ground", ground(reader, hold).into());
    match hold.period().stated() {
        Some(period) => {
            let period = ("period", reader.words.period(period).into());
            reader.words.with("held-by-law-for", &[ground, period])
        }
        None => reader.words.with("held-by-law", &[ground]),
    }
}

/// The ground of a hold, as "tax and accounting law".
pub fn ground(reader: Reader<'_>, hold: &Hold) -> String {
    match hold.ground().stated() {
        Some(ground) => reader.label(format_args!("hold.{}.ground", hold.id), ground),
        None => reader.words.text("ground-not-stated"),
    }
}

/// Whether the company has yet to confirm that, or how long, it must keep something.
pub fn is_unconfirmed(hold: &Hold) -> bool {
    let open_ended = matches!(hold.period(), Said::Nothing) && hold.ground().is_assumed();
    hold.period().is_assumed() || open_ended
}

/// What the messages about an unconfirmed hold name.
pub fn unconfirmed(reader: Reader<'_>, hold: &Hold) -> [(&'static str, Value<'static>); 2] {
    let company = reader.document.controller.name.clone();
    [("company", company.into()), ("ground", ground(reader, hold).into())]
}

/// Until when a category is kept, drawn as a line where it has an end.
pub fn kept_view(
    reader: Reader<'_>,
    overview: &Overview,
    category: &Category,
    today: Date,
) -> AnyView {
    let words = || {
        let kept = kept_in_words(reader, &category.id);
        view! { <span class="quiet">{kept}</span> }.into_any()
    };
    let holding = overview.holding(&category.id);
    let dates = holding.and_then(|held| held.of_company().dates.or(held.on_behalf.dates));
    let Some((_, newest)) = dates else { return words() };
    let newest = Date::from(newest);
    let facts = &reader.document.facts;
    let goes = goes(facts, &category.id, newest, &overview.events, today);
    let begins = |until| {
        let period = rule_for(facts, &category.id)?.period().stated()?;
        Some(period.cutoff(until))
    };
    let (from, until, hold) = match goes {
        Goes::On(until) => (begins(until).unwrap_or(newest), until, None),
        Goes::ByLaw(until, hold) | Goes::NotBefore(until, hold) => (newest, until, Some(hold)),
        Goes::NoLongerByLaw(..) => {
            let over = in_words(reader, goes, today);
            return view! { <span class="quiet">{over}</span> }.into_any();
        }
        Goes::AsLongAsLaw(_) | Goes::Unconfirmed(_) | Goes::NotSet => return words(),
    };
    let said = match goes {
        _ if until <= today => "timeline-over",
        Goes::NotBefore(..) => "timeline-at-least",
        _ => "timeline-until",
    };
    let line = Timeline { from, until, today }.view(reader.words, said);
    let by_law = hold.filter(|_| until > today).map(|hold| {
        let ground = ("ground", ground(reader, hold).into());
        view! { <span class="quiet">{reader.words.with("held-until-by-law", &[ground])}</span> }
    });
    view! { {line}{by_law} }.into_any()
}

/// When one record goes, or what keeps it, in words; nothing where nothing sets a date.
pub fn goes_in_words(
    reader: Reader<'_>,
    overview: &Overview,
    category: &Slug,
    on: Date,
    today: Date,
) -> Option<String> {
    let goes = goes(&reader.document.facts, category, on, &overview.events, today);
    in_words(reader, goes, today)
}

fn in_words(reader: Reader<'_>, goes: Goes<'_>, today: Date) -> Option<String> {
    let words = reader.words;
    let date = |date| ("date", words.date(date).into());
    let by = |hold| ("ground", ground(reader, hold).into());
    Some(match goes {
        Goes::On(on) | Goes::ByLaw(on, _) if on <= today => {
            words.with("held-time-is-up", &[date(on)])
        }
        Goes::On(on) => words.with("held-goes", &[date(on)]),
        Goes::ByLaw(on, hold) => words.with("held-goes-by-law", &[date(on), by(hold)]),
        Goes::NotBefore(on, hold) => words.with("held-stays-by-law", &[date(on), by(hold)]),
        Goes::NoLongerByLaw(on, hold) => words.with("held-law-over", &[date(on), by(hold)]),
        Goes::AsLongAsLaw(hold) => words.with("held-stays-as-long", &[by(hold)]),
        Goes::Unconfirmed(hold) => words.with("held-stays-unconfirmed", &unconfirmed(reader, hold)),
        Goes::NotSet => return None,
    })
}

/// How many records run out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RunsOut {
    /// Whose time was up by today.
    pub over: u64,
    /// Whose time runs out later this year.
    pub this_year: u64,
}

/// How many of the records that the company itself holds run out this year, and of how
/// many the time is up already; none if that cannot be said from what is at hand, which
/// is the oldest and the newest date.
pub fn runs_out(overview: &Overview, today: Date) -> Option<RunsOut> {
    let facts = &overview.version.document.facts;
    let end = today.last_of_year();
    let mut all = RunsOut::default();
    for holding in &overview.holdings {
        let Ok(category) = holding.category.parse::<Slug>() else { continue };
        let part = holding.of_company();
        let Some((oldest, newest)) = part.dates else { continue };
        let ends = |on| goes(facts, &category, Date::from(on), &overview.events, today).ends();
        match (ends(oldest), ends(newest)) {
            (None, None) => {}
            (Some(first), _) if first > end => {}
            // Beyond many, nobody has counted.
            (Some(_), Some(_)) if part.more => return None,
            (Some(_), Some(last)) if last <= today => all.over += part.amount,
            (Some(first), Some(last)) if first > today && last <= end => {
                all.this_year += part.amount;
            }
            _ => return None,
        }
    }
    Some(all)
}
