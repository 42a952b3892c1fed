//! Filling a form of a rendered page in: what a browser does when one goes back.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use engine::accounts::UnsentForm;
use lol_html::errors::RewritingError;
use lol_html::html_content::{ContentType, Element};
use lol_html::{RewriteStrSettings, element, end_tag, rewrite_str};

/// The values of a form, each of which fills one field in.
type Values = RefCell<BTreeMap<String, Vec<String>>>;

/// Every form that can be sent.
const FORM: &str = "form[method='post']";
/// What the sentence stands in: read out and scrolled to when the page opens.
const NOTICE: &str = "<p class=\"notice\" id=\"unsent\" role=\"status\" tabindex=\"-1\" autofocus>";

/// The page with the form filled in, and a sentence before it that says so; `None` if
/// the form is not there.
pub fn refill(page: &str, form: &UnsentForm, said: &str) -> Option<String> {
    let which = best(page, form)?;
    let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in &form.fields {
        values.entry(name.clone()).or_default().push(value.clone());
    }
    let values: Values = RefCell::new(values);
    let (inside, met) = (Rc::new(Cell::new(false)), Cell::new(0));
    let chosen = RefCell::new(None);
    let here = || inside.get().then_some(&values);

    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!(FORM, |tag| {
            if !is_action(tag, form) {
                return Ok(());
            }
            met.set(met.get() + 1);
            if met.get() != which + 1 {
                return Ok(());
            }
            inside.set(true);
            tag.before(NOTICE, ContentType::Html);
            tag.before(said, ContentType::Text);
            tag.before("</p>", ContentType::Html);
            let inside = Rc::clone(&inside);
            tag.on_end_tag(end_tag!(move |_| {
                inside.set(false);
                Ok(())
            }))
        }))
        .append_element_content_handler(element!("input[name]", |input| {
            here().map_or(Ok(()), |values| fill_input(input, values))
        }))
        .append_element_content_handler(element!("textarea[name]", |area| {
            if let Some(value) = here().and_then(|values| next(values, &name_of(area))) {
                // The parser swallows one newline after the tag.
                area.set_inner_content(&format!("\n{value}"), ContentType::Text);
            }
            Ok(())
        }))
        .append_element_content_handler(element!("select[name]", |select| {
            *chosen.borrow_mut() = here().and_then(|values| next(values, &name_of(select)));
            Ok(())
        }))
        .append_element_content_handler(element!("select[name] option[value]", |option| {
            let chosen = chosen.borrow();
            chosen.as_ref().map_or(Ok(()), |chosen| {
                let is_chosen = option.get_attribute("value").as_ref() == Some(chosen);
                mark(option, "selected", is_chosen)
            })
        }));
    told(rewrite_str(page, settings))
}

/// Of the forms of a page that are sent to the same path, the one that was sent: how
/// many of them stand before it.
fn best(page: &str, form: &UnsentForm) -> Option<usize> {
    let scores: Rc<RefCell<Vec<usize>>> = Rc::default();
    let inside = Rc::new(Cell::new(false));
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!(FORM, |tag| {
            if !is_action(tag, form) {
                return Ok(());
            }
            scores.borrow_mut().push(0);
            inside.set(true);
            let inside = Rc::clone(&inside);
            tag.on_end_tag(end_tag!(move |_| {
                inside.set(false);
                Ok(())
            }))
        }))
        .append_element_content_handler(element!(
            "input[name], textarea[name], select[name], button[name]",
            |field| {
                if inside.get()
                    && was_sent(field, form)
                    && let Some(score) = scores.borrow_mut().last_mut()
                {
                    *score += 1;
                }
                Ok(())
            }
        ));
    told(rewrite_str(page, settings))?;
    let scores = scores.borrow();
    let most = scores.iter().max()?;
    scores.iter().position(|score| score == most)
}

fn is_action(tag: &Element<'_, '_>, form: &UnsentForm) -> bool {
    let action = tag.get_attribute("action").unwrap_or_default();
    action.split('?').next() == Some(form.action.as_str())
}

/// A field that was sent; of what nobody can change, only with the same value.
fn was_sent(field: &Element<'_, '_>, form: &UnsentForm) -> bool {
    let name = name_of(field);
    let fixed = field.tag_name() == "button"
        || matches!(field.get_attribute("type").as_deref(), Some("hidden" | "submit"));
    let value = field.get_attribute("value").unwrap_or_default();
    form.fields.iter().any(|(sent, as_sent)| *sent == name && (!fixed || *as_sent == value))
}

fn told(rewritten: Result<String, RewritingError>) -> Option<String> {
    rewritten.inspect_err(|error| tracing::error!(%error, "a page could not be filled in")).ok()
}

