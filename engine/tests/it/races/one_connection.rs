//! Nobody needs a second connection to end what they have begun: with one alone, all
//! goes on.

use domain::requests::Right;
use engine::accounts::Task;
use engine::choices::{SALE_OR_SHARING, choose, permissions};
use engine::corrections::{correct, correctable};
use engine::erasure::ask_by_id;
use engine::imports::{Line, import};
use engine::imports::{subject_by_address, tell};
use engine::records::open_page;
use engine::{accounts, erasure, exports, policies, requests};

use super::call;
use crate::bed::{Bed, LUMAIRE, LUMINA, NOW, PEOPLE};

on_both! {
    async fn everything_goes_on_with_one_connection(bed: Bed) {
        let bed = bed.with_connections(1).await;
        let scope = bed.tenant(LUMAIRE).await;
        bed.tenant(LUMINA).await;
        bed.import(&scope, PEOPLE).await;
        import(&bed.engine, &scope, &mut PEOPLE.as_bytes(), true, &|_| {}).await.unwrap();
        let engine = &bed.engine;
        let call = call(&bed, &scope).await;
        // What is published is read anew by whoever comes first.
        let mut document = policies::in_force(engine, &scope).await.unwrap().unwrap().document.clone();
        document.title = "Another".into();
        let revision = policies::save_draft(engine, &scope, 0, &document).await.unwrap();
        policies::publish(engine, &scope, crate::bed::confirmed(&scope, Task::Publication), revision).await.unwrap();
        let eve: Line = serde_json::from_str(r#"{"type":"subject","id":"u-eve","email":"eve@example.org"}"#).unwrap();
        tell(engine, &call, eve, None).await.unwrap();
        subject_by_address(engine, &call, "eve@example.org".parse().unwrap(), None, None, None).await.unwrap();
        permissions(engine, &call, "u-eve").await.unwrap();
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        choose(engine, &ada, SALE_OR_SHARING, true).await.unwrap();
        let account = "account".parse().unwrap();
        let record = open_page(engine, &ada, ada.own_subject().unwrap(), &account, None, 9).await.unwrap()[0].id;
        let seen = correctable(engine, &ada, record).await.unwrap().unwrap().seen;
        correct(engine, &ada, record, &seen, &[("name".into(), "Ada Summer".into())]).await.unwrap();
        exports::ask(engine, &ada).await.unwrap();
        requests::ask(engine, &ada, Right::Restriction).await.unwrap();
        bed.work(NOW).await;
        let token = bed.sign_in(&ada, "ada@example.org").await;
        accounts::send_code(engine, &ada, &token, Task::Deletion).await.unwrap();
        let none = accounts::confirm_by_code(engine, &ada, &token, Task::Deletion, "000000").await;
        assert!(none.is_err());
        let confirmed = bed.confirmed(&ada, "ada@example.org", Task::Deletion).await;
        erasure::ask(engine, &ada, confirmed).await.unwrap();
        ask_by_id(engine, &call, "u-ben", None).await.unwrap();
        let worked = bed.work(NOW).await;
        assert_eq!(worked.failed, 0);
    }
}

/// What the case above would only show by hanging is told at once.
#[tokio::test]
#[should_panic(expected = "a second connection is taken inside a transaction")]
async fn a_second_one_is_refused_while_there_is_a_first() {
    let bed = Bed::sqlite().await;
    let scope = bed.tenant(LUMAIRE).await;
    let _open = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
    let _ = policies::in_force(&bed.engine, &scope).await;
}
