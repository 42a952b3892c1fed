//! Passkeys, with an authenticator that is played here.

use data_encoding::BASE64URL_NOPAD;
use engine::accounts::{
    Confirmed, Entered, Method, Mine, NotConfirmed, PasskeyError, PasskeyName, Secret, Task,
    add_passkey, answer_review, begin_passkey, begin_passkey_confirmation, begin_passkey_sign_in,
    confirm_by_passkey, confirm_by_password, own_passkeys, remove_passkey, rename_passkey, review,
    session, sign_in_by_passkey,
};
use engine::storage::{accounts, passkeys};
use engine::tenancy::beside;
use engine::{Actor, Scope, audit};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use sea_orm::EntityTrait;
use sea_orm::sea_query::Expr;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::bed::{Bed, LUMAIRE, NOW, PASSWORD, PEOPLE};

const HOST: &str = "lumaire.localhost";
const ORIGIN: &str = "http://lumaire.localhost:3000";

/// One key pair, as an authenticator keeps it.
struct Phone {
    key: SigningKey,
    id: Vec<u8>,
    user: Vec<u8>,
    origin: &'static str,
    unlocked: bool,
}

impl Phone {
    fn new(number: u8) -> Phone {
        let key = SigningKey::from_slice(&[number; 32]).unwrap();
        Phone { key, id: vec![number; 16], user: Vec::new(), origin: ORIGIN, unlocked: true }
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        let challenge = &options["challenge"];
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false })
            .to_string()
            .into_bytes()
    }

    /// WebAuthn, 6.1.
    fn data(&self, more: u8, count: u32) -> Vec<u8> {
        let unlocked = if self.unlocked { 4 } else { 0 };
        let mut data = Sha256::digest(HOST).to_vec();
        data.push(1 | unlocked | more);
        data.extend(count.to_be_bytes());
        data
    }

    /// What a browser answers to `create`.
    fn make(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        self.user = decoded(&options["user"]["id"]);
        let mut data = self.data(64, 1);
        data.extend([0; 16]);
        data.extend([0, u8::try_from(self.id.len()).unwrap()]);
        data.extend(&self.id);
        // {1: 2, 3: -7, -1: 1, -2: x, -3: y} in CBOR (RFC 9053, 7.1.1).
        let point = self.key.verifying_key().to_sec1_point(false);
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(&point.as_bytes()[1..33]);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(&point.as_bytes()[33..65]);
        // {"fmt": "none", "attStmt": {}, "authData": data}
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let client_data = encoded(&self.client_data("webauthn.create", &options));
        self.answer(json!({ "attestationObject": encoded(&object), "clientDataJSON": client_data }))
    }

    /// What a browser answers to `get`, as the so-and-so-manieth answer.
    fn sign(&self, options: &str, count: u32) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        let client_data = self.client_data("webauthn.get", &options);
        let data = self.data(0, count);
        let signed = [data.as_slice(), &Sha256::digest(&client_data)].concat();
        let signature: Signature = self.key.sign(&signed);
        self.answer(json!({
            "authenticatorData": encoded(&data),
            "clientDataJSON": encoded(&client_data),
            "signature": encoded(signature.to_der().as_bytes()),
            "userHandle": encoded(&self.user),
        }))
    }

    fn answer(&self, response: Value) -> String {
        let id = encoded(&self.id);
        json!({
            "id": id, "rawId": id, "type": "public-key", "response": response,
            "clientExtensionResults": {},
        })
        .to_string()
    }
}

