//! Every job that there is: one line each.

use crate::data::stripe::{ForgetStripeEvents, RefreshStripe};
use crate::people::ForgetEnded;
use crate::people::accounts::{AnswerWish, ForgetProof, SweepTries, TellUnlinked};
use crate::people::subjects::ChangeAddress;
use crate::platform::jobs::{Kind, Kinds};
use crate::platform::keyring::ForgetKeys;
use crate::platform::mail::DeliverMail;
use crate::rights::erasure::{DestroyKeys, Erase, GoOnErasing};
use crate::rights::exports::{ExpireExport, MakeExport};
use crate::webhooks::{DeliverWebhook, ForgetWebhook, TendWebhook};

/// The kinds of job that this version knows.
pub fn kinds() -> Kinds {
    Kinds::from_iter([
        Kind::of::<DeliverMail>(),
        Kind::of::<AnswerWish>(),
        Kind::of::<TellUnlinked>(),
        Kind::of::<ChangeAddress>(),
        Kind::of::<DestroyKeys>(),
        Kind::of::<ForgetKeys>(),
        Kind::of::<Erase>(),
        Kind::of::<GoOnErasing>(),
        Kind::of::<DeliverWebhook>(),
        Kind::of::<TendWebhook>(),
        Kind::of::<RefreshStripe>(),
        Kind::of::<MakeExport>(),
        Kind::of::<ExpireExport>(),
        Kind::of::<ForgetProof>(),
        Kind::of::<ForgetWebhook>(),
        Kind::of::<SweepTries>(),
        Kind::of::<ForgetEnded>(),
        Kind::of::<ForgetStripeEvents>(),
    ])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_there_once() {
        let names: BTreeSet<&str> = kinds().iter().map(|kind| kind.name).collect();
        assert_eq!(names.len(), kinds().iter().count());
    }
}
