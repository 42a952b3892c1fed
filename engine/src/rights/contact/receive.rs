//! Taking a message.

use domain::identifiers::{EmailAddress, Slug};
use domain::policy::facts::{Capacity, Category, named};
use domain::policy::{Document, Facts};
use domain::roles::Permission;
use domain::words::Words;
use sea_orm::ActiveValue::Set;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::draft::{Draft, Reason};
use super::report::{self, Report};
use crate::data::records::{Payload, record_place};
use crate::engine::Engine;
use crate::people::accounts::{Purpose, address_hash, link_letter, write_proof};
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::keyring::{KeyringError, Unsealable};
use crate::platform::mail::{self, Letter, Link};
use crate::platform::scope::Scope;
use crate::platform::storage::{Day, messages, records, subjects};
use crate::platform::tenancy::{WriteTx, retrying};
use crate::policies::{self, Version};
use crate::rights::requests;

/// The category that messages are held in, if the policy has it.
const CATEGORY: &str = "communication";

/// A message that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Its id.
    pub id: Uuid,
    /// What people quote.
    pub reference: String,
}

/// What is sealed with the link that verifies a message.
#[derive(Serialize, Deserialize)]
pub(super) struct Claim {
    pub message: Uuid,
    pub email: EmailAddress,
    /// The address that a report is about; none in what a node of the version before
    /// has sealed.
    #[serde(default)]
    pub about: Option<EmailAddress>,
}

/// The category of a policy that messages are held in. Without it there is no form:
/// what is not declared is not collected.
pub fn category(facts: &Facts) -> Option<&Category> {
    let name: Slug = CATEGORY.parse().ok()?;
    named(&facts.categories, &name)
        .filter(|category| category.linked && category.role == Capacity::Controller)
}

/// Takes a message, if the policy in force has a place for it. In one transaction:
/// the sender as an unverified subject, the record, the message, the mail that asks
/// the sender to confirm the address, the mail to staff, and for a report about a
/// child what it does by itself.
pub async fn receive(
    engine: &Engine,
    scope: &Scope,
    draft: &Draft,
) -> Result<Option<Received>, Failure> {
    let Some(version) = policies::in_force(engine, scope).await? else { return Ok(None) };
    let Some(category) = category(&version.document.facts) else { return Ok(None) };
    // Anew with another reference, should somebody have been given the same.
    let received = retrying(|| receive_once(engine, scope, draft, &version, category)).await?;
    engine.work.notify_one();
    Ok(Some(received))
}

async fn receive_once(
    engine: &Engine,
    scope: &Scope,
    draft: &Draft,
    version: &Version,
    category: &Category,
) -> Result<Received, Failure> {
    let (id, record) = (Uuid::now_v7(), Uuid::now_v7());
    let reference = requests::reference()?;
    let tx = engine.tenant(scope.permit(Permission::ReadPublic)?).write().await?;
    let sender = insert_sender(engine, &tx, scope).await?;
    insert_record(engine, &tx, scope, draft, (sender, record), category, &reference).await?;
    let sender_hash = address_hash(engine, &tx, &draft.email).await?;
    tx.insert(messages::ActiveModel {
        id: Set(id),
        reference: Set(reference.clone()),
        reason: Set(draft.reason.name().to_owned()),
        record_id: Set(record),
        received_at: Set(scope.now),
        verified_at: Set(None),
        request_id: Set(None),
        paused_subject: Set(None),
        sender_hash: Set(Some(sender_hash.clone())),
        ..Default::default()
    })
    .await?;
    let about = draft.about.as_ref().unwrap_or(&draft.email);
    let urgent = draft.reason == Reason::Child && {
        let reference = reference.as_str();
        let (message, policy_number) = (id, version.number);
        let report = Report { message, reference, policy_number, about, request: None };
        report::take(engine, &tx, scope, &report, &sender_hash).await?
    };
    let claim = Claim { message: id, email: draft.email.clone(), about: Some(about.clone()) };
    let (_, secret) = write_proof(engine, &tx, scope, Purpose::Message, None, &claim).await?;
    let letter = link_letter(engine, scope, Purpose::Message, &secret)?;
    mail::post(engine, &tx, scope, draft.email.clone(), letter).await?;
    tell_staff(engine, &tx, scope, &version.document, (id, &reference, urgent)).await?;
    let details = json!({ "reason": draft.reason.name() });
    audit::enter(&tx, scope, "message.received", id, details).await?;
    tx.commit().await?;
    Ok(Received { id, reference })
}

