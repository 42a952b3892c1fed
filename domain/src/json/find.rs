//! Looking through a JSON value.

use std::slice::Iter;

use serde_json::Value;
use serde_json::map;

/// The last step of the way to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'v> {
    /// It is the whole.
    Whole,
    /// It is the field of that name.
    Field(&'v str),
    /// It is the element of that number, counted from 0.
    Element(usize),
}

/// An array or object that is being looked through, and how the walk got there.
struct Open<'v> {
    step: Step<'v>,
    rest: Rest<'v>,
}

enum Rest<'v> {
    Elements(usize, Iter<'v, Value>),
    Fields(map::Iter<'v>),
}

impl<'v> Rest<'v> {
    fn next(&mut self) -> Option<(Step<'v>, &'v Value)> {
        match self {
            Rest::Elements(number, elements) => {
                let element = elements.next()?;
                *number += 1;
                Some((Step::Element(*number - 1), element))
            }
            Rest::Fields(fields) => fields.next().map(|(name, field)| (Step::Field(name), field)),
        }
    }
}

/// The first thing that `look` finds, in the order of the text and outer values
/// before inner ones, with the JSON pointer to where that is (RFC 6901).
///
/// It neither recurses nor makes a pointer before it has found something, so that
/// nesting does not exhaust the stack nor long names the memory.
pub fn find<T>(value: &Value, look: impl Fn(Step<'_>, &Value) -> Option<T>) -> Option<(String, T)> {
    if let Some(found) = look(Step::Whole, value) {
        return Some((String::new(), found));
    }
    let mut open: Vec<Open<'_>> = Vec::new();
    open.extend(opened(Step::Whole, value));
    while let Some(inner) = open.last_mut() {
        let Some((step, value)) = inner.rest.next() else {
            open.pop();
            continue;
        };
        if let Some(found) = look(step, value) {
            let way = open.iter().map(|open| open.step).chain([step]);
            return Some((pointer(way), found));
        }
        open.extend(opened(step, value));
    }
    None
}

fn opened<'v>(step: Step<'v>, value: &'v Value) -> Option<Open<'v>> {
    let rest = match value {
        Value::Array(elements) => Rest::Elements(0, elements.iter()),
        Value::Object(fields) => Rest::Fields(fields.iter()),
        _ => return None,
    };
    Some(Open { step, rest })
}

fn pointer<'v>(way: impl Iterator<Item = Step<'v>>) -> String {
    let mut pointer = String::new();
    for step in way {
        match step {
            Step::Whole => {}
            Step::Field(name) => {
                pointer.push('/');
                pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
            }
            Step::Element(number) => pointer.push_str(&format!("/{number}")),
        }
    }
    pointer
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn first(value: &Value, wanted: &Value) -> Option<String> {
        find(value, |_, value| (value == wanted).then_some(())).map(|(pointer, ())| pointer)
    }

    #[test]
    fn the_first_in_order_is_found_and_pointed_to() {
        let value = json!({"a": [1, {"b/c": 2, "~": [3]}], "d": {"e": 3}});
        for (wanted, pointer) in [
            (json!(1), Some("/a/0")),
            (json!(2), Some("/a/1/b~1c")),
            (json!(3), Some("/a/1/~0/0")),
            (json!({"e": 3}), Some("/d")),
            (json!(4), None),
        ] {
            assert_eq!(first(&value, &wanted).as_deref(), pointer);
            // RFC 6901 as serde_json reads it.
            assert_eq!(pointer.and_then(|it| value.pointer(it)), pointer.map(|_| &wanted));
        }
        assert_eq!(first(&value, &value).as_deref(), Some(""));
    }

    #[test]
    fn steps_say_how_a_value_is_reached() {
        let value = json!({"a": [1]});
        let at = |wanted: Step<'_>| find(&value, |step, _| (step == wanted).then_some(()));
        assert!(at(Step::Field("a")).is_some() && at(Step::Element(0)).is_some());
        assert!(at(Step::Field("b")).is_none() && at(Step::Element(1)).is_none());
    }
}
