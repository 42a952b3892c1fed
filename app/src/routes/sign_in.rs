//! Signing in, showing once more who one is, and changing how one signs in.

use axum::routing::{get, post};
use domain::roles::Permission::{EndOwnSession, ManageOwnSignIn, SignIn};
use engine::accounts::Task::Credentials;

use super::{Route, reads, writes};
use crate::pages::sign_in::{
    ask_link, confirm, confirm_passkey, open_link, own, provider, with_factor, with_passkey,
    with_password,
};
use crate::paths;

/// The table.
pub(super) fn routes() -> Vec<Route> {
    vec![
        reads(paths::SIGN_IN, SignIn, get(with_password::show)),
        writes(paths::SIGN_IN, SignIn, post(with_password::submit)),
        reads(paths::LINK_SENT, SignIn, get(ask_link::sent)),
        reads(paths::SIGN_UP, SignIn, get(ask_link::show_sign_up)),
        writes(paths::SIGN_UP, SignIn, post(ask_link::sign_up)),
        reads(paths::FORGOT, SignIn, get(ask_link::show_forgot)),
        writes(paths::FORGOT, SignIn, post(ask_link::forgot)),
        reads(paths::MAILED_LINK, SignIn, get(open_link::show)),
        writes(paths::MAILED_LINK, SignIn, post(open_link::submit)),
        reads(paths::SIGN_IN_FACTOR, SignIn, get(with_factor::show)),
        writes(paths::SIGN_IN_FACTOR, SignIn, post(with_factor::submit)),
        reads(paths::SIGN_IN_PASSKEY, SignIn, get(with_passkey::show)),
        writes(paths::SIGN_IN_PASSKEY, SignIn, post(with_passkey::submit)),
        writes(paths::SIGN_IN_PASSKEY_OPTIONS, SignIn, post(with_passkey::options)),
        writes(paths::SIGN_IN_WITH, SignIn, post(provider::start::sign_in)),
        reads(paths::SIGN_IN_BACK, SignIn, get(provider::back::back)),
        reads(paths::LINK, SignIn, get(provider::link::show)),
        writes(paths::LINK, SignIn, post(provider::link::submit)),
        writes(paths::SIGN_OUT, EndOwnSession, post(with_password::sign_out)),
        reads(paths::CONFIRM, ManageOwnSignIn, get(confirm::show)),
        writes(paths::CONFIRM, ManageOwnSignIn, post(confirm::submit)),
        writes(paths::CONFIRM_CODE, ManageOwnSignIn, post(confirm::send_code)),
        reads(paths::OWN_SIGN_IN, ManageOwnSignIn, get(own::show)),
        reads(paths::REVIEW, ManageOwnSignIn, get(own::review::show)),
        writes(paths::REVIEW, ManageOwnSignIn, post(own::review::answer)),
        reads(paths::OWN_PASSWORD, ManageOwnSignIn, get(own::password::show))
            .confirmed(Credentials),
        writes(paths::OWN_PASSWORD, ManageOwnSignIn, post(own::password::submit))
            .confirmed(Credentials),
        reads(paths::OWN_ADDRESS, ManageOwnSignIn, get(own::address::show)).confirmed(Credentials),
        writes(paths::OWN_ADDRESS, ManageOwnSignIn, post(own::address::submit))
            .confirmed(Credentials),
        writes(paths::END_SESSIONS, ManageOwnSignIn, post(own::sessions::end_others)),
        writes(paths::END_SESSION, ManageOwnSignIn, post(own::sessions::end)),
        writes(paths::CONFIRM_PASSKEY, ManageOwnSignIn, post(confirm_passkey::submit)),
        writes(paths::CONFIRM_PASSKEY_OPTIONS, ManageOwnSignIn, post(confirm_passkey::options)),
        reads(paths::SECOND_FACTOR, ManageOwnSignIn, get(own::second_factor::show))
            .confirmed(Credentials),
        writes(paths::SECOND_FACTOR, ManageOwnSignIn, post(own::second_factor::begin))
            .confirmed(Credentials),
        writes(paths::SECOND_FACTOR_CODE, ManageOwnSignIn, post(own::second_factor::turn_on))
            .confirmed(Credentials),
        writes(paths::RECOVERY, ManageOwnSignIn, post(own::second_factor::recovery))
            .confirmed(Credentials),
        writes(paths::SECOND_FACTOR_OFF, ManageOwnSignIn, post(own::second_factor::turn_off))
            .confirmed(Credentials),
        reads(paths::PASSKEYS, ManageOwnSignIn, get(own::passkeys::show)).confirmed(Credentials),
        writes(paths::PASSKEYS, ManageOwnSignIn, post(own::passkeys::add)).confirmed(Credentials),
        writes(paths::PASSKEY_OPTIONS, ManageOwnSignIn, post(own::passkeys::options))
            .confirmed(Credentials),
        reads(paths::PASSKEY, ManageOwnSignIn, get(own::passkey::show)).confirmed(Credentials),
        writes(paths::PASSKEY, ManageOwnSignIn, post(own::passkey::rename)).confirmed(Credentials),
        writes(paths::PASSKEY_REMOVE, ManageOwnSignIn, post(own::passkey::remove))
            .confirmed(Credentials),
        writes(paths::CONFIRM_WITH, ManageOwnSignIn, post(provider::start::confirm)),
        reads(paths::OWN_PROVIDERS, ManageOwnSignIn, get(own::providers::show))
            .confirmed(Credentials),
        writes(paths::LINK_PROVIDER, ManageOwnSignIn, post(provider::start::link))
            .confirmed(Credentials),
        writes(paths::UNLINK_PROVIDER, ManageOwnSignIn, post(own::providers::remove))
            .confirmed(Credentials),
    ]
}
