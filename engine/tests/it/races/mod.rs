//! Many at the same time, on two nodes: whatever comes first has its one effect, and
//! everybody else gets a sensible answer.

mod joined;
mod office;
mod one_connection;
mod people;
mod retried;
mod told;
mod ways_in;

use std::sync::Arc;

use domain::grants::{Grant, Grants};
use engine::accounts::Task;
use engine::storage::audit_entries;
use engine::tokens::{Lifetime, find, make};
use engine::{Actor, Engine, Scope};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use tokio::sync::Barrier;

use crate::bed::{Bed, confirmed};

/// Two nodes on one database and one keyring.
struct Nodes {
    bed: Bed,
    engines: [Engine; 2],
}

impl Nodes {
    /// Of a bed whose tenants are there, so that both know them.
    async fn new(bed: Bed) -> Nodes {
        let engines = [bed.engine.clone(), bed.another_node().await];
        Nodes { bed, engines }
    }

    /// Lets so many do something, half of them on each node, all released together.
    async fn race<T, F>(&self, many: usize, one: impl Fn(usize, Engine) -> F) -> Vec<T>
    where
        T: Send + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        let ready = Arc::new(Barrier::new(many));
        let mut running = Vec::with_capacity(many);
        for number in 0..many {
            let work = one(number, self.engines[number % 2].clone());
            let ready = Arc::clone(&ready);
            running.push(tokio::spawn(async move {
                ready.wait().await;
                work.await
            }));
        }
        let mut done = Vec::with_capacity(many);
        for one in running {
            done.push(one.await.unwrap());
        }
        done
    }

    /// How often something is in the audit log.
    async fn audited(&self, scope: &Scope, action: &str) -> u64 {
        let tx = self.bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let which = audit_entries::Column::Action.eq(action);
        tx.count(audit_entries::Entity::find().filter(which)).await.unwrap()
    }
}

/// A call with a token that allows everything.
async fn call(bed: &Bed, scope: &Scope) -> Scope {
    let grants: Grants = Grant::ALL.into_iter().collect();
    let made =
        make(&bed.engine, scope, confirmed(scope, Task::Settings), "CRM", &grants, Lifetime::Month)
            .await
            .unwrap();
    let (id, grants) = find(&bed.engine, scope, &made.bearer).await.unwrap();
    Scope { actor: Actor::Token { id, grants }, ..scope.clone() }
}

/// How many answers are of a kind.
fn how_many<T>(answers: &[T], is: impl Fn(&T) -> bool) -> usize {
    answers.iter().filter(|answer| is(answer)).count()
}
