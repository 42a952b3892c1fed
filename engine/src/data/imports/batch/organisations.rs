//! Writing organisations.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::sealing::{key_of, opens_to, seal};
use super::{Desk, Numbered};
use crate::data::imports::line::OrganisationLine;
use crate::data::imports::outcome::{Outcome, Outcomes};
use crate::data::records::organisation_place;
use crate::platform::failure::Failure;
use crate::platform::keyring::{IDENTITY, Named};
use crate::platform::storage::organisations;

impl Desk<'_> {
    pub(super) async fn organisations(
        &self,
        lines: Vec<Numbered<OrganisationLine>>,
        done: &mut Outcomes,
    ) -> Result<(), Failure> {
        let mut lines: Vec<(Vec<u8>, Numbered<OrganisationLine>)> = lines
            .into_iter()
            .map(|numbered| (self.hash("organisation", &numbered.1.id), numbered))
            .collect();
        // Everybody writes in one order.
        lines.sort_by(|one, other| one.0.cmp(&other.0));
        let column = organisations::Column::SourceHash;
        let hashes = lines.iter().map(|(hash, _)| hash.clone());
        let rows = self.tx.all_locked_by::<organisations::Entity>(column, hashes).await?;
        let known: HashMap<Vec<u8>, organisations::Model> =
            rows.into_iter().map(|row| (row.source_hash.clone(), row)).collect();
        let ids: Vec<Uuid> = lines
            .iter()
            .map(|(hash, _)| known.get(hash).map_or_else(Uuid::now_v7, |row| row.id))
            .collect();
        let names: Vec<Named> = ids.iter().map(|id| (*id, IDENTITY.to_owned())).collect();
        let keys = self.engine.keyring.ensure(self.tx, &names).await?;
        for ((hash, (number, line)), id) in lines.into_iter().zip(ids) {
            let key = key_of(&keys, id, IDENTITY)?;
            let place = organisation_place(self.scope, id);
            let profile = json!({ "id": line.id, "name": line.name });
            if let Some(row) = known.get(&hash) {
                if opens_to(key, place, &row.sealed, &profile) {
                    done.note(number, Outcome::Unchanged);
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
                done.note(number, Outcome::Updated);
            } else {
                self.tx
                    .insert(organisations::ActiveModel {
                        id: Set(id),
                        source_hash: Set(hash),
                        sealed: Set(seal(key, place, &profile)?),
                        created_at: Set(self.scope.now),
                        ..Default::default()
                    })
                    .await?;
                done.note(number, Outcome::Created);
            }
        }
        Ok(())
    }
}
