//! Downloads.

use std::io::{Cursor, Read};

use data_encoding::HEXLOWER;
use engine::exports::{ask, chunk, export, latest};
use engine::records::{Cursor as Place, Filter, Most, Whose, open_filtered, overview};
use engine::storage::{data_keys, export_chunks, exports, records};
use engine::{Failure, Scope};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::bed::{Bed, LUMAIRE, NOW, PASSWORD, PEOPLE};

pub async fn downloaded(bed: &Bed, scope: &Scope) -> ZipArchive<Cursor<Vec<u8>>> {
    let ready = latest(&bed.engine, scope).await.unwrap().unwrap();
    assert!(ready.ready);
    let mut bytes = Vec::new();
    let mut number = 0;
    while let Some(piece) = chunk(&bed.engine, scope, ready.id, number).await.unwrap() {
        bytes.extend_from_slice(&piece);
        number += 1;
    }
    assert_eq!(bytes.len() as u64, ready.size);
    ZipArchive::new(Cursor::new(bytes)).unwrap()
}

pub fn read(zip: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    zip.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

on_both! {
    // A page of records ends by what it holds, and none is left out by that.
    async fn pages_end_by_bytes_and_every_record_is_on_one(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let big = "x".repeat(200_000);
        let record = |number: usize, text: &str| {
            format!(
                r#"{{"type":"record","id":"big-{number}","category":"communication","kind":"message","date":"2026-10-{:02}","subjects":["u-ada"],"source":"email","data":{{"text":"{text}"}}}}"#,
                number + 1
            )
        };
        let lines: Vec<String> = (0..12).map(|n| record(n, if n == 5 { "small" } else { &big })).collect();
        bed.import(&scope, &lines.join("\n")).await;
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        let (whose, all) = (Whose::Person(ada.own_subject().unwrap()), Filter::default());
        let category = "communication".parse().unwrap();
        let most = Most { records: 50, bytes: 450_000 };
        let (mut after, mut seen, mut sizes) = (None, Vec::new(), Vec::new());
        loop {
            let page = open_filtered(&bed.engine, &ada, whose, &category, &all, (after, most)).await.unwrap();
            after = page.records.last().map(Place::after);
            let bytes: usize = page.records.iter().map(|record| record.data.to_string().len()).sum();
            assert!(bytes <= 450_000, "{bytes}");
            sizes.push(page.records.len());
            seen.extend(page.records.into_iter().map(|record| record.source_id));
            if !page.more {
                break;
            }
        }
        assert!(sizes.len() >= 6 && sizes.iter().all(|size| *size > 0), "{sizes:?}");
        let named: Vec<String> = (0..12).rev().map(|n| format!("big-{n}")).collect();
        let found: Vec<String> = seen.into_iter().filter(|id| id.starts_with("big-")).collect();
        assert_eq!(found, named, "the newest first, and every one of them once");
        // One that is larger than a page comes alone.
        let tiny = Most { records: 50, bytes: 10 };
        let page = open_filtered(&bed.engine, &ada, whose, &category, &all, (None, tiny)).await.unwrap();
        assert!(page.records.len() == 1 && page.more);
        let few = Most { records: 2, bytes: u64::MAX };
        let page = open_filtered(&bed.engine, &ada, whose, &category, &all, (None, few)).await.unwrap();
        assert!(page.records.len() == 2 && page.more);
    }

    async fn the_zip_holds_what_its_manifest_says(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        ask(&bed.engine, &ada).await.unwrap();
        assert!(!latest(&bed.engine, &ada).await.unwrap().unwrap().ready);
        bed.work(NOW).await;
        let mut zip = downloaded(&bed, &ada).await;
        let manifest: Value = serde_json::from_slice(&read(&mut zip, "manifest.json")).unwrap();
        let files = manifest["files"].as_array().unwrap().clone();
        assert_eq!(files.len() + 1, zip.len(), "every file but the manifest itself");
        for file in &files {
            let bytes = read(&mut zip, file["name"].as_str().unwrap());
            let digest = HEXLOWER.encode(&Sha256::digest(&bytes));
            assert_eq!(file["sha256"], digest.as_str());
            assert_eq!(file["bytes"], bytes.len());
        }
        let states: Vec<(&str, &str)> = manifest["categories"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| (c["category"].as_str().unwrap(), c["state"].as_str().unwrap()))
            .collect();
        assert!(states.contains(&("usage", "not linked to a person")), "{states:?}");
        assert!(states.contains(&("payment", "included")), "{states:?}");
        let payments: Value = serde_json::from_slice(&read(&mut zip, "json/payment.json")).unwrap();
        assert_eq!(payments.as_array().unwrap().len(), 2);
        assert_eq!(payments[0]["data"]["payment-intent"], "pi_3abc");
        let csv = String::from_utf8(read(&mut zip, "csv/course-progress.csv")).unwrap();
        let mut lines = csv.lines();
        let heading = lines.next().unwrap();
        assert!(heading.starts_with("\u{feff}id,kind,date,source,recorded_at,"), "{heading}");
        assert!(heading.split(',').any(|column| column == "modules"), "{heading}");
        let progress: Value = serde_json::from_slice(&read(&mut zip, "json/course-progress.json")).unwrap();
        assert_eq!(lines.count(), progress.as_array().unwrap().len(), "a line per record: {csv}");
    }

    // Also by readers that read while the file arrives, which know no ZIP64.
    async fn the_zip_is_read_by_whatever_is_at_hand(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        ask(&bed.engine, &ada).await.unwrap();
        bed.work(NOW).await;
        let zip = downloaded(&bed, &ada).await;
        let bytes = zip.into_inner().into_inner();
        let (mut zip, mut at) = (ZipArchive::new(Cursor::new(bytes.clone())).unwrap(), Vec::new());
        let today = scope.civil(NOW);
        for index in 0..zip.len() {
            let file = zip.by_index(index).unwrap();
            let made = file.last_modified().unwrap();
            assert_eq!((made.year(), made.month()), (today.year().unsigned_abs(), today.month().unsigned_abs()));
            at.push(usize::try_from(file.header_start()).unwrap());
        }
        for start in at {
            let head = &bytes[start..start + 30];
            assert_eq!(&head[..4], b"PK\x03\x04");
            assert_eq!(u16::from_le_bytes([head[4], head[5]]), 20, "version 4.5 is ZIP64");
            assert_eq!(u16::from_le_bytes([head[28], head[29]]), 0, "no field of ZIP64");
        }
        let file = bed.dir.path().join("export.zip");
        std::fs::write(&file, &bytes).unwrap();
        let name = file.display().to_string();
        for (program, arguments) in [
            ("python3", vec!["-m", "zipfile", "-t", &name]),
            ("unzip", vec!["-tq", &name]),
            ("bsdtar", vec!["-tf", &name]),
            ("jar", vec!["tf", &name]),
        ] {
            // None is needed to build Candor.
            let Ok(told) = std::process::Command::new(program).args(arguments).output() else { continue };
            let said = String::from_utf8_lossy(&told.stdout).into_owned();
            assert!(told.status.success(), "{program}: {said}");
        }
    }

    async fn l1_no_password_and_no_hash_is_in_an_export(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        ask(&bed.engine, &ada).await.unwrap();
        bed.work(NOW).await;
        let mut zip = downloaded(&bed, &ada).await;
        for index in 0..zip.len() {
            let name = zip.by_index(index).unwrap().name().unwrap().into_owned();
            let text = String::from_utf8_lossy(&read(&mut zip, &name)).into_owned();
            assert!(!text.contains("$2b$") && !text.contains(PASSWORD), "{name}");
        }
    }

    async fn an_export_is_of_its_person_alone_and_goes_in_time(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        let ben = bed.customer(&scope, "u-ben", "ben@example.org").await;
        let id = ask(&bed.engine, &ada).await.unwrap();
        bed.work(NOW).await;
        assert!(export(&bed.engine, &ada, id).await.unwrap().is_some());
        assert!(export(&bed.engine, &ben, id).await.unwrap().is_none());
        assert!(matches!(export(&bed.engine, &scope, id).await, Err(Failure::Forbidden(_))));
        bed.work(NOW.plus_seconds(8 * 24 * 3600)).await;
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(exports::Entity::find()).await.unwrap(), 0);
        assert_eq!(tx.count(export_chunks::Entity::find()).await.unwrap(), 0);
        let keys = data_keys::Entity::find().filter(data_keys::Column::OwnerId.eq(id));
        assert_eq!(tx.count(keys).await.unwrap(), 0);
    }

    async fn begun_twice_it_is_made_once(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        let id = ask(&bed.engine, &ada).await.unwrap();
        // What a process that was killed has left behind.
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
        tx.insert(export_chunks::ActiveModel {
            export_id: sea_orm::ActiveValue::Set(id),
            number: sea_orm::ActiveValue::Set(0),
            sealed: sea_orm::ActiveValue::Set(b"half a chunk".to_vec()),
            ..Default::default()
        })
        .await
        .unwrap();
        tx.commit().await.unwrap();
        bed.work(NOW).await;
        downloaded(&bed, &ada).await;
    }

    async fn many_records_are_paged_and_none_is_lost(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        let lines: String = (0..1234)
            .map(|n| format!(
                "{{\"type\":\"record\",\"id\":\"m-{n}\",\"category\":\"communication\",\"kind\":\"message\",\"date\":\"2026-0{}-01\",\"subjects\":[\"u-ada\"],\"source\":\"email\",\"data\":{{\"n\":{n},\"text\":\"Hello\"}}}}\n",
                1 + n % 9
            ))
            .collect();
        assert_eq!(bed.import(&scope, &lines).await.created, 1234);
        ask(&bed.engine, &ada).await.unwrap();
        bed.work(NOW).await;
        let mut zip = downloaded(&bed, &ada).await;
        let messages: Value = serde_json::from_slice(&read(&mut zip, "json/communication.json")).unwrap();
        let mut numbers: Vec<i64> =
            messages.as_array().unwrap().iter().filter_map(|m| m["data"]["n"].as_i64()).collect();
        numbers.sort();
        assert_eq!(numbers, (0..1234).collect::<Vec<_>>());
        let seen = overview(&bed.engine, &ada, ada.own_subject().unwrap()).await.unwrap().unwrap();
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let all = tx.count(records::Entity::find()).await.unwrap();
        assert_eq!(seen.of_company().amount + 1, all, "all but Ben's profile");
    }
}
