//! What proves a receipt: each line, its place, and its end.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signer, SigningKey};
use engine::Scope;
use engine::erasure::{
    Checked, Fault, HeadState, Paper, Receipt, ReceiptCode, carry_out, public_key, public_keys,
    receipt,
};
use engine::storage::receipt_lines;
use sea_orm::ActiveValue::Set;
use sea_orm::ConnectionTrait;

use crate::bed::{Bed, LUMAIRE, NOW, PEOPLE, with_stated_holds};

async fn done(bed: &Bed) -> (Scope, ReceiptCode, ReceiptCode) {
    let scope = bed.tenant(&with_stated_holds(LUMAIRE)).await;
    bed.import(&scope, PEOPLE).await;
    let mut codes = Vec::new();
    for (id, email) in [("u-ada", "ada@example.org"), ("u-ben", "ben@example.org")] {
        let person = bed.customer(&scope, id, email).await;
        codes.push(bed.erase(&person, email).await.receipt);
        bed.work(NOW.plus_seconds(60)).await;
    }
    let [ada, ben] = codes.try_into().ok().unwrap();
    (scope, ada, ben)
}

async fn read(bed: &Bed, scope: &Scope, code: &ReceiptCode) -> Receipt {
    receipt(&bed.engine, scope, code).await.unwrap().unwrap()
}

fn proven(paper: &Paper) -> Checked {
    let keys: Vec<_> = paper.public_keys.iter().map(|key| public_key(key).unwrap()).collect();
    paper.check(&keys)
}

async fn signing_key(bed: &Bed, scope: &Scope) -> SigningKey {
    let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
    SigningKey::from_bytes(bed.engine.keyring().of_tenant(&tx).await.unwrap().signing.bytes())
}

