//! What Stripe holds: references, amounts, dates and states (L2).

use domain::words::Words;
use engine::storage::Timestamp;
use engine::stripe::{Entry, Look, NoCustomer, Picture, Seen};
use jiff::tz::TimeZone;
use leptos::prelude::*;

use super::amount::amount;

/// What Stripe says now, or what it said last, and which of both it is.
pub fn stripe_view(words: Words, look: &Look, zone: &TimeZone) -> AnyView {
    let said = match look {
        Look::Now(_) => words.text("stripe-now"),
        Look::Earlier { as_of, stale, .. } => {
            let when = ("when", when(words, *as_of, zone).into());
            let id = if *stale { "stripe-earlier-stale" } else { "stripe-earlier" };
            words.with(id, &[when])
        }
        Look::Never(_) => words.text("stripe-never"),
        Look::NoCustomer(why) => words.text(why_none(*why)),
    };
    let title = if matches!(look, Look::Now(_)) { "stripe-title-now" } else { "stripe-title" };
    let class = if matches!(look, Look::Now(_)) { "quiet" } else { "notice" };
    let picture = match look {
        Look::Now(picture) | Look::Earlier { picture, .. } => Some(picture),
        Look::Never(_) | Look::NoCustomer(_) => None,
    };
    let picture = picture.map(|picture| picture_view(words, picture, zone));
    view! {
        <section class="at-stripe" aria-labelledby="at-stripe">
            <h2 id="at-stripe">{words.text(title)}</h2>
            <p class=class role="status">{said}</p>
            {picture}
            <p class="quiet">{words.text("held-stripe")}</p>
        </section>
        <h2>{words.text("stripe-held-here")}</h2>
    }
    .into_any()
}

/// What Stripe said last, for a download.
pub fn seen_at_stripe(words: Words, seen: &Seen, zone: &TimeZone) -> AnyView {
    let as_of = words.with("stripe-seen", &[("when", when(words, seen.as_of, zone).into())]);
    view! {
        <section>
            <h2>{words.text("stripe-title")}</h2>
            <p class="quiet">{as_of}</p>
            {picture_view(words, &seen.picture, zone)}
        </section>
    }
    .into_any()
}

/// What deleting means at Stripe, before it is done: what is asked for there,
/// what Stripe keeps, why and for how long.
pub fn deleting_at_stripe(words: Words) -> AnyView {
    view! {
        <h2>{words.text("stripe-erasure-title")}</h2>
        <div class="prose">
            <p>{words.text("stripe-erasure-asks")}</p>
            <p>{words.text("stripe-erasure-keeps")}</p>
        </div>
    }
    .into_any()
}

fn picture_view(words: Words, picture: &Picture, zone: &TimeZone) -> AnyView {
    let customer = view! {
        <dl class="fields"><div>
            <dt>{words.text("data-customer")}</dt>
            <dd><code class="copy">{picture.customer.clone()}</code></dd>
        </div></dl>
    };
    let deleted =
        picture.deleted.then(|| view! { <p class="notice">{words.text("stripe-deleted")}</p> });
    let empty =
        picture.is_empty().then(|| view! { <p class="quiet">{words.text("stripe-empty")}</p> });
    let lists = [
        ("stripe-subscriptions", &picture.subscriptions),
        ("stripe-payments", &picture.payments),
        ("stripe-invoices", &picture.invoices),
    ]
    .into_iter()
    .filter(|(_, entries)| !entries.is_empty())
    .map(|(title, entries)| {
        let entries = entries.iter().map(|entry| entry_view(words, entry, zone)).collect_view();
        view! { <h3>{words.text(title)}</h3><ol class="records">{entries}</ol> }
    })
    .collect_view();
    let more = picture.more.then(|| view! { <p class="quiet">{words.text("stripe-more")}</p> });
    view! { {customer}{deleted}{empty}{lists}{more} }.into_any()
}

