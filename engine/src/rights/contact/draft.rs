//! What somebody typed into the form, and what is wrong with it.

use domain::harmless::unturned;
use domain::identifiers::EmailAddress;
use domain::texts::{Limit, Unfit};

/// How many characters a message may have.
pub const LONGEST: usize = 10_000;
/// How long the message, the name and an address may be; what is typed is one check.
const TEXT: Limit = Limit::text(LONGEST);
const NAME: Limit = Limit::line(200);
const ADDRESS: Limit = Limit::line(254);

/// Why somebody writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// A question.
    Question,
    /// Something about what is held about them.
    Data,
    /// That data is a child's (L13).
    Child,
    /// Something else.
    Other,
}

impl Reason {
    /// Every reason, in the order in which they are offered.
    pub const ALL: [Reason; 4] = [Reason::Question, Reason::Data, Reason::Child, Reason::Other];

    /// Its name where it is stored, sent and looked up in texts.
    pub fn name(self) -> &'static str {
        match self {
            Reason::Question => "question",
            Reason::Data => "data",
            Reason::Child => "child",
            Reason::Other => "other",
        }
    }

    /// The reason of that name.
    pub fn named(name: &str) -> Option<Reason> {
        Reason::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

/// The fields as they were sent.
#[derive(Debug, Clone, Copy)]
pub struct Typed<'a> {
    /// The writer's name, or nothing.
    pub name: &'a str,
    /// The writer's address.
    pub email: &'a str,
    /// The name of a reason.
    pub reason: &'a str,
    /// The address of a child's account, or nothing.
    pub about: &'a str,
    /// The message.
    pub text: &'a str,
}

/// A message that can be taken.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    pub(super) name: Option<String>,
    pub(super) email: EmailAddress,
    pub(super) reason: Reason,
    pub(super) about: Option<EmailAddress>,
    pub(super) text: String,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// The name is too long.
    LongName,
    /// The address is not one.
    Email,
    /// No reason was chosen.
    Reason,
    /// The address of the child's account is not one.
    About,
    /// There is no message.
    Empty,
    /// The message is too long.
    TooLong,
    /// Characters that no keyboard types, in this field.
    Controls(&'static str),
    /// What looks like a card number in this field, by its last digits (L2).
    Card(&'static str, String),
}

impl Wrong {
    fn of(field: &'static str, too_long: Wrong, why: Unfit) -> Wrong {
        match why {
            Unfit::Control => Wrong::Controls(field),
            Unfit::Card(card) | Unfit::CardField(card) => Wrong::Card(field, card.masked()),
            Unfit::TooLong(_) | Unfit::Empty => too_long,
        }
    }

    /// The field.
    pub fn field(&self) -> &'static str {
        match self {
            Wrong::LongName => "name",
            Wrong::Email => "email",
            Wrong::Reason => "reason",
            Wrong::About => "about",
            Wrong::Empty | Wrong::TooLong => "text",
            Wrong::Controls(field) | Wrong::Card(field, _) => field,
        }
    }
}

impl Draft {
    /// The message, or all that is wrong with it, in the order of the form.
    pub fn parse(typed: Typed<'_>) -> Result<Draft, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let (name, email) = (unturned(typed.name.trim()), unturned(typed.email.trim()));
        wrong.extend(NAME.check(&name).err().map(|why| Wrong::of("name", Wrong::LongName, why)));
        let card = ADDRESS.check(&email).err().filter(|why| matches!(why, Unfit::Card(_)));
        wrong.extend(card.map(|why| Wrong::of("email", Wrong::Email, why)));
        let email = email.parse();
        if email.is_err() {
            wrong.push(Wrong::Email);
        }
        let reason = Reason::named(typed.reason);
        if reason.is_none() {
            wrong.push(Wrong::Reason);
        }
        // Asked for one reason alone, and left aside for all others.
        let about = typed.about.trim();
        let about = match reason {
            Some(Reason::Child) if !about.is_empty() => {
                let card = ADDRESS.check(about).err().filter(|why| matches!(why, Unfit::Card(_)));
                wrong.extend(card.map(|why| Wrong::of("about", Wrong::About, why)));
                about.parse().map(Some).unwrap_or_else(|_| {
                    wrong.push(Wrong::About);
                    None
                })
            }
            _ => None,
        };
        let text = unturned(typed.text.trim());
        if text.is_empty() {
            wrong.push(Wrong::Empty);
        }
        wrong.extend(TEXT.check(&text).err().map(|why| Wrong::of("text", Wrong::TooLong, why)));
        match (email, reason) {
            (Ok(email), Some(reason)) if wrong.is_empty() => {
                Ok(Draft { name: (!name.is_empty()).then_some(name), email, reason, about, text })
            }
            _ => Err(wrong),
        }
    }

    /// Where an answer goes.
    pub fn email(&self) -> &EmailAddress {
        &self.email
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Typed<'_> = Typed {
        name: "",
        email: "ada@example.org",
        reason: "question",
        about: "not an address, and not asked for",
        text: "Hello\nאבג",
    };

    fn wrong(typed: Typed<'_>) -> Vec<Wrong> {
        Draft::parse(typed).err().unwrap_or_default()
    }

    #[test]
    fn what_is_wrong_is_told_field_by_field() {
        assert_eq!(wrong(GOOD), []);
        assert_eq!(wrong(Typed { email: "ada", text: " ", ..GOOD }), [Wrong::Email, Wrong::Empty]);
        assert_eq!(wrong(Typed { reason: "", ..GOOD }), [Wrong::Reason]);
        assert_eq!(wrong(Typed { reason: "child", ..GOOD }), [Wrong::About]);
        assert_eq!(wrong(Typed { reason: "child", about: "", ..GOOD }), []);
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(wrong(Typed { text: &long, ..GOOD }), [Wrong::TooLong]);
        assert_eq!(wrong(Typed { name: &long, ..GOOD }), [Wrong::LongName]);
        assert_eq!(wrong(Typed { name: "a\nb", ..GOOD }), [Wrong::Controls("name")]);
        assert_eq!(wrong(Typed { text: "a\u{1b}b", ..GOOD }), [Wrong::Controls("text")]);
        // What a telephone puts around a number that is copied from it.
        assert_eq!(wrong(Typed { text: "\u{202a}+49 151 23456787\u{202c}", ..GOOD }), []);
        assert_eq!(wrong(Typed { email: "ada@bücher.example", ..GOOD }), []);
    }

    #[test]
    fn l2_a_card_number_is_refused() {
        let card = wrong(Typed { text: "It is 4242 4242 4242 4242, thanks", ..GOOD });
        assert_eq!(card, [Wrong::Card("text", "…4242".to_owned())]);
        let seen = |field| [Wrong::Card(field, "…4242".to_owned())];
        assert_eq!(wrong(Typed { name: "4242.4242.4242.4242", ..GOOD }), seen("name"));
        assert_eq!(wrong(Typed { email: "4242424242424242@example.org", ..GOOD }), seen("email"));
        let child = Typed { reason: "child", about: "4242-4242-4242-4242@example.org", ..GOOD };
        assert_eq!(wrong(child), seen("about"));
    }
}
