//! The forms of a page, as a browser sees them.

use std::cell::RefCell;
use std::rc::Rc;

use lol_html::html_content::Element;
use lol_html::{RewriteStrSettings, element, end_tag, rewrite_str, text};

/// A form that is sent by POST.
#[derive(Debug, Clone, Default)]
pub struct PageForm {
    pub action: String,
    pub fields: Vec<PageField>,
}

/// A field, a choice or a button with a name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageField {
    pub name: String,
    /// `textarea`, `select`, `button`, or an input's type.
    pub kind: String,
    /// What the browser fills in.
    pub autocomplete: String,
    /// What it holds; of a choice, what is sent for it.
    pub value: String,
    pub checked: bool,
    /// What a `select` offers.
    pub options: Vec<String>,
}

/// What can be followed and sent on a page.
pub struct Page {
    pub links: Vec<String>,
    pub forms: Vec<PageForm>,
}

impl Page {
    pub fn of(html: &str) -> Page {
        let links = RefCell::new(Vec::new());
        let forms: Rc<RefCell<Vec<PageForm>>> = Rc::default();
        let inside = Rc::new(RefCell::new(false));
        let add = |field: PageField| {
            if *inside.borrow()
                && let Some(form) = forms.borrow_mut().last_mut()
            {
                form.fields.push(field);
            }
        };
        let last = |change: &dyn Fn(&mut PageField)| {
            if *inside.borrow()
                && let Some(form) = forms.borrow_mut().last_mut()
                && let Some(field) = form.fields.last_mut()
            {
                change(field);
            }
        };
        let settings = RewriteStrSettings::new()
            .append_element_content_handler(element!("a[href]", |link| {
                links.borrow_mut().push(attribute(link, "href"));
                Ok(())
            }))
            .append_element_content_handler(element!("form[method='post']", |form| {
                let action = attribute(form, "action");
                forms.borrow_mut().push(PageForm { action, fields: Vec::new() });
                *inside.borrow_mut() = true;
                let inside = Rc::clone(&inside);
                form.on_end_tag(end_tag!(move |_| {
                    *inside.borrow_mut() = false;
                    Ok(())
                }))
            }))
            .append_element_content_handler(element!("input[name], button[name]", |input| {
                let kind = match input.tag_name().as_str() {
                    "button" => "button".to_owned(),
                    _ => input.get_attribute("type").unwrap_or_else(|| "text".to_owned()),
                };
                add(PageField { kind, ..field(input) });
                Ok(())
            }))
            .append_element_content_handler(element!("textarea[name]", |area| {
                add(PageField { kind: "textarea".to_owned(), ..field(area) });
                Ok(())
            }))
            .append_element_content_handler(text!("textarea[name]", |chunk| {
                let text = plain(chunk.as_str());
                last(&|field| field.value.push_str(&text));
                Ok(())
            }))
            .append_element_content_handler(element!("select[name]", |select| {
                add(PageField { kind: "select".to_owned(), ..field(select) });
                Ok(())
            }))
            .append_element_content_handler(element!("select[name] option", |option| {
                let value = attribute(option, "value");
                let selected = option.has_attribute("selected");
                last(&|field| {
                    field.options.push(value.clone());
                    if selected {
                        field.value.clone_from(&value);
                    }
                });
                Ok(())
            }));
        rewrite_str(html, settings).unwrap();
        let mut forms = forms.take();
        for field in forms.iter_mut().flat_map(|form| &mut form.fields) {
            // The parser of a browser swallows one newline after the tag.
            if field.kind == "textarea" {
                field.value = field.value.strip_prefix('\n').unwrap_or(&field.value).to_owned();
            }
        }
        Page { links: links.into_inner(), forms }
    }
}

impl PageField {
    /// Whether it asks for something that opens something.
    pub fn is_secret(&self) -> bool {
        self.kind == "password"
            || ["current-password", "new-password", "one-time-code"]
                .contains(&self.autocomplete.as_str())
    }
}

fn field(element: &Element<'_, '_>) -> PageField {
    PageField {
        name: attribute(element, "name"),
        autocomplete: attribute(element, "autocomplete"),
        value: attribute(element, "value"),
        checked: element.has_attribute("checked"),
        ..PageField::default()
    }
}

fn attribute(element: &Element<'_, '_>, name: &str) -> String {
    plain(&element.get_attribute(name).unwrap_or_default())
}

fn plain(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#x27;", "'").replace("&#39;", "'").replace("&amp;", "&")
}
