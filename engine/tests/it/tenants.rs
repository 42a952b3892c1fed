//! Applying tenant files.

use engine::audit;
use engine::policies;
use engine::tenants::{ApplyError, TenantFile, apply, plan};

use crate::bed::{Bed, LUMAIRE, LUMINA, NOW};

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

    async fn a_policy_with_errors_changes_nothing(bed: Bed) {
        let broken = LUMAIRE.replacen("{{categories}}", "{{categorys}}", 1);
        assert_ne!(broken, LUMAIRE);
        let refused = apply(&bed.engine, &TenantFile::parse(&broken).unwrap(), NOW).await;
        assert!(matches!(refused, Err(ApplyError::Policy(_))), "{refused:?}");
        assert!(bed.engine.directory.tenants().is_empty());
    }
}
