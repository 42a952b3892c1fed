//! Applying tenant files.

use domain::period::Period;
use domain::roles::Role;
use engine::accounts::Task;
use engine::audit;
use engine::policies::{self, DraftError};
use engine::tenants::{ApplyError, Ground, TenantFile, apply, apply_over, plan};
use engine::{Actor, Scope};
use uuid::Uuid;

use crate::bed::{Bed, LUMAIRE, LUMINA, NOW, confirmed};

/// Whoever edits in the studio.
fn admin(scope: &Scope) -> Scope {
    let actor = Actor::Account { id: Uuid::from_u128(7), role: Role::Admin, subject: None };
    Scope { actor, ..scope.clone() }
}

/// Keeps recordings for another time, published in the studio.
async fn published_by(bed: &Bed, who: &Scope, period: &str) -> i64 {
    let in_force = policies::in_force(&bed.engine, who).await.unwrap().unwrap();
    let mut document = in_force.document.clone();
    let mut rules = document.facts.retention.iter_mut();
    let rule = rules.find(|rule| rule.id.as_str() == "call-recording").unwrap();
    rule.period = Some(period.parse::<Period>().unwrap().into());
    let revision = policies::save_draft(&bed.engine, who, 0, &document).await.unwrap();
    let publication = confirmed(who, Task::Publication);
    policies::publish(&bed.engine, who, publication, revision).await.unwrap()
}

