//! Writing organisations.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::lookup::last_of_each;
use super::sealing::{key_of, opens_to, seal};
use super::{Desk, Numbered};
use crate::failure::Failure;
use crate::imports::line::OrganisationLine;
use crate::imports::outcome::{Outcome, Outcomes};
use crate::keyring::{IDENTITY, Named};
use crate::records::organisation_place;
use crate::storage::organisations;

impl Desk<'_> {
    pub(super) async fn organisations(
        &self,
        lines: Vec<Numbered<OrganisationLine>>,
        done: &mut Outcomes,
    ) -> Result<(), Failure> {
        let lines = last_of_each(lines, done, |line| line.id.clone());
        let known = self.organisation_ids(lines.iter().map(|(_, line)| line.id.as_str())).await?;
        let ids: Vec<Uuid> = lines
            .iter()
            .map(|(_, line)| known.get(&line.id).copied().unwrap_or_else(Uuid::now_v7))
            .collect();
        let names: Vec<Named> = ids.iter().map(|id| (*id, IDENTITY.to_owned())).collect();
        let keys = self.engine.keyring.ensure(self.tx, &names).await?;
        for ((number, line), id) in lines.iter().zip(ids) {
            let key = key_of(&keys, id, IDENTITY)?;
            let place = organisation_place(self.scope, id);
            let profile = json!({ "id": line.id, "name": line.name });
            if known.contains_key(&line.id) {
                let row = self
                    .tx
                    .one(organisations::Entity::find().filter(organisations::Column::Id.eq(id)))
                    .await?;
                if row.is_some_and(|row| opens_to(key, place, &row.sealed, &profile)) {
                    done.note(*number, Outcome::Unchanged);
                    continue;
                }
                let sealed = seal(key, place, &profile)?;
                self.tx
                    .update(
                        organisations::Entity::update_many()
                            .col_expr(organisations::Column::Sealed, Expr::value(sealed))
                            .filter(organisations::Column::Id.eq(id)),
                    )
                    .await?;
                done.note(*number, Outcome::Updated);
            } else {
                self.tx
                    .insert(organisations::ActiveModel {
                        id: Set(id),
                        source_hash: Set(self.hash("organisation", &line.id)),
                        sealed: Set(seal(key, place, &profile)?),
                        created_at: Set(self.scope.now),
                        ..Default::default()
                    })
                    .await?;
                done.note(*number, Outcome::Created);
            }
        }
        Ok(())
    }
}
