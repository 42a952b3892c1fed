//! Drafting and publishing.

use domain::period::Period;
use domain::policy::facts::RetentionRule;
use domain::requests::Right;
use engine::accounts::Task;
use engine::policies::{self, DraftError, PublishError, State};
use engine::tenancy::beside;
use engine::{Actor, Failure, Scope};
use sea_orm::ConnectionTrait;

use crate::bed::{Bed, LUMAIRE, LUMINA, NOW, confirmed};

fn recording(document: &mut domain::policy::Document) -> &mut RetentionRule {
    document.facts.retention.iter_mut().find(|rule| rule.id.as_str() == "call-recording").unwrap()
}

on_both! {
    async fn a_publication_is_told_of_its_tenant_alone_and_an_earlier_versions_of_all(bed: Bed) {
        let (mine, other) = (bed.tenant(LUMAIRE).await, bed.tenant(LUMINA).await);
        let generation = |scope: &Scope| bed.engine.directory.tenant(scope.tenant).unwrap().generation;
        let before = (generation(&mine), generation(&other));
        let tx = bed.engine.tenant(mine.as_portal().portal().unwrap()).write().await.unwrap();
        tx.announce().await.unwrap();
        tx.commit().await.unwrap();
        bed.engine.refresh().await.unwrap();
        assert!(generation(&mine) > before.0);
        assert_eq!(generation(&other), before.1, "nothing of theirs has changed");
        // A node of an earlier version only counts up.
        let owner = sea_orm::Database::connect(&bed.urls.owner).await.unwrap();
        owner.execute_unprepared("update generation set number = number + 1").await.unwrap();
        bed.engine.refresh().await.unwrap();
        assert!(generation(&other) > before.1, "whose it was is not known");
    }

    async fn l14_publishing_supersedes_and_the_date_is_the_versions(bed: Bed) {
        let scope = bed.tenant(LUMINA).await;
        let before = policies::in_force(&bed.engine, &scope).await.unwrap().unwrap();
        let mut document = before.document.clone();
        recording(&mut document).period = Some("30 days".parse::<Period>().unwrap().into());
        let later = Scope { now: NOW.plus_seconds(24 * 3600), ..scope.clone() };
        let revision = policies::save_draft(&bed.engine, &later, 0, &document).await.unwrap();
        let generation = || bed.engine.directory.tenant(scope.tenant).unwrap().generation;
        let before_it = generation();
        let number = policies::publish(&bed.engine, &later, confirmed(&later, Task::Publication), revision).await.unwrap();
        assert_eq!(number, before.number + 1);
        assert!(generation() > before_it, "other nodes are told");

        let now = policies::in_force(&bed.engine, &scope).await.unwrap().unwrap();
        assert_eq!(now.published_at, Some(later.now));
        assert_eq!(recording(&mut now.document.clone()).period().stated(), "30 days".parse().ok());
        let old = policies::version(&bed.engine, &scope, before.number).await.unwrap().unwrap();
        assert_eq!((old.state, old.document), (State::Superseded, before.document.clone()));
        let heads = policies::history(&bed.engine, &scope).await.unwrap();
        assert_eq!(heads.iter().map(|head| head.number).collect::<Vec<_>>(), [2, 1]);
    }

    async fn two_editors_notice_each_other(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let document = policies::in_force(&bed.engine, &scope).await.unwrap().unwrap().document.clone();
        let mut mine = document.clone();
        mine.title = "Mine".into();
        let first = policies::save_draft(&bed.engine, &scope, 0, &mine).await.unwrap();
        let late = policies::save_draft(&bed.engine, &scope, 0, &document).await;
        assert!(matches!(late, Err(DraftError::Stale)), "{late:?}");
        policies::save_draft(&bed.engine, &scope, first, &document).await.unwrap();
        let late = policies::publish(&bed.engine, &scope, confirmed(&scope, Task::Publication), first).await;
        assert!(matches!(late, Err(PublishError::Stale)), "{late:?}");
    }

    async fn a_draft_with_errors_or_without_changes_is_not_published(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let none = policies::publish(&bed.engine, &scope, confirmed(&scope, Task::Publication), 0).await;
        assert!(matches!(none, Err(PublishError::NoDraft)), "{none:?}");
        let document = policies::in_force(&bed.engine, &scope).await.unwrap().unwrap().document.clone();
        let revision = policies::save_draft(&bed.engine, &scope, 0, &document).await.unwrap();
        let same = policies::publish(&bed.engine, &scope, confirmed(&scope, Task::Publication), revision).await;
        assert!(matches!(same, Err(PublishError::Unchanged)), "{same:?}");
        let mut slow = document;
        for right in slow.facts.rights.iter_mut().filter(|right| right.right == Right::Access) {
            right.days = Some(90.into());
        }
        let revision = policies::save_draft(&bed.engine, &scope, revision, &slow).await.unwrap();
        let refused = policies::publish(&bed.engine, &scope, confirmed(&scope, Task::Publication), revision).await;
        assert!(matches!(refused, Err(PublishError::Errors(_))), "{refused:?}");
        let in_force = policies::in_force(&bed.engine, &scope).await.unwrap().unwrap();
        assert_eq!(in_force.number, 1, "nothing was published");
    }

    async fn e20_only_who_may_edits(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let document = policies::in_force(&bed.engine, &scope).await.unwrap().unwrap().document.clone();
        let visitor = Scope { actor: Actor::Visitor, ..scope };
        let refused = policies::save_draft(&bed.engine, &visitor, 0, &document).await;
        assert!(matches!(refused, Err(DraftError::Failure(Failure::Forbidden(_)))), "{refused:?}");
        let refused = policies::publish(&bed.engine, &visitor, confirmed(&visitor, Task::Publication), 0).await;
        assert!(matches!(refused, Err(PublishError::Failure(Failure::Forbidden(_)))), "{refused:?}");
        assert!(policies::draft(&bed.engine, &visitor).await.is_err());
    }
}

/// Two saves that read the same draft before either writes: only PostgreSQL lets
/// them overlap.
#[tokio::test]
async fn of_two_saves_at_once_one_is_told_that_it_is_late() {
    let bed = Bed::postgres().await;
    let scope = bed.tenant(LUMAIRE).await;
    let document = policies::in_force(&bed.engine, &scope).await.unwrap().unwrap().document.clone();
    let first = policies::save_draft(&bed.engine, &scope, 0, &document).await.unwrap();
    let mut mine = document.clone();
    mine.title = "Mine".into();
    let saves = (0..8).map(|_| beside(policies::save_draft(&bed.engine, &scope, first, &mine)));
    let saved = futures_util::future::join_all(saves).await;
    assert_eq!(saved.iter().filter(|answer| answer.is_ok()).count(), 1, "{saved:?}");
    assert!(
        saved.iter().all(|answer| matches!(answer, Ok(_) | Err(DraftError::Stale))),
        "{saved:?}"
    );
}
