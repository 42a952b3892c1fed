//! Links in mails: making an account, choosing a new password, another address,
//! invitations.

use domain::roles::Role;
use engine::accounts::{
    Caller, LinkError, Opened, Password, Purpose, Secret, SignInError, StaffError, Task,
    ask_for_address, ask_for_link, change_address, change_password, change_role, choose_password,
    create_staff, invite, is_good, own, remove_staff, revoke, session, sign_in, staff,
};
use engine::storage::{data_keys, outbox, proofs};
use engine::{Actor, Engine, Failure, Scope};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::bed::{Bed, LUMAIRE, LUMINA, NOW, PASSWORD, PEOPLE, confirmed};

const HOST: &str = "lumaire.localhost";
const ANOTHER: &str = "a quite different sentence";

async fn people(bed: &Bed) -> Scope {
    let scope = bed.tenant(LUMAIRE).await;
    bed.import(&scope, PEOPLE).await;
    Scope { actor: Actor::Visitor, ..scope }
}

/// The purpose and the secret of the link in the last mail to an address.
fn link(bed: &Bed, to: &str) -> (Purpose, Secret) {
    let mail = bed.mails(to).pop().expect("a mail");
    let (_, rest) = mail.split_once("/confirm/").unwrap_or_else(|| panic!("no link in {mail}"));
    let (purpose, rest) = rest.split_once('/').unwrap();
    let secret = Secret::parse(&rest[..43]).unwrap();
    (Purpose::named(purpose).unwrap(), secret)
}

async fn choose(
    bed: &Bed,
    scope: &Scope,
    (purpose, secret): &(Purpose, Secret),
    host: &str,
) -> Result<(), LinkError> {
    let opened = Opened { purpose: *purpose, secret, host };
    let password = Password::choose(ANOTHER.into()).unwrap();
    choose_password(&bed.engine, scope, &opened, password).await
}

async fn signs_in(engine: &Engine, scope: &Scope, email: &str, password: &str) -> bool {
    let email = email.parse().unwrap();
    match sign_in(engine, scope, &email, password.to_owned().into(), &Caller::default(), None).await
    {
        Ok(_) => true,
        Err(SignInError::Mismatch) => false,
        Err(error) => panic!("{error}"),
    }
}

