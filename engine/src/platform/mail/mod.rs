//! Mail: written with the change that it tells of, sealed until it is delivered.

mod company;
mod deliver;
mod given_up;
mod letter;
mod outbox;
mod transport;

pub use company::post_to_company;
pub use deliver::deliver;
pub(crate) use deliver::{DeliverMail, PATIENCE};
pub use letter::{Letter, Link};
pub use outbox::post;
pub use transport::{MailError, SmtpServer, SmtpTls, Transport};