on_both! {
    async fn the_same_file_twice_changes_nothing(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let file = TenantFile::parse(LUMAIRE).unwrap();
        let again = apply(&bed.engine, &file, NOW).await.unwrap();
        assert_eq!(again.tenant, scope.tenant);
        assert!(!again.plan.creates && !again.plan.publishes);
        assert!(again.plan.tenant_changes.is_empty() && again.plan.fact_changes.is_empty());
        assert_eq!(policies::history(&bed.engine, &scope).await.unwrap().len(), 1);
    }

    async fn a_dry_run_tells_and_does_nothing(bed: Bed) {
        let scope = bed.tenant(LUMINA).await;
        let entries = audit::latest(&bed.engine, &scope, 100).await.unwrap().len();
        let changed = LUMINA
            .replace("name = \"Lumina ERP\"\nhosts", "name = \"Lumina\"\nhosts")
            .replace("period = \"90 days\"", "period = \"30 days\"");
        assert_ne!(changed, LUMINA);
        let plan = plan(&bed.engine, &TenantFile::parse(&changed).unwrap(), NOW).await.unwrap();
        assert_eq!(plan.tenant_changes, ["name: Lumina ERP → Lumina"]);
        assert!(plan.publishes);
        let changed: Vec<_> = plan.fact_changes.iter().map(|c| c.id.as_str()).collect();
        assert_eq!(changed, ["call-recording"]);
        assert_eq!(audit::latest(&bed.engine, &scope, 100).await.unwrap().len(), entries);
        assert_eq!(bed.engine.directory.tenant(scope.tenant).unwrap().name, "Lumina ERP");
    }

    async fn a_host_of_another_tenant_is_not_taken(bed: Bed) {
        bed.tenant(LUMAIRE).await;
        let thief = LUMINA.replace("lumina-erp.localhost", "lumaire.localhost");
        let refused = apply(&bed.engine, &TenantFile::parse(&thief).unwrap(), NOW).await;
        assert!(matches!(refused, Err(ApplyError::HostTaken(_))), "{refused:?}");
        assert_eq!(bed.engine.directory.tenants().len(), 1, "no half tenant is left");
    }

    async fn what_was_published_in_the_studio_is_not_overwritten_silently(bed: Bed) {
        let scope = bed.tenant(LUMINA).await;
        let file = TenantFile::parse(LUMINA).unwrap();
        let number = published_by(&bed, &admin(&scope), "33 days").await;
        let there = plan(&bed.engine, &file, NOW).await.unwrap();
        assert_eq!(there.over, Some(number));
        let refused = apply(&bed.engine, &file, NOW).await;
        assert!(matches!(refused, Err(ApplyError::Newer(newer)) if newer == number), "{refused:?}");
        // Neither is it over another one than was looked at.
        let refused = apply_over(&bed.engine, &file, Ground::Over(number - 1), NOW).await;
        assert!(matches!(refused, Err(ApplyError::Newer(_))), "{refused:?}");
        assert_eq!(policies::history(&bed.engine, &scope).await.unwrap().len(), 2);
        let applied = apply_over(&bed.engine, &file, Ground::Over(number), NOW).await.unwrap();
        assert_eq!(applied.version, Some(number + 1));
        // What came from a file is replaced by the next.
        let next = LUMINA.replace("period = \"90 days\"", "period = \"30 days\"");
        apply(&bed.engine, &TenantFile::parse(&next).unwrap(), NOW).await.unwrap();
    }

    async fn a_file_is_applied_beside_a_draft_which_comes_after_it(bed: Bed) {
        let scope = bed.tenant(LUMINA).await;
        let admin = admin(&scope);
        let mut draft = policies::in_force(&bed.engine, &scope).await.unwrap().unwrap().document.clone();
        draft.title = "As it is being written".to_owned();
        let revision = policies::save_draft(&bed.engine, &admin, 0, &draft).await.unwrap();
        let next = LUMINA.replace("period = \"90 days\"", "period = \"30 days\"");
        let next = TenantFile::parse(&next).unwrap();
        assert!(plan(&bed.engine, &next, NOW).await.unwrap().draft);
        let applied = apply(&bed.engine, &next, NOW).await.unwrap();
        assert_eq!(applied.version, Some(2));
        let kept = policies::draft(&bed.engine, &admin).await.unwrap().unwrap();
        assert_eq!((kept.number, kept.revision), (3, revision));
        assert_eq!(kept.document, draft);
        let now = policies::in_force(&bed.engine, &scope).await.unwrap().unwrap();
        assert_eq!((now.number, &now.document), (2, &next.policy));
        let publication = confirmed(&admin, Task::Publication);
        let number = policies::publish(&bed.engine, &admin, publication, revision).await.unwrap();
        assert_eq!(number, 3);
        let heads = policies::history(&bed.engine, &scope).await.unwrap();
        assert_eq!(heads.iter().map(|head| head.number).collect::<Vec<_>>(), [3, 2, 1]);
    }

    async fn a_discarded_draft_is_gone_and_a_stale_one_stays(bed: Bed) {
        let scope = bed.tenant(LUMINA).await;
        let mut draft = policies::in_force(&bed.engine, &scope).await.unwrap().unwrap().document.clone();
        draft.title = "Another".to_owned();
        let first = policies::save_draft(&bed.engine, &scope, 0, &draft).await.unwrap();
        draft.title = "And another".to_owned();
        let second = policies::save_draft(&bed.engine, &scope, first, &draft).await.unwrap();
        let late = policies::discard_draft(&bed.engine, &scope, first).await;
        assert!(matches!(late, Err(DraftError::Stale)), "{late:?}");
        assert!(policies::draft(&bed.engine, &scope).await.unwrap().is_some());
        policies::discard_draft(&bed.engine, &scope, second).await.unwrap();
        assert!(policies::draft(&bed.engine, &scope).await.unwrap().is_none());
        policies::discard_draft(&bed.engine, &scope, second).await.unwrap();
        let entry = &audit::latest(&bed.engine, &scope, 1).await.unwrap()[0];
        assert_eq!((entry.action.as_str(), entry.target.as_str()), ("policy.discarded", "2"));
    }

    async fn a_policy_with_errors_changes_nothing(bed: Bed) {
        let broken = LUMAIRE.replacen("{{categories}}", "{{categorys}}", 1);
        assert_ne!(broken, LUMAIRE);
        let refused = apply(&bed.engine, &TenantFile::parse(&broken).unwrap(), NOW).await;
        assert!(matches!(refused, Err(ApplyError::Policy(_))), "{refused:?}");
        assert!(bed.engine.directory.tenants().is_empty());
    }
}
