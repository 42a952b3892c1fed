//! Forms: fields with their label, hint and error, the summary of errors, and
//! buttons. The patterns are those of GOV.UK.

use std::borrow::Cow;
use std::collections::BTreeMap;

use domain::words::Words;
use leptos::prelude::*;

use super::textarea::{TextareaAttributes, textarea};

/// What was typed into a form and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormState {
    /// What was typed, by the fields' names.
    pub values: BTreeMap<String, String>,
    /// What is wrong, as field and message, in the order of the page.
    pub errors: Vec<(String, String)>,
}

impl FormState {
    /// A form filled in with these values.
    pub fn filled<N: Into<String>, V: Into<String>>(
        values: impl IntoIterator<Item = (N, V)>,
    ) -> FormState {
        FormState {
            values: values.into_iter().map(|(name, value)| (name.into(), value.into())).collect(),
            errors: Vec::new(),
        }
    }

    /// The same with something wrong in a field.
    pub fn wrong(mut self, field: &str, message: impl Into<String>) -> FormState {
        self.errors.push((field.to_owned(), message.into()));
        self
    }

    /// The same with what is wrong in the order of these fields, as the page has them.
    pub fn in_order(mut self, fields: &[&str]) -> FormState {
        let place = |field: &str| fields.iter().position(|one| *one == field);
        self.errors.sort_by_key(|(field, _)| place(field).unwrap_or(fields.len()));
        self
    }

    /// What was typed into a field.
    pub fn value(&self, field: &str) -> &str {
        self.values.get(field).map_or("", String::as_str)
    }

    /// What is wrong with a field.
    pub fn error(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|(name, _)| name == field).map(|(_, message)| message.as_str())
    }

    /// Whether nothing is wrong.
    pub fn is_right(&self) -> bool {
        self.errors.is_empty()
    }

    /// A page's title, which says first if something is wrong with its form.
    pub fn title(&self, words: Words, title: &str) -> String {
        if self.is_right() {
            title.to_owned()
        } else {
            format!("{} {title}", words.text("field-error-prefix"))
        }
    }

    /// The list of what is wrong, focused when the page opens; nothing if all
    /// is right.
    pub fn summary(&self, words: Words) -> Option<AnyView> {
        (!self.is_right()).then(|| {
            let entries = self
                .errors
                .iter()
                .map(|(field, message)| {
                    view! { <li><a href=format!("#{field}")>{message.clone()}</a></li> }
                })
                .collect_view();
            let title = words.with("error-summary-title", &[("count", self.errors.len().into())]);
            view! {
                <div class="summary" role="alert" tabindex="-1" autofocus=true aria-labelledby="errors">
                    <h2 id="errors">{title}</h2>
                    <ul class="links">{entries}</ul>
                </div>
            }
            .into_any()
        })
    }
}

/// The fields whose answer opens something: passwords, keys, codes. They are asked for
/// again rather than kept anywhere.
const SECRET: [&str; 6] = ["password", "secret", "key", "code", "factor", "credential"];

/// Whether the field of that name holds something that must not be kept.
pub fn is_secret(name: &str) -> bool {
    SECRET.contains(&name)
}

/// What is typed into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// A line of text.
    #[default]
    Text,
    /// An email address.
    Email,
    /// A password, which is never sent back to the page.
    Password,
    /// A short code of digits.
    Code,
    /// Several lines.
    Lines,
    /// A date.
    Date,
}

/// One question with its answer.
#[derive(Debug, Clone, Default)]
pub struct Field {
    name: Cow<'static, str>,
    label: String,
    hint: Option<String>,
    kind: Kind,
    autocomplete: Option<&'static str>,
    optional: bool,
}

impl Field {
    /// A question, and the name under which its answer is sent.
    pub fn new(name: impl Into<Cow<'static, str>>, kind: Kind, label: impl Into<String>) -> Field {
        Field { name: name.into(), kind, label: label.into(), ..Field::default() }
    }

    /// What helps to answer it.
    pub fn hint(mut self, hint: impl Into<String>) -> Field {
        self.hint = Some(hint.into());
        self
    }

    /// What the browser may fill in (WCAG 1.3.5).
    pub fn autocomplete(mut self, token: &'static str) -> Field {
        self.autocomplete = Some(token);
        self
    }

    /// It may stay empty, and its label says so.
    pub fn optional(mut self) -> Field {
        self.optional = true;
        self
    }

    /// The field, filled in as the form was.
    pub fn view(self, words: Words, state: &FormState) -> AnyView {
        let Field { name, label, hint, kind, autocomplete, optional } = self;
        let error = state.error(&name);
        let described_by = described_by(&name, hint.is_some(), error.is_some());
        let invalid = error.is_some().then_some("true");
        let value = state.value(&name);
        let (input_type, input_mode) = match kind {
            Kind::Email => ("email", None),
            Kind::Password => ("password", None),
            Kind::Code => ("text", Some("numeric")),
            Kind::Date => ("date", None),
            Kind::Text | Kind::Lines => ("text", None),
        };
        let control = if kind == Kind::Lines {
            textarea(
                TextareaAttributes {
                    id: name.to_string(),
                    name: name.to_string(),
                    rows: Some(6),
                    described_by,
                    invalid: error.is_some(),
                    max_length: None,
                },
                value,
            )
        } else {
            let value = (kind != Kind::Password && !value.is_empty()).then(|| value.to_owned());
            let class = matches!(kind, Kind::Code | Kind::Date).then_some("short");
            let spellcheck = matches!(kind, Kind::Email | Kind::Code).then_some("false");
            view! {
                <input id=name.to_string() name=name.to_string() type=input_type inputmode=input_mode class=class value=value
                    autocomplete=autocomplete spellcheck=spellcheck
                    aria-describedby=described_by aria-invalid=invalid/>
            }
            .into_any()
        };
        let label =
            if optional { format!("{label} ({})", words.text("field-optional")) } else { label };
        let class = match (kind == Kind::Lines, error.is_some()) {
            (true, true) => "field wide wrong",
            (true, false) => "field wide",
            (false, true) => "field wrong",
            (false, false) => "field",
        };
        view! {
            <div class=class>
                <label for=name.to_string()>{label}</label>
                {hint_view(&name, hint)}
                {error_view(words, &name, error)}
                {control}
            </div>
        }
        .into_any()
    }
}