on_both! {
    async fn l10_a_receipt_signs_its_lines_their_times_their_order_and_its_end(bed: Bed) {
        let (scope, ada, ben) = done(&bed).await;
        let whole = read(&bed, &scope, &ada).await;
        assert!(whole.is_genuine() && whole.is_sealed() && !whole.is_pending());
        assert_eq!(whole.checked.state, Some(HeadState::Closed));
        assert!(whole.lines.iter().all(|line| line.at == Some(NOW.plus_seconds(60))));
        assert_eq!(public_keys(&bed.engine, &scope).await.unwrap(), whole.paper.public_keys);
        let paper = whole.paper;
        let text = serde_json::to_string(&paper).unwrap();
        for personal in ["u-ada", "Winter", "example.org"] {
            assert!(!text.contains(personal), "{text}");
        }
        let read_back: Paper = serde_json::from_str(&text).unwrap();
        assert_eq!(read_back, paper);
        assert!(proven(&read_back).is_whole());
        let other = read(&bed, &scope, &ben).await.paper;
        let last = paper.lines.len() - 1;
        assert!(last >= 4);

        type Change<'a> = Box<dyn Fn(&mut Paper) + 'a>;
        let changes: Vec<(&str, Change<'_>)> = vec![
            ("an edited line", Box::new(|it| it.lines[1].body = it.lines[1].body.replace("1", "2"))),
            ("the last taken out", Box::new(|it| drop(it.lines.pop()))),
            ("the last taken out, and the number of lines", Box::new(|it| {
                it.lines.pop();
                it.head.as_mut().unwrap().lines -= 1;
            })),
            ("one taken out", Box::new(|it| drop(it.lines.remove(2)))),
            ("one taken out, the others numbered", Box::new(|it| {
                it.lines.remove(2);
                (1..).zip(&mut it.lines).for_each(|(number, line)| line.number = number);
            })),
            ("the first taken out", Box::new(|it| drop(it.lines.remove(0)))),
            ("two swapped", Box::new(|it| it.lines.swap(1, 2))),
            ("one told twice", Box::new(|it| it.lines.push(it.lines[last].clone()))),
            ("another's line", Box::new(|it| it.lines[0] = other.lines[0].clone())),
            ("another's receipt", Box::new(|it| it.receipt = other.receipt)),
            ("another's end", Box::new(|it| it.head = other.head.clone())),
            ("another tenant", Box::new(|it| it.tenant += 1)),
            ("another time", Box::new(|it| it.lines[0].at = it.lines[0].at.map(|at| at - 1))),
            ("no time", Box::new(|it| it.lines[0].at = None)),
            ("another beginning", Box::new(|it| it.begun += 1)),
            ("open again", Box::new(|it| it.head.as_mut().unwrap().state = HeadState::Open)),
            ("another time of the end", Box::new(|it| it.head.as_mut().unwrap().at += 1)),
            ("no end", Box::new(|it| it.head = None)),
            ("an earlier format", Box::new(|it| it.lines[0].format = None)),
            ("a later format", Box::new(|it| it.lines[0].format = Some(3))),
            ("another line before", Box::new(|it| it.lines[1].before = it.lines[2].before.clone())),
            ("no lines", Box::new(|it| it.lines.clear())),
            ("a signature that is none", Box::new(|it| it.lines[0].signature = "~".into())),
            ("somebody else's signature", Box::new(|it| {
                let key = SigningKey::from_bytes(&[7; 32]);
                it.lines[last].signature = BASE64URL_NOPAD.encode(&key.sign(b"x").to_bytes());
            })),
        ];
        for (what, change) in changes {
            let mut changed = paper.clone();
            change(&mut changed);
            assert!(!proven(&changed).is_whole(), "{what}");
        }
        let strange = BASE64URL_NOPAD.encode(SigningKey::from_bytes(&[7; 32]).verifying_key().as_bytes());
        assert!(!paper.check(&[public_key(&strange).unwrap()]).is_whole(), "another's key");
    }

    async fn l10_a_receipt_that_is_still_open_says_so(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        let code = bed.erase(&ada, "ada@example.org").await.receipt;
        let begun = read(&bed, &scope, &code).await;
        assert!(begun.is_genuine() && begun.is_pending());
        assert_eq!(begun.checked.state, Some(HeadState::Open));
        carry_out(&bed.engine, &scope, begun.request.id).await.unwrap();
        let between = read(&bed, &scope, &code).await;
        assert!(between.is_genuine() && between.is_pending() && between.lines.len() >= 5);
        assert_eq!(between.checked.state, Some(HeadState::Open));
        bed.work(NOW).await;
        let done = read(&bed, &scope, &code).await;
        assert!(done.is_genuine() && !done.is_pending());
        // An earlier end does not pass for the present one.
        let changed = Paper { head: between.paper.head, ..done.paper };
        assert!(!proven(&changed).is_whole());
    }

    async fn what_is_changed_in_the_database_is_seen_on_the_page(bed: Bed) {
        let (scope, ada, _) = done(&bed).await;
        let all_powerful = sea_orm::Database::connect(bed.superuser()).await.unwrap();
        for table in ["receipts", "receipt_lines", "requests"] {
            let save = format!("create table saved_{table} as select * from {table}");
            all_powerful.execute_unprepared(&save).await.unwrap();
        }
        let changes = [
            "update receipt_lines set at = at + 1 where number = 2",
            "update receipt_lines set before = null where number = 2",
            "update receipt_lines set format = null where number = 2",
            "update receipt_lines set body = replace(body, '1', '3') where number = 1",
            "delete from receipt_lines where number = 3",
            "delete from receipt_lines where number > 5",
            "delete from receipt_lines",
            "update receipts set created_at = created_at + 1",
            "update receipts set head_state = 'open'",
            "update receipts set head_state = 'ajar'",
            "update receipts set head_lines = head_lines - 1",
            "update receipts set head_at = head_at + 1",
            "update receipts set head_signature = null, head_format = null",
            "update receipts set head_signature = null",
            "update receipts set head_format = 3",
            "update requests set state = 'in-progress', closed_at = null",
        ];
        for change in changes {
            all_powerful.execute_unprepared(change).await.unwrap();
            let found = read(&bed, &scope, &ada).await;
            assert!(!found.is_genuine(), "{change}");
            for (table, id) in [("receipts", "id"), ("requests", "id")] {
                let columns = match table {
                    "receipts" => "created_at, head_format, head_state, head_lines, head_at, head_signature",
                    _ => "state, closed_at",
                };
                let values: Vec<String> = columns
                    .split(", ")
                    .map(|column| format!("{column} = (select {column} from saved_{table} s where s.{id} = {table}.{id})"))
                    .collect();
                all_powerful.execute_unprepared(&format!("update {table} set {}", values.join(", "))).await.unwrap();
            }
            all_powerful.execute_unprepared("delete from receipt_lines").await.unwrap();
            all_powerful.execute_unprepared("insert into receipt_lines select * from saved_receipt_lines").await.unwrap();
            assert!(read(&bed, &scope, &ada).await.is_genuine(), "{change}, and back");
        }
        all_powerful.close().await.unwrap();
    }

    async fn lines_of_an_earlier_version_verify_also_behind_those_of_this_one(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        let code = bed.erase(&ada, "ada@example.org").await.receipt;
        let begun = read(&bed, &scope, &code).await;
        carry_out(&bed.engine, &scope, begun.request.id).await.unwrap();
        let before = read(&bed, &scope, &code).await.paper;
        // A node of the version before says the last line, as it does.
        let key = signing_key(&bed, &scope).await;
        let (number, body) = (before.lines.len() as i64 + 1, r#"{"line":"keys-destroyed","keys":4}"#);
        let statement = format!("candor receipt\n{}\n{}\n{number}\n{body}", before.tenant, before.receipt);
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
        tx.insert(receipt_lines::ActiveModel {
            receipt_id: Set(before.receipt),
            number: Set(number),
            body: Set(body.to_owned()),
            signature: Set(key.sign(statement.as_bytes()).to_bytes().to_vec()),
            ..Default::default()
        })
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let found = read(&bed, &scope, &code).await;
        assert!(found.is_genuine(), "{:?}", found.checked);
        assert!(!found.is_sealed(), "and nothing is claimed about its end");
        // Of a receipt that only such versions wrote, too.
        let old = Paper { head: None, lines: found.paper.lines[found.paper.lines.len() - 1..].to_vec(), ..found.paper.clone() };
        assert_eq!(proven(&old).faults, [Fault::Order(number)], "it was not the first");
        // And what this version adds then names the line before it.
        bed.work(NOW).await;
        let closed = read(&bed, &scope, &code).await;
        assert!(closed.is_genuine() && closed.is_sealed(), "{:?}", closed.checked);
    }
}