on_both! {
    async fn somebody_known_makes_an_account_by_a_link_that_is_good_once(bed: Bed) {
        let scope = people(&bed).await;
        ask_for_link(&bed.engine, &scope, &"ADA@example.org".parse().unwrap()).await.unwrap();
        bed.work(NOW).await;
        let link = link(&bed, "ADA@example.org");
        assert_eq!(link.0, Purpose::SignUp);
        let opened = Opened { purpose: link.0, secret: &link.1, host: HOST };
        // A scanner opens it first, more than once: nothing happens.
        for _ in 0..3 {
            assert!(is_good(&bed.engine, &scope, &opened).await.unwrap());
        }
        assert!(!signs_in(&bed.engine, &scope, "ada@example.org", ANOTHER).await);
        choose(&bed, &scope, &link, HOST).await.unwrap();
        assert!(signs_in(&bed.engine, &scope, "ada@example.org", ANOTHER).await);
        assert!(matches!(choose(&bed, &scope, &link, HOST).await, Err(LinkError::Over)));
        assert!(!is_good(&bed.engine, &scope, &opened).await.unwrap());

        // Whose data it shows is settled now, by the verified address.
        let token = bed.sign_in_with(&scope, "ada@example.org", ANOTHER).await;
        let session = session(&bed.engine, &scope, &token).await.unwrap().unwrap();
        let ada = engine::subjects::find(&bed.engine, &scope.as_portal(), "u-ada").await.unwrap();
        assert_eq!((session.role, session.subject), (Role::Customer, ada));
    }

    async fn a_link_is_bound_to_its_tenant_its_host_its_purpose_and_its_time(bed: Bed) {
        let scope = people(&bed).await;
        let other = bed.tenant(LUMINA).await;
        ask_for_link(&bed.engine, &scope, &"ada@example.org".parse().unwrap()).await.unwrap();
        bed.work(NOW).await;
        let (purpose, secret) = link(&bed, "ada@example.org");
        let refused = |answer| assert!(matches!(answer, Err(LinkError::Over)));
        refused(choose(&bed, &scope, &(purpose, secret.clone()), "elsewhere.example").await);
        refused(choose(&bed, &other, &(purpose, secret.clone()), HOST).await);
        for another in [Purpose::Reset, Purpose::Invitation, Purpose::Address, Purpose::Wish] {
            refused(choose(&bed, &scope, &(another, secret.clone()), HOST).await);
        }
        let late = Scope { now: NOW.plus_seconds(24 * 3600), ..scope.clone() };
        refused(choose(&bed, &late, &(purpose, secret.clone()), HOST).await);
        choose(&bed, &scope, &(purpose, secret), HOST).await.unwrap();
    }

    async fn what_is_asked_looks_the_same_for_every_address(bed: Bed) {
        let scope = people(&bed).await;
        bed.customer(&Scope { actor: Actor::Operator, ..scope.clone() }, "u-ben", "ben@example.org").await;
        // Until the job runs, the same rows are there for each, and no mail.
        let rows = async || {
            let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
            (
                tx.count(proofs::Entity::find()).await.unwrap(),
                tx.count(outbox::Entity::find()).await.unwrap(),
            )
        };
        for (asked, email) in ["ada@example.org", "ben@example.org", "eve@example.org"].into_iter().enumerate() {
            ask_for_link(&bed.engine, &scope, &email.parse().unwrap()).await.unwrap();
            assert_eq!(rows().await, (asked as u64 + 1, 0), "{email}");
        }
        bed.work(NOW).await;
        assert_eq!(link(&bed, "ada@example.org").0, Purpose::SignUp);
        assert_eq!(link(&bed, "ben@example.org").0, Purpose::Reset);
        let told = bed.mails("eve@example.org").pop().unwrap();
        assert!(told.contains("no account") && !told.contains("/confirm/"), "{told}");
    }

    async fn nobody_signs_up_where_the_tenant_does_not_want_it(bed: Bed) {
        let closed = LUMAIRE.replace("sign-up = \"open\"", "sign-up = \"closed\"");
        let scope = bed.tenant(&closed).await;
        bed.import(&scope, PEOPLE).await;
        ask_for_link(&bed.engine, &scope, &"ada@example.org".parse().unwrap()).await.unwrap();
        bed.work(NOW).await;
        assert!(!bed.mails("ada@example.org").pop().unwrap().contains("/confirm/"));
    }

    async fn two_people_who_share_a_mailbox_are_never_merged(bed: Bed) {
        let scope = people(&bed).await;
        let operator = Scope { actor: Actor::Operator, ..scope.clone() };
        bed.import(&operator, r#"{"type":"subject","id":"u-twin","email":"ADA@example.org","name":"Twin"}"#).await;
        ask_for_link(&bed.engine, &scope, &"ada@example.org".parse().unwrap()).await.unwrap();
        bed.work(NOW).await;
        assert!(!bed.mails("ada@example.org").pop().unwrap().contains("/confirm/"));
    }

    async fn a_reset_ends_every_session_and_only_the_last_link_counts(bed: Bed) {
        let scope = people(&bed).await;
        bed.customer(&Scope { actor: Actor::Operator, ..scope.clone() }, "u-ben", "ben@example.org").await;
        let token = bed.sign_in(&scope, "ben@example.org").await;
        let email = "ben@example.org".parse().unwrap();
        ask_for_link(&bed.engine, &scope, &email).await.unwrap();
        bed.work(NOW).await;
        let first = link(&bed, "ben@example.org");
        ask_for_link(&bed.engine, &scope, &email).await.unwrap();
        bed.work(NOW).await;
        let last = link(&bed, "ben@example.org");
        assert!(matches!(choose(&bed, &scope, &first, HOST).await, Err(LinkError::Over)));
        assert!(session(&bed.engine, &scope, &token).await.unwrap().is_some());
        choose(&bed, &scope, &last, HOST).await.unwrap();
        assert!(session(&bed.engine, &scope, &token).await.unwrap().is_none());
        assert!(!signs_in(&bed.engine, &scope, "ben@example.org", PASSWORD).await);
        assert!(signs_in(&bed.engine, &scope, "ben@example.org", ANOTHER).await);
        bed.work(NOW).await;
        assert!(bed.mails("ben@example.org").pop().unwrap().contains("a new password was chosen"));
    }

    async fn a_used_link_leaves_no_key_behind_and_an_old_one_goes_by_itself(bed: Bed) {
        let scope = people(&bed).await;
        ask_for_link(&bed.engine, &scope, &"ada@example.org".parse().unwrap()).await.unwrap();
        bed.work(NOW).await;
        let keys = async |label: &str| {
            let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
            let of_label = data_keys::Entity::find().filter(data_keys::Column::Label.eq(label));
            tx.count(of_label).await.unwrap()
        };
        assert_eq!((keys("mail").await, keys("proof").await), (0, 1), "the link's own");
        bed.work(NOW.plus_seconds(25 * 3600)).await;
        assert_eq!(keys("proof").await, 0);
    }

    async fn another_address_is_confirmed_there_and_told_here_and_adopts_nobody(bed: Bed) {
        let scope = people(&bed).await;
        let ada = bed.customer(&Scope { actor: Actor::Operator, ..scope.clone() }, "u-ada", "ada@example.org").await;
        let confirmed = bed.confirmed(&ada, "ada@example.org", Task::Credentials).await;
        // Ben's address, and Ben has no account: Ada sees her own data all the same.
        let new = "ben@example.org".parse().unwrap();
        ask_for_address(&bed.engine, &ada, confirmed, &new).await.unwrap();
        bed.work(NOW).await;
        assert!(bed.mails("ada@example.org").pop().unwrap().contains("Nothing has changed yet"));
        assert!(signs_in(&bed.engine, &scope, "ada@example.org", PASSWORD).await);
        let (purpose, secret) = link(&bed, "ben@example.org");
        let opened = Opened { purpose, secret: &secret, host: HOST };
        change_address(&bed.engine, &scope, &opened).await.unwrap();
        assert!(!signs_in(&bed.engine, &scope, "ada@example.org", PASSWORD).await);
        let token = bed.sign_in(&scope, "ben@example.org").await;
        let session = session(&bed.engine, &scope, &token).await.unwrap().unwrap();
        assert_eq!(session.subject, Some(ada.own_subject().unwrap()));
        bed.work(NOW).await;
        for told in ["ada@example.org", "ben@example.org"] {
            assert!(bed.mails(told).pop().unwrap().contains("at the old and at the new"), "{told}");
        }
    }

    async fn a_reset_takes_back_what_somebody_else_has_begun(bed: Bed) {
        let scope = people(&bed).await;
        let ada = bed.customer(&Scope { actor: Actor::Operator, ..scope.clone() }, "u-ada", "ada@example.org").await;
        let confirmed = bed.confirmed(&ada, "ada@example.org", Task::Credentials).await;
        let theirs = "thief@example.org".parse().unwrap();
        ask_for_address(&bed.engine, &ada, confirmed, &theirs).await.unwrap();
        ask_for_link(&bed.engine, &scope, &"ada@example.org".parse().unwrap()).await.unwrap();
        bed.work(NOW).await;
        choose(&bed, &scope, &link(&bed, "ada@example.org"), HOST).await.unwrap();
        let (purpose, secret) = link(&bed, "thief@example.org");
        let opened = Opened { purpose, secret: &secret, host: HOST };
        let late = change_address(&bed.engine, &scope, &opened).await;
        assert!(matches!(late, Err(LinkError::Over)));
    }

    async fn whoever_has_moved_to_another_address_gets_no_second_account(bed: Bed) {
        let scope = people(&bed).await;
        let ada = bed.customer(&Scope { actor: Actor::Operator, ..scope.clone() }, "u-ada", "ada@example.org").await;
        let confirmed = bed.confirmed(&ada, "ada@example.org", Task::Credentials).await;
        ask_for_address(&bed.engine, &ada, confirmed, &"new@example.org".parse().unwrap()).await.unwrap();
        bed.work(NOW).await;
        let (purpose, secret) = link(&bed, "new@example.org");
        let opened = Opened { purpose, secret: &secret, host: HOST };
        change_address(&bed.engine, &scope, &opened).await.unwrap();
        bed.work(NOW).await;
        // Whoever reads the old mailbox now.
        ask_for_link(&bed.engine, &scope, &"ada@example.org".parse().unwrap()).await.unwrap();
        bed.work(NOW).await;
        assert!(!bed.mails("ada@example.org").pop().unwrap().contains("/confirm/"));
    }

    async fn a_look_alike_of_an_address_gets_nothing(bed: Bed) {
        let scope = people(&bed).await;
        bed.import(&scope, r#"{"type":"subject","id":"u-kim","email":"kim@example.org","name":"Kim"}"#).await;
        // The sign of Kelvin, which Unicode folds into a k.
        let alike = "\u{212A}im@example.org";
        if let Ok(alike) = alike.parse() {
            ask_for_link(&bed.engine, &scope, &alike).await.unwrap();
            bed.work(NOW).await;
        }
        assert!(bed.mails("kim@example.org").is_empty());
        assert!(bed.mails(alike).iter().all(|mail| !mail.contains("/confirm/")));
    }

    async fn a_new_password_signs_out_elsewhere_and_wants_its_own_confirmation(bed: Bed) {
        let scope = people(&bed).await;
        let ada = bed.customer(&Scope { actor: Actor::Operator, ..scope.clone() }, "u-ada", "ada@example.org").await;
        let elsewhere = bed.sign_in(&scope, "ada@example.org").await;
        let here = bed.sign_in(&scope, "ada@example.org").await;
        assert_eq!(own(&bed.engine, &ada, &here).await.unwrap().sessions.len(), 2);
        let chosen = || Password::choose(ANOTHER.into()).unwrap();
        let another_task = bed.confirmed(&ada, "ada@example.org", Task::Export).await;
        let refused = change_password(&bed.engine, &ada, &here, another_task, chosen()).await;
        assert!(matches!(refused, Err(Failure::Forbidden(_))));
        let confirmed = bed.confirmed(&ada, "ada@example.org", Task::Credentials).await;
        change_password(&bed.engine, &ada, &here, confirmed, chosen()).await.unwrap();
        assert!(session(&bed.engine, &scope, &elsewhere).await.unwrap().is_none());
        assert!(session(&bed.engine, &scope, &here).await.unwrap().is_some());
        assert!(signs_in(&bed.engine, &scope, "ada@example.org", ANOTHER).await);
    }

    async fn people_keep_the_password_that_they_bring(bed: Bed) {
        let scope = people(&bed).await;
        let operator = Scope { actor: Actor::Operator, ..scope.clone() };
        let hash = bcrypt_of("what ada has always typed");
        let line = |subject: &str, email: &str, hash: &str| {
            format!(r#"{{"type":"account","subject":"{subject}","email":"{email}","bcrypt":"{hash}"}}"#)
        };
        let ada = line("u-ada", "ada@example.org", &hash);
        let done = bed.import(&operator, &ada).await;
        assert_eq!((done.created, done.refused), (1, 0), "{:?}", done.bad_lines);
        assert_eq!(bed.import(&operator, &ada).await.unchanged, 1);
        assert!(signs_in(&bed.engine, &scope, "ada@example.org", "what ada has always typed").await);
        assert!(!signs_in(&bed.engine, &scope, "ada@example.org", &hash).await);
        let long = "$2b$31$".to_owned() + &hash[7..];
        for (bad, reason) in [
            (line("u-ben", "ada@example.org", &hash), "another account"),
            (line("u-eve", "eve@example.org", &hash), "no subject"),
            (line("u-ben", "ben@example.org", "5f4dcc3b5aa765d61d8327deb882cf99"), "must be a hash"),
            (line("u-ben", "ben@example.org", &long), "must be a hash"),
        ] {
            let done = bed.import(&operator, &bad).await;
            let told = done.bad_lines[0].reason.to_string();
            assert!(told.contains(reason) && !told.contains("$2b$31"), "{told}");
        }
    }

    async fn staff_is_invited_changed_and_removed_at_once(bed: Bed) {
        let scope = people(&bed).await;
        let admin = admin(&bed, &scope, "admin@example.org").await;
        let email = "new@example.org".parse().unwrap();
        invite(&bed.engine, &admin, confirmed(&admin, Task::Settings), &email, Role::Editor).await.unwrap();
        bed.work(NOW).await;
        assert_eq!(staff(&bed.engine, &admin).await.unwrap().1.len(), 1);
        choose(&bed, &scope, &link(&bed, "new@example.org"), HOST).await.unwrap();
        let (members, invitations) = staff(&bed.engine, &admin).await.unwrap();
        assert_eq!((members.len(), invitations.len()), (2, 0));
        let editor = members.iter().find(|member| member.role == Role::Editor).unwrap().id;

        let token = bed.sign_in_with(&scope, "new@example.org", ANOTHER).await;
        change_role(&bed.engine, &admin, confirmed(&admin, Task::Settings), editor, Role::Support).await.unwrap();
        assert!(session(&bed.engine, &scope, &token).await.unwrap().is_none(), "a new session");
        let token = bed.sign_in_with(&scope, "new@example.org", ANOTHER).await;
        assert_eq!(session(&bed.engine, &scope, &token).await.unwrap().unwrap().role, Role::Support);
        remove_staff(&bed.engine, &admin, confirmed(&admin, Task::Settings), editor).await.unwrap();
        assert!(session(&bed.engine, &scope, &token).await.unwrap().is_none());
        assert!(!signs_in(&bed.engine, &scope, "new@example.org", ANOTHER).await);
    }

    async fn an_invitation_can_be_taken_back(bed: Bed) {
        let scope = people(&bed).await;
        let admin = admin(&bed, &scope, "admin@example.org").await;
        invite(&bed.engine, &admin, confirmed(&admin, Task::Settings), &"new@example.org".parse().unwrap(), Role::Support).await.unwrap();
        bed.work(NOW).await;
        let first = link(&bed, "new@example.org");
        // The last invitation to an address replaces those before.
        invite(&bed.engine, &admin, confirmed(&admin, Task::Settings), &"New@example.org".parse().unwrap(), Role::Auditor).await.unwrap();
        bed.work(NOW).await;
        let open = staff(&bed.engine, &admin).await.unwrap().1;
        assert_eq!((open.len(), open[0].role), (1, Role::Auditor));
        let answer = choose(&bed, &scope, &first, HOST).await;
        assert!(matches!(answer, Err(LinkError::Over)));
        let id = open[0].id;
        revoke(&bed.engine, &admin, id).await.unwrap();
        let answer = choose(&bed, &scope, &link(&bed, "new@example.org"), HOST).await;
        assert!(matches!(answer, Err(LinkError::Over)));
    }

    async fn the_last_admin_stays_and_customers_are_not_staff(bed: Bed) {
        let scope = people(&bed).await;
        let admin = admin(&bed, &scope, "admin@example.org").await;
        let Actor::Account { id, .. } = admin.actor else { panic!("an account") };
        for answer in [
            remove_staff(&bed.engine, &admin, confirmed(&admin, Task::Settings), id).await,
            change_role(&bed.engine, &admin, confirmed(&admin, Task::Settings), id, Role::Auditor).await,
        ] {
            assert!(matches!(answer, Err(StaffError::LastAdmin)));
        }
        let second = self::admin(&bed, &scope, "second@example.org").await;
        remove_staff(&bed.engine, &second, confirmed(&second, Task::Settings), id).await.unwrap();

        let operator = Scope { actor: Actor::Operator, ..scope.clone() };
        let ada = bed.customer(&operator, "u-ada", "ada@example.org").await;
        let Actor::Account { id, .. } = ada.actor else { panic!("an account") };
        assert!(matches!(remove_staff(&bed.engine, &second, confirmed(&second, Task::Settings), id).await, Err(StaffError::Unknown)));
        let up = change_role(&bed.engine, &second, confirmed(&second, Task::Settings), id, Role::Admin).await;
        assert!(matches!(up, Err(StaffError::Unknown)));
        let email = "x@example.org".parse().unwrap();
        let down = invite(&bed.engine, &second, confirmed(&second, Task::Settings), &email, Role::Customer).await;
        assert!(matches!(down, Err(StaffError::NotStaff)));
    }
}

async fn admin(bed: &Bed, scope: &Scope, email: &str) -> Scope {
    let email = email.parse().unwrap();
    let password = Password::choose(PASSWORD.into()).unwrap();
    let id =
        create_staff(&bed.engine, &scope.as_portal(), &email, Role::Admin, password).await.unwrap();
    Scope { actor: Actor::Account { id, role: Role::Admin, subject: None }, ..scope.clone() }
}

fn bcrypt_of(password: &str) -> String {
    bcrypt::non_truncating_hash(password, 4).unwrap()
}