/// A subject that is found neither by an address nor by an id of the tenant's. Who
/// it is stands in the record alone, and so goes with it.
async fn insert_sender(engine: &Engine, tx: &WriteTx, scope: &Scope) -> Result<Uuid, Failure> {
    let id = Uuid::now_v7();
    let lookup = engine.keyring.of_tenant(tx).await?.lookup;
    tx.insert(subjects::ActiveModel {
        id: Set(id),
        source_hash: Set(lookup.hash("unverified", id.as_bytes())),
        created_at: Set(scope.now),
        ..Default::default()
    })
    .await?;
    Ok(id)
}

async fn insert_record(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    draft: &Draft,
    (sender, record): (Uuid, Uuid),
    category: &Category,
    reference: &str,
) -> Result<(), Failure> {
    let mut data = json!({
        "direction": "from-you", "channel": "form", "email": draft.email, "text": draft.text,
    });
    for (field, value) in
        [("name", draft.name.clone()), ("about", draft.about.as_ref().map(ToString::to_string))]
    {
        if let (Some(data), Some(value)) = (data.as_object_mut(), value) {
            data.insert(field.to_owned(), value.into());
        }
    }
    let payload = Payload { id: reference.to_owned(), data };
    let plain = serde_json::to_vec(&payload).map_err(Failure::corrupt)?;
    let label = category.id.as_str();
    let key = engine.keyring.ensure_one(tx, sender, label).await?;
    let lookup = engine.keyring.of_tenant(tx).await?.lookup;
    let source = source_of(category);
    let place = record_place(scope.tenant, sender, label, record);
    tx.insert(records::ActiveModel {
        id: Set(record),
        subject_id: Set(Some(sender)),
        organisation_id: Set(None),
        category: Set(category.id.to_string()),
        kind: Set("message".to_owned()),
        source_hash: Set(lookup.hash("record", format!("{source}\0form {record}").as_bytes())),
        source: Set(source),
        occurred_on: Set(Day::from(scope.today())),
        recorded_at: Set(scope.now),
        sealed: Set(key.seal(place, &plain).map_err(unsealable)?),
        digest: Set(lookup.hash("payload", &plain)),
        ..Default::default()
    })
    .await?;
    Ok(())
}

/// The category's source that is a form, if it names one.
fn source_of(category: &Category) -> String {
    let form = category.sources.iter().find(|source| source.as_str().contains("form"));
    let source = form.or(category.sources.first());
    source.map_or_else(|| "contact-form".to_owned(), ToString::to_string)
}

/// The mail says that there is something, and nothing of what: that is read at the
/// desk, by who may. `urgent`: a report has opened a request that is due today.
async fn tell_staff(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    document: &Document,
    (id, reference, urgent): (Uuid, &str, bool),
) -> Result<(), Failure> {
    let words = Words::new(document.language);
    let (subject, text) = if urgent {
        ("mail-message-child-subject", "mail-message-child-text")
    } else {
        ("mail-message-arrived-subject", "mail-message-arrived-text")
    };
    let values = [("reference", reference.to_owned().into())];
    let letter = Letter {
        language: words.language(),
        subject: words.with(subject, &values),
        paragraphs: vec![words.with(text, &values)],
        code: None,
        link: Some(Link {
            label: words.text("mail-message-arrived-link"),
            url: engine.link(scope.tenant, &format!("/desk/messages/{id}"))?,
        }),
        why: words.text("mail-message-arrived-why"),
    };
    mail::post_to_company(engine, tx, scope, document, letter).await?;
    Ok(())
}

pub(super) fn unsealable(error: Unsealable) -> Failure {
    Failure::Keyring(KeyringError::from(error))
}
