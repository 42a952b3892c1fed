//! What a bulk is answered with.

use engine::imports::{ImportError, Outcome};
use serde_json::{Value, json};

use crate::api::problem::Problem;

/// How many lines came to what.
#[derive(Default)]
pub struct Counts {
    pub created: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub refused: u64,
}

impl Counts {
    /// The answers to some lines.
    pub fn told(&mut self, outcomes: Vec<(u64, Outcome)>) -> String {
        let mut text = String::new();
        for (line, outcome) in outcomes {
            let told = match outcome {
                Outcome::Created => {
                    self.created += 1;
                    json!({ "line": line, "result": "created" })
                }
                Outcome::Updated => {
                    self.updated += 1;
                    json!({ "line": line, "result": "updated" })
                }
                Outcome::Unchanged => {
                    self.unchanged += 1;
                    json!({ "line": line, "result": "unchanged" })
                }
                Outcome::Superseded => json!({ "line": line, "result": "superseded" }),
                Outcome::Refused(reason) => {
                    self.refused += 1;
                    let problem = Problem::from(&reason);
                    json!({ "line": line, "result": "refused", "problem": problem })
                }
            };
            push(&mut text, &told);
        }
        text
    }

    /// The last line, when all were taken.
    pub fn done(&self) -> String {
        self.last(true, None)
    }

    /// The last line, when no more are.
    pub fn broken(&self, error: ImportError) -> String {
        let problem = match error {
            ImportError::Read(_) => Problem::malformed("the request was cut off: send it again"),
            other => Problem::from(engine::TellError::from(other)),
        };
        self.last(false, Some(problem))
    }

    fn last(&self, done: bool, problem: Option<Problem>) -> String {
        let mut text = String::new();
        let mut last = json!({
            "done": done,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": self.refused,
        });
        if let (Some(problem), Some(last)) = (problem, last.as_object_mut()) {
            last.insert("problem".to_owned(), json!(problem));
        }
        push(&mut text, &last);
        text
    }
}

fn push(text: &mut String, line: &Value) {
    text.push_str(&line.to_string());
    text.push('\n');
}