fn fill_input(input: &mut Element<'_, '_>, values: &Values) -> lol_html::HandlerResult {
    let name = name_of(input);
    match input.get_attribute("type").as_deref() {
        Some("checkbox" | "radio") => {
            let value = input.get_attribute("value").unwrap_or_else(|| "on".to_owned());
            let checked = values.borrow().get(&name).is_some_and(|chosen| chosen.contains(&value));
            mark(input, "checked", checked)
        }
        Some("password" | "file" | "submit" | "button") => Ok(()),
        _ => {
            if let Some(value) = next(values, &name) {
                // Quotes are escaped there, and nothing else.
                input.set_attribute("value", &value.replace('&', "&amp;"))?;
            }
            Ok(())
        }
    }
}

fn mark(element: &mut Element<'_, '_>, attribute: &str, set: bool) -> lol_html::HandlerResult {
    if set {
        element.set_attribute(attribute, "")?;
    } else {
        element.remove_attribute(attribute);
    }
    Ok(())
}

fn name_of(element: &Element<'_, '_>) -> String {
    element.get_attribute("name").unwrap_or_default()
}

/// What fills the next field of that name in.
fn next(values: &Values, name: &str) -> Option<String> {
    let mut values = values.borrow_mut();
    let of_name = values.get_mut(name).filter(|of_name| !of_name.is_empty())?;
    Some(of_name.remove(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> UnsentForm {
        UnsentForm {
            action: "/a".to_owned(),
            page: "/a".to_owned(),
            fields: fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect(),
        }
    }

    #[test]
    fn every_kind_of_field_is_filled_in_and_stays_text() {
        let page = "<form method=\"post\" action=\"/b\"><input name=\"x\" value=\"other\"></form>\
            <form method=\"post\" action=\"/a?lang=de\">\
            <input name=\"x\" type=\"text\" value=\"old\"><textarea name=\"t\">\nold</textarea>\
            <input name=\"c\" type=\"checkbox\" value=\"1\" checked><input name=\"c\" type=\"checkbox\" value=\"2\">\
            <select name=\"s\"><option value=\"1\" selected>1</option><option value=\"2\">2</option></select>\
            <input name=\"password\" type=\"password\"><input name=\"two\"><input name=\"two\"></form>";
        let sent = form(&[
            ("x", "\"><script>alert(1)</script>&lt;"),
            ("t", "</textarea><script>alert(1)</script>"),
            ("c", "2"),
            ("s", "2"),
            ("password", "hunter2"),
            ("two", "first"),
            ("two", "second"),
        ]);
        let filled = refill(page, &sent, "Kept & <here>").unwrap();
        assert!(filled.contains("value=\"&quot;><script>alert(1)</script>&amp;lt;\""), "{filled}");
        assert!(!filled.contains("</textarea><script"), "{filled}");
        assert!(filled.contains("&lt;/textarea&gt;&lt;script&gt;"), "{filled}");
        assert!(filled.contains("Kept &amp; &lt;here&gt;"), "{filled}");
        assert!(filled.contains("<input name=\"x\" value=\"other\">"), "{filled}");
        assert!(!filled.contains("hunter2") && !filled.contains("\"old\""), "{filled}");
        assert!(
            filled.contains("value=\"1\"><input name=\"c\" type=\"checkbox\" value=\"2\" checked"),
            "{filled}"
        );
        assert!(
            filled.contains("value=\"1\">1") && filled.contains("value=\"2\" selected"),
            "{filled}"
        );
        assert!(filled.find("first").unwrap() < filled.find("second").unwrap(), "{filled}");
    }

    #[test]
    fn of_several_with_one_action_the_one_that_was_sent_is_filled_in() {
        let page = "<form method=\"post\" action=\"/a\"><button name=\"answer\" value=\"accept\"></button></form>\
            <form method=\"post\" action=\"/a\"><input type=\"hidden\" name=\"answer\" value=\"decline\">\
            <textarea name=\"reason\"></textarea></form>";
        let sent = form(&[("answer", "decline"), ("reason", "because")]);
        let filled = refill(page, &sent, "said").unwrap();
        assert!(filled.contains("</form><p class=\"notice\""), "{filled}");
        assert!(filled.contains("because"), "{filled}");
        let filled = refill(page, &form(&[("answer", "accept")]), "said").unwrap();
        assert!(filled.starts_with("<p class=\"notice\""), "{filled}");
        assert!(filled.contains("value=\"decline\""), "{filled}");
    }

    #[test]
    fn a_page_without_the_form_says_nothing() {
        assert_eq!(refill("<form method=\"post\" action=\"/b\"></form>", &form(&[]), "s"), None);
    }
}
