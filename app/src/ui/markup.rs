//! What a view becomes when it is sent.

/// A rendered view without the marks that Leptos puts between its pieces.
///
/// They are there for what is hydrated, and are no HTML as they are (`<!>`). Outside of
/// islands nothing is hydrated, so they go; inside they become the comments that browsers
/// read them as anyway, which leaves the same tree. Text and values of attributes are
/// escaped, so what looks like a mark is one.
pub fn unmarked(html: &str) -> String {
    let mut plain = String::with_capacity(html.len());
    let mut inside = 0_usize;
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(MARK) {
        // A mark stands in as many islands as were begun and not ended before it.
        inside += before.matches(BEGUN).count();
        inside = inside.saturating_sub(before.matches(ENDED).count());
        plain.push_str(before);
        if inside > 0 {
            plain.push_str("<!---->");
        }
        rest = after;
    }
    plain.push_str(rest);
    plain
}

const MARK: &str = "<!>";
const BEGUN: &str = "<leptos-island";
const ENDED: &str = "</leptos-island>";

#[cfg(test)]
mod tests {
    use leptos::prelude::*;

    use super::*;

    #[test]
    fn marks_go_but_for_those_that_an_island_is_hydrated_by() {
        let html = "<p>a<!>b</p><leptos-island data-x=\"1\">c<!>d<leptos-island>e</leptos-island>\
                    <!></leptos-island><!>f";
        assert_eq!(
            unmarked(html),
            "<p>ab</p><leptos-island data-x=\"1\">c<!---->d<leptos-island>e</leptos-island>\
             <!----></leptos-island>f"
        );
    }

    #[test]
    fn what_people_write_is_never_taken_for_a_mark() {
        let text = "<!> \"<leptos-island\" </leptos-island>";
        let list = vec![1, 2];
        let html = Owner::new().with(|| {
            view! { <p title=text>{text} " " {text.to_owned()} {Some(text)} {list} {None::<String>} <b>{text}</b></p> }
                .to_html()
        });
        assert!(html.contains(MARK), "there is something to take out: {html}");
        let plain = unmarked(&html);
        assert!(!plain.contains(MARK) && !plain.contains("<!--"), "{plain}");
        assert_eq!(plain.matches("&lt;!&gt;").count(), 5, "{plain}");
        assert_eq!(plain.matches(BEGUN).count() + plain.matches(ENDED).count(), 0, "{plain}");
    }
}