fn entry_view(words: Words, entry: &Entry, zone: &TimeZone) -> AnyView {
    let on = jiff::Timestamp::from(entry.at).to_zoned(zone.clone()).date();
    let amount = entry.amount.map(|minor| {
        view! {
            <div><dt>{words.text("data-amount")}</dt>
                <dd><span class="figure">{amount(words, minor, &entry.currency)}</span></dd></div>
        }
    });
    view! {
        <li>
            <p class="when"><time datetime=on.to_string()>{words.date(on)}</time></p>
            <dl class="fields">
                <div><dt>{words.text("stripe-reference")}</dt>
                    <dd><code class="copy">{entry.reference.clone()}</code></dd></div>
                {amount}
                <div><dt>{words.text("data-state")}</dt><dd>{state(words, &entry.state)}</dd></div>
            </dl>
        </li>
    }
    .into_any()
}

/// Stripe's word for how something stands, in the reader's; its own where it is new.
fn state(words: Words, state: &str) -> String {
    let plain = state.replace('_', "-");
    words.find(&format!("stripe-state-{plain}")).unwrap_or_else(|| state.replace('_', " "))
}

/// "21 November 2026, 12:03", where the company is.
fn when(words: Words, time: Timestamp, zone: &TimeZone) -> String {
    let then = jiff::Timestamp::from(time).to_zoned(zone.clone());
    format!("{}, {:02}:{:02}", words.date(then.date()), then.hour(), then.minute())
}

fn why_none(why: NoCustomer) -> &'static str {
    match why {
        NoCustomer::NothingToGoBy => "stripe-none-nothing",
        NoCustomer::Nobody => "stripe-none-nobody",
        NoCustomer::SeveralThere => "stripe-none-several-there",
        NoCustomer::SeveralHere => "stripe-none-several-here",
        NoCustomer::ReferenceUnknown => "stripe-none-reference",
    }
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;
    use engine::stripe::StripeError;

    use super::*;

    fn picture() -> Picture {
        let entry = |reference: &str, state: &str| Entry {
            reference: reference.into(),
            amount: Some(4900),
            currency: "eur".into(),
            at: Timestamp(1_795_262_400_000),
            state: state.into(),
        };
        Picture {
            customer: "cus_1".into(),
            deleted: true,
            payments: vec![entry("pi_1", "succeeded")],
            subscriptions: vec![entry("sub_1", "past_due"), entry("sub_2", "something_new")],
            invoices: Vec::new(),
            more: true,
        }
    }

    fn html(language: Language, look: &Look) -> String {
        let words = Words::new(language);
        let html = Owner::new().with(|| stripe_view(words, look, &TimeZone::UTC).to_html());
        assert!(!html.contains("Unknown localization"), "{html}");
        html
    }

    #[test]
    fn what_is_shown_says_whether_it_is_of_now() {
        let now = html(Language::En, &Look::Now(picture()));
        for part in ["pi_1", "€49.00", "21 November 2026", "overdue", "something new", "just now"]
        {
            assert!(now.contains(part), "{part} in {now}");
        }
        assert!(!now.contains("Invoices"), "{now}");
        let earlier = |stale| {
            let as_of = Timestamp(1_795_262_400_000 + 180_000);
            let why = StripeError::Slow;
            html(Language::En, &Look::Earlier { picture: picture(), as_of, stale, why })
        };
        let seen = earlier(false);
        assert!(seen.contains("as of 21 November 2026, 12:03"), "{seen}");
        assert!(seen.contains("could not be asked just now") && seen.contains("pi_1"), "{seen}");
        assert!(earlier(true).contains("something has changed since"));
    }

    #[test]
    fn nothing_is_said_in_every_language() {
        for language in Language::ALL {
            for why in [
                NoCustomer::NothingToGoBy,
                NoCustomer::Nobody,
                NoCustomer::SeveralThere,
                NoCustomer::SeveralHere,
                NoCustomer::ReferenceUnknown,
            ] {
                html(language, &Look::NoCustomer(why));
            }
            html(language, &Look::Never(StripeError::Slow));
            html(language, &Look::Now(picture()));
        }
    }
}