fn encoded(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

fn decoded(text: &Value) -> Vec<u8> {
    BASE64URL_NOPAD.decode(text.as_str().unwrap().as_bytes()).unwrap()
}

/// Ada, signed in, with the right to change how.
struct Ada {
    scope: Scope,
    token: Secret,
    confirmed: Confirmed,
}

const ADDRESS: &str = "ada@example.org";
const ANOTHER: &str = "a quite different sentence";

async fn ada(bed: &Bed) -> Ada {
    let scope = bed.tenant(LUMAIRE).await;
    bed.import(&scope, PEOPLE).await;
    let scope = bed.customer(&scope, "u-ada", ADDRESS).await;
    signed_in(bed, scope, ADDRESS).await
}

async fn signed_in(bed: &Bed, scope: Scope, email: &str) -> Ada {
    let token = bed.sign_in(&scope, email).await;
    let (password, task) = (PASSWORD.to_owned().into(), Task::Credentials);
    confirm_by_password(&bed.engine, &scope, &token, task, password).await.unwrap();
    let found = session(&bed.engine, &scope, &token).await.unwrap().unwrap();
    Ada { confirmed: found.confirmed(task, scope.now).unwrap(), scope, token }
}

impl Ada {
    async fn add(&self, bed: &Bed, phone: &mut Phone) -> Result<Uuid, PasskeyError> {
        let Ada { scope, token, confirmed } = self;
        let options = begin_passkey(&bed.engine, scope, token, *confirmed).await.unwrap();
        let made = phone.make(&options);
        add_passkey(&bed.engine, scope, token, *confirmed, &name("Phone"), &made).await
    }
}

fn name(text: &str) -> PasskeyName {
    text.parse().unwrap()
}

async fn enter(
    bed: &Bed,
    scope: &Scope,
    phone: &Phone,
    count: u32,
) -> Result<Entered, NotConfirmed> {
    let next = Some("/account".to_owned());
    let (token, options) = begin_passkey_sign_in(&bed.engine, scope, next).await.unwrap();
    let signed = phone.sign(&options, count);
    sign_in_by_passkey(&bed.engine, scope, &token, &signed, "").await
}

on_both! {
    async fn a_passkey_signs_in_by_itself_and_counts_as_two_factors(bed: Bed) {
        let ada = ada(&bed).await;
        let mut phone = Phone::new(1);
        ada.add(&bed, &mut phone).await.unwrap();
        assert_eq!(phone.user.len(), 16, "the account's id and nothing else");
        let scope = Scope { actor: Actor::Visitor, now: NOW.plus_seconds(60), ..ada.scope.clone() };
        let entered = enter(&bed, &scope, &phone, 2).await.unwrap();
        assert_eq!(entered.next.as_deref(), Some("/account"));
        let found = session(&bed.engine, &scope, &entered.token).await.unwrap().unwrap();
        assert_eq!((found.method, found.strong), (Method::Passkey, true));
        let own = own_passkeys(&bed.engine, &ada.scope).await.unwrap();
        assert_eq!(own[0].used, Some(scope.now));
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let row = tx.one(passkeys::Entity::find()).await.unwrap().unwrap();
        assert_eq!(row.credential_hash, Sha256::digest(&phone.id).to_vec());
        assert!(!String::from_utf8_lossy(&row.sealed).contains("ES256"), "sealed");
    }

    async fn after_a_reset_no_passkey_opens_anything_until_it_is_said_whose_it_is(bed: Bed) {
        let ada = ada(&bed).await;
        let (mut own, mut foreign) = (Phone::new(1), Phone::new(2));
        let kept = ada.add(&bed, &mut own).await.unwrap();
        ada.add(&bed, &mut foreign).await.unwrap();
        let engine = &bed.engine;
        bed.reset(&ada.scope, ADDRESS, ANOTHER).await;
        assert!(session(engine, &ada.scope, &ada.token).await.unwrap().is_none());
        for phone in [&own, &foreign] {
            let closed = enter(&bed, &ada.scope, phone, 2).await;
            assert!(matches!(closed, Err(NotConfirmed::Mismatch)));
        }
        let token = bed.sign_in_with(&ada.scope, ADDRESS, ANOTHER).await;
        assert!(session(engine, &ada.scope, &token).await.unwrap().unwrap().review);
        let waiting = review(engine, &ada.scope).await.unwrap().unwrap();
        assert_eq!((waiting.passkeys.len(), waiting.factor), (2, None));
        let mine = Mine::Only { ids: [kept].into(), factor: false };
        answer_review(engine, &ada.scope, &token, &mine).await.unwrap();
        assert!(!session(engine, &ada.scope, &token).await.unwrap().unwrap().review);
        assert!(enter(&bed, &ada.scope, &own, 3).await.is_ok());
        let gone = enter(&bed, &ada.scope, &foreign, 3).await;
        assert!(matches!(gone, Err(NotConfirmed::Mismatch)));
        // It is asked once: a page that is sent again removes nothing more.
        let none = Mine::Only { ids: [].into(), factor: false };
        answer_review(engine, &ada.scope, &token, &none).await.unwrap();
        assert_eq!(own_passkeys(engine, &ada.scope).await.unwrap().len(), 1);
        bed.work(NOW).await;
        let removed = bed.mails(ADDRESS).into_iter().filter(|mail| mail.contains("has been removed"));
        assert_eq!(removed.count(), 1);
    }

    async fn all_ways_in_can_be_kept_at_once(bed: Bed) {
        let ada = ada(&bed).await;
        let mut phone = Phone::new(1);
        ada.add(&bed, &mut phone).await.unwrap();
        bed.reset(&ada.scope, ADDRESS, ANOTHER).await;
        let token = bed.sign_in_with(&ada.scope, ADDRESS, ANOTHER).await;
        answer_review(&bed.engine, &ada.scope, &token, &Mine::All).await.unwrap();
        assert!(enter(&bed, &ada.scope, &phone, 2).await.is_ok());
        assert_eq!(review(&bed.engine, &ada.scope).await.unwrap(), None);
    }

    async fn a_challenge_is_for_one_answer_in_its_own_browser_and_time(bed: Bed) {
        let ada = ada(&bed).await;
        let mut phone = Phone::new(1);
        ada.add(&bed, &mut phone).await.unwrap();
        let scope = &ada.scope;
        let (token, options) = begin_passkey_sign_in(&bed.engine, scope, None).await.unwrap();
        let signed = phone.sign(&options, 2);
        let elsewhere = Secret::generate().unwrap();
        let stolen = sign_in_by_passkey(&bed.engine, scope, &elsewhere, &signed, "").await;
        assert!(matches!(stolen, Err(NotConfirmed::Over)));
        let late = Scope { now: NOW.plus_seconds(301), ..scope.clone() };
        let too_late = sign_in_by_passkey(&bed.engine, &late, &token, &signed, "").await;
        assert!(matches!(too_late, Err(NotConfirmed::Over)));
        assert!(sign_in_by_passkey(&bed.engine, scope, &token, &signed, "").await.is_ok());
        let replayed = sign_in_by_passkey(&bed.engine, scope, &token, &signed, "").await;
        assert!(matches!(replayed, Err(NotConfirmed::Over)));
        let (token, _) = begin_passkey_sign_in(&bed.engine, scope, None).await.unwrap();
        for expected_over in [false, true] {
            let other = sign_in_by_passkey(&bed.engine, scope, &token, &signed, "").await;
            assert_eq!(matches!(other, Err(NotConfirmed::Over)), expected_over);
        }
    }

    async fn what_one_node_has_begun_another_finishes(bed: Bed) {
        let ada = ada(&bed).await;
        let mut phone = Phone::new(1);
        ada.add(&bed, &mut phone).await.unwrap();
        let other = bed.another_node().await;
        let (token, options) = begin_passkey_sign_in(&bed.engine, &ada.scope, None).await.unwrap();
        let signed = phone.sign(&options, 2);
        let entered = sign_in_by_passkey(&other, &ada.scope, &token, &signed, "").await;
        assert!(entered.is_ok());
        // And it is over for both.
        let again = sign_in_by_passkey(&bed.engine, &ada.scope, &token, &signed, "").await;
        assert!(matches!(again, Err(NotConfirmed::Over)));
    }

    async fn what_no_browser_of_this_host_would_say_is_refused(bed: Bed) {
        let ada = ada(&bed).await;
        let mut phone = Phone::new(1);
        phone.origin = "http://lumina-erp.localhost:3000";
        assert!(matches!(ada.add(&bed, &mut phone).await, Err(PasskeyError::Refused)));
        phone.origin = ORIGIN;
        phone.unlocked = false;
        assert!(matches!(ada.add(&bed, &mut phone).await, Err(PasskeyError::Refused)));
        phone.unlocked = true;
        ada.add(&bed, &mut phone).await.unwrap();
        assert!(matches!(ada.add(&bed, &mut phone).await, Err(PasskeyError::Refused)), "twice");
        phone.origin = "http://lumina-erp.localhost:3000";
        assert!(matches!(enter(&bed, &ada.scope, &phone, 2).await, Err(NotConfirmed::Mismatch)));
        phone.origin = ORIGIN;
        phone.unlocked = false;
        assert!(matches!(enter(&bed, &ada.scope, &phone, 2).await, Err(NotConfirmed::Mismatch)));
        phone.unlocked = true;
        let mut forged = Phone::new(2);
        (forged.id, forged.user) = (phone.id.clone(), phone.user.clone());
        assert!(matches!(enter(&bed, &ada.scope, &forged, 2).await, Err(NotConfirmed::Mismatch)));
        let user = std::mem::replace(&mut phone.user, Uuid::now_v7().as_bytes().to_vec());
        assert!(matches!(enter(&bed, &ada.scope, &phone, 2).await, Err(NotConfirmed::Mismatch)));
        phone.user = user;
        assert!(enter(&bed, &ada.scope, &phone, 2).await.is_ok());
    }

    async fn one_that_counts_backwards_is_refused_and_told(bed: Bed) {
        let ada = ada(&bed).await;
        let mut phone = Phone::new(1);
        ada.add(&bed, &mut phone).await.unwrap();
        assert!(enter(&bed, &ada.scope, &phone, 7).await.is_ok());
        for count in [7, 3] {
            let copied = enter(&bed, &ada.scope, &phone, count).await;
            assert!(matches!(copied, Err(NotConfirmed::Mismatch)), "{count}");
        }
        let told = audit::latest(&bed.engine, &ada.scope.as_portal(), 1).await.unwrap();
        assert_eq!(told[0].action, "passkey.refused");
        assert!(enter(&bed, &ada.scope, &phone, 8).await.is_ok());
    }

    async fn a_task_is_confirmed_by_ones_own_passkey(bed: Bed) {
        let ada = ada(&bed).await;
        let ben = bed.customer(&ada.scope, "u-ben", "ben@example.org").await;
        let ben = signed_in(&bed, ben, "ben@example.org").await;
        let (mut hers, mut his) = (Phone::new(1), Phone::new(2));
        ada.add(&bed, &mut hers).await.unwrap();
        ben.add(&bed, &mut his).await.unwrap();
        let task = Task::Export;
        let (scope, token) = (&ada.scope, &ada.token);
        let ask = async || begin_passkey_confirmation(&bed.engine, scope, token, task).await.unwrap();
        let signed = his.sign(&ask().await, 2);
        let other = confirm_by_passkey(&bed.engine, scope, token, task, &signed).await;
        assert!(matches!(other, Err(NotConfirmed::Mismatch)));
        let signed = hers.sign(&ask().await, 2);
        let another = confirm_by_passkey(&bed.engine, scope, token, Task::Deletion, &signed).await;
        assert!(matches!(another, Err(NotConfirmed::Over)));
        confirm_by_passkey(&bed.engine, scope, token, task, &signed).await.unwrap();
        let found = session(&bed.engine, scope, token).await.unwrap().unwrap();
        assert!(found.confirmed(task, NOW).is_some());
    }

    async fn the_last_way_in_stays(bed: Bed) {
        let ada = ada(&bed).await;
        let first = ada.add(&bed, &mut Phone::new(1)).await.unwrap();
        let second = ada.add(&bed, &mut Phone::new(2)).await.unwrap();
        let tx = bed.engine.tenant(ada.scope.as_portal().portal().unwrap()).write().await.unwrap();
        let none = Expr::value(None::<String>);
        let update = accounts::Entity::update_many();
        tx.update(update.col_expr(accounts::Column::PasswordHash, none)).await.unwrap();
        tx.commit().await.unwrap();
        let remove = async |id| remove_passkey(&bed.engine, &ada.scope, ada.confirmed, id).await;
        let (one, other) = tokio::join!(beside(remove(first)), beside(remove(second)));
        assert!(one.is_ok() != other.is_ok(), "of two at the same time one stays");
        let own = own_passkeys(&bed.engine, &ada.scope).await.unwrap();
        assert_eq!(own.len(), 1);
        assert!(matches!(remove(own[0].id).await, Err(PasskeyError::LastWay)));
        let unknown = remove(Uuid::now_v7()).await;
        assert!(matches!(unknown, Err(PasskeyError::Unknown)));
    }

    async fn nobody_touches_the_passkeys_of_another(bed: Bed) {
        let ada = ada(&bed).await;
        let ben = bed.customer(&ada.scope, "u-ben", "ben@example.org").await;
        let ben = signed_in(&bed, ben, "ben@example.org").await;
        let hers = ada.add(&bed, &mut Phone::new(1)).await.unwrap();
        let mine = name("Mine");
        let renamed = rename_passkey(&bed.engine, &ben.scope, ben.confirmed, hers, &mine).await;
        assert!(matches!(renamed, Err(PasskeyError::Unknown)));
        let removed = remove_passkey(&bed.engine, &ben.scope, ben.confirmed, hers).await;
        assert!(matches!(removed, Err(PasskeyError::Unknown)));
        assert!(own_passkeys(&bed.engine, &ben.scope).await.unwrap().is_empty());
        rename_passkey(&bed.engine, &ada.scope, ada.confirmed, hers, &mine).await.unwrap();
        assert_eq!(own_passkeys(&bed.engine, &ada.scope).await.unwrap()[0].name, "Mine");
    }

    async fn whose_data_is_being_deleted_cannot_come_back_in(bed: Bed) {
        let ada = ada(&bed).await;
        let mut phone = Phone::new(1);
        ada.add(&bed, &mut phone).await.unwrap();
        bed.erase(&ada.scope, ADDRESS).await;
        assert!(matches!(enter(&bed, &ada.scope, &phone, 2).await, Err(NotConfirmed::Mismatch)));
    }
}