/// A question with a few answers to choose from.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The name under which the answer is sent.
    pub name: &'static str,
    /// The question.
    pub legend: String,
    /// What helps to answer it.
    pub hint: Option<String>,
    /// The answers.
    pub options: Vec<ChoiceOption>,
    /// Whether several may be chosen.
    pub several: bool,
}

/// One answer to choose.
#[derive(Debug, Clone)]
pub struct ChoiceOption {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// A line under it.
    pub note: Option<String>,
}

impl Choice {
    /// The question with its answers; several chosen values are joined by
    /// spaces in the form's state.
    pub fn view(self, words: Words, state: &FormState) -> AnyView {
        let Choice { name, legend, hint, options, several } = self;
        let error = state.error(name);
        let chosen: Vec<&str> = state.value(name).split(' ').collect();
        let input_type = if several { "checkbox" } else { "radio" };
        let options = options
            .into_iter()
            .enumerate()
            .map(|(index, option)| {
                // The error summary links to the first answer.
                let id = if index == 0 { name.to_owned() } else { format!("{name}-{index}") };
                let checked = chosen.contains(&option.value.as_str());
                view! {
                    <label class="choice">
                        <input id=id type=input_type name=name value=option.value checked=checked/>
                        <span>{option.label}{option.note.map(|note| view! { <small>{note}</small> })}</span>
                    </label>
                }
            })
            .collect_view();
        let class = if error.is_some() { "field wide wrong" } else { "field wide" };
        let described_by = described_by(name, hint.is_some(), error.is_some());
        view! {
            <fieldset class=class aria-describedby=described_by>
                <legend>{legend}</legend>
                {hint_view(name, hint)}
                {error_view(words, name, error)}
                <div class="choices">{options}</div>
            </fieldset>
        }
        .into_any()
    }
}

/// A button that sends the form.
pub fn send(label: impl Into<String>) -> AnyView {
    let label = label.into();
    view! { <button type="submit" class="button">{label}</button> }.into_any()
}

/// A button that sends the form with a value of its own, as large as the other.
pub fn send_as(name: &'static str, value: &'static str, label: impl Into<String>) -> AnyView {
    let label = label.into();
    view! { <button type="submit" class="button plain" name=name value=value>{label}</button> }
        .into_any()
}

/// A link that looks like a button: it leads to a task.
pub fn button_link(href: impl Into<String>, label: impl Into<String>) -> AnyView {
    let (href, label) = (href.into(), label.into());
    view! { <a class="button plain" href=href>{label}</a> }.into_any()
}

/// A value that the form carries along.
pub fn hidden(name: &'static str, value: impl Into<String>) -> AnyView {
    let value = value.into();
    view! { <input type="hidden" name=name value=value/> }.into_any()
}

fn described_by(name: &str, hint: bool, error: bool) -> Option<String> {
    match (hint, error) {
        (true, true) => Some(format!("{name}-hint {name}-error")),
        (true, false) => Some(format!("{name}-hint")),
        (false, true) => Some(format!("{name}-error")),
        (false, false) => None,
    }
}

fn hint_view(name: &str, hint: Option<String>) -> Option<AnyView> {
    hint.map(|hint| view! { <p class="hint" id=format!("{name}-hint")>{hint}</p> }.into_any())
}

fn error_view(words: Words, name: &str, error: Option<&str>) -> Option<AnyView> {
    error.map(|error| {
        view! {
            <p class="error" id=format!("{name}-error")>
                <span class="unseen">{words.text("field-error-prefix")}" "</span>{error.to_owned()}
            </p>
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;

    use super::*;

    #[test]
    fn a_wrong_field_keeps_what_was_typed_and_says_what_is_wrong() {
        let words = Words::new(Language::En);
        let state =
            FormState::filled([("email", "\"><script>")]).wrong("email", "Write an address.");
        let html = Owner::new().with(|| {
            Field::new("email", Kind::Email, "Email")
                .hint("As you signed up")
                .view(words, &state)
                .to_html()
        });
        assert!(html.contains("aria-describedby=\"email-hint email-error\""), "{html}");
        assert!(html.contains("aria-invalid=\"true\""), "{html}");
        assert!(!html.contains("<script>"), "{html}");
        let summary = Owner::new().with(|| state.summary(words).into_any().to_html());
        assert!(summary.contains("href=\"#email\""), "{summary}");
    }

    #[test]
    fn a_password_never_comes_back() {
        let state = FormState::filled([("password", "hunter2")]);
        let html = Owner::new().with(|| {
            Field::new("password", Kind::Password, "Password")
                .view(Words::new(Language::En), &state)
                .to_html()
        });
        assert!(!html.contains("hunter2"), "{html}");
    }
}
