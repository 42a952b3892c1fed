//! Pages in memory, of no more bytes than allowed.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use domain::identifiers::{Language, TenantId};

use super::page::Page;

/// What one tenant's pages may take of all, so that nobody's many versions push the
/// pages of all others out.
const SHARE: usize = 8;

/// The pages of all tenants. Whose page was asked for longest ago goes first.
pub struct Shelf {
    most: usize,
    tenants: RwLock<HashMap<TenantId, Own>>,
    asked: AtomicU64,
}

/// In which language, and whether the URL says so.
pub type Reader = (Language, bool);

/// The pages of a tenant, of one generation: by reader, then by path, so that looking
/// one up makes no key.
#[derive(Default)]
struct Own {
    generation: i64,
    bytes: usize,
    pages: HashMap<Reader, HashMap<String, Slot>>,
}

struct Slot {
    page: Arc<Page>,
    /// When it was last asked for, counted in questions.
    last: AtomicU64,
}

impl Shelf {
    /// With room for so many bytes.
    pub fn new(most: usize) -> Shelf {
        Shelf { most, tenants: RwLock::default(), asked: AtomicU64::new(0) }
    }

    /// A tenant's page, if it is of that generation.
    pub fn find(
        &self,
        tenant: TenantId,
        generation: i64,
        reader: Reader,
        path: &str,
    ) -> Option<Arc<Page>> {
        let tenants = self.tenants.read().unwrap_or_else(PoisonError::into_inner);
        let own = tenants.get(&tenant).filter(|own| own.generation == generation)?;
        let slot = own.pages.get(&reader)?.get(path)?;
        slot.last.store(self.now(), Ordering::Relaxed);
        Some(Arc::clone(&slot.page))
    }

    /// Keeps a page, unless it alone is too large or one of a later generation is there.
    pub fn keep(
        &self,
        tenant: TenantId,
        generation: i64,
        reader: Reader,
        path: &str,
        page: Arc<Page>,
    ) {
        let size = page.bytes() + path.len();
        if size > self.most / SHARE {
            return;
        }
        let mut tenants = self.tenants.write().unwrap_or_else(PoisonError::into_inner);
        let own = tenants.entry(tenant).or_default();
        if own.generation > generation {
            return;
        }
        if own.generation < generation {
            *own = Own { generation, ..Own::default() };
        }
        own.insert(reader, path, Slot { page, last: AtomicU64::new(self.now()) });
        while own.bytes > self.most / SHARE {
            if !own.drop_oldest() {
                break;
            }
        }
        while tenants.values().map(|own| own.bytes).sum::<usize>() > self.most {
            let oldest = tenants
                .iter()
                .filter_map(|(tenant, own)| Some((own.oldest()?.0, *tenant)))
                .min()
                .map(|(_, tenant)| tenant);
            let Some(oldest) = oldest else { break };
            if let Some(own) = tenants.get_mut(&oldest) {
                own.drop_oldest();
                if own.bytes == 0 {
                    tenants.remove(&oldest);
                }
            }
        }
    }

    fn now(&self) -> u64 {
        self.asked.fetch_add(1, Ordering::Relaxed)
    }
}

impl Own {
    fn insert(&mut self, reader: Reader, path: &str, slot: Slot) {
        self.bytes += slot.page.bytes() + path.len();
        let before = self.pages.entry(reader).or_default().insert(path.to_owned(), slot);
        self.bytes -= before.map_or(0, |before| before.page.bytes() + path.len());
    }

    fn oldest(&self) -> Option<(u64, Reader, &str)> {
        let all = self.pages.iter().flat_map(|(reader, pages)| {
            pages
                .iter()
                .map(|(path, slot)| (slot.last.load(Ordering::Relaxed), *reader, path.as_str()))
        });
        all.min_by_key(|(last, ..)| *last)
    }

    /// Says whether there was one.
    fn drop_oldest(&mut self) -> bool {
        let Some((_, reader, path)) = self.oldest() else { return false };
        let path = path.to_owned();
        let gone = self.pages.get_mut(&reader).and_then(|pages| pages.remove(&path));
        self.bytes -= gone.map_or(0, |gone| gone.page.bytes() + path.len());
        true
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Bytes;
    use axum::http::HeaderMap;

    use super::*;

    const EN: Reader = (Language::En, false);

    fn page(bytes: usize) -> Arc<Page> {
        Arc::new(Page::unpacked(&HeaderMap::new(), Bytes::from(vec![b'x'; bytes])))
    }

    fn shelf(most: usize) -> Shelf {
        Shelf::new(most)
    }

    #[test]
    fn a_publication_empties_the_pages_of_its_tenant_alone() {
        let shelf = shelf(1_000_000);
        let (one, other) = (TenantId(1), TenantId(2));
        for tenant in [one, other] {
            shelf.keep(tenant, 5, EN, "/policy", page(100));
        }
        assert!(shelf.find(one, 6, EN, "/policy").is_none(), "it has published");
        assert!(shelf.find(other, 5, EN, "/policy").is_some());
        shelf.keep(one, 6, EN, "/policy", page(100));
        // What was begun before the publication comes too late.
        shelf.keep(one, 5, EN, "/policy", page(1));
        assert_eq!(shelf.find(one, 6, EN, "/policy").unwrap().bytes(), page(100).bytes());
        assert!(shelf.find(one, 5, EN, "/policy").is_none());
    }

    #[test]
    fn what_was_asked_for_longest_ago_goes_first_and_bytes_are_counted() {
        let each = page(1_000).bytes() + 2;
        let shelf = shelf(each * SHARE * 3);
        for path in ["/1", "/2", "/3"] {
            shelf.keep(TenantId(1), 1, EN, path, page(1_000));
        }
        assert!(shelf.find(TenantId(1), 1, EN, "/1").is_some());
        shelf.keep(TenantId(1), 1, EN, "/4", page(1_000));
        let left = |path| shelf.find(TenantId(1), 1, EN, path).is_some();
        assert_eq!((left("/1"), left("/2"), left("/3"), left("/4")), (true, false, true, true));
        shelf.keep(TenantId(1), 1, EN, "/5", page(1_000_000));
        assert!(!left("/5") && left("/1"), "a page that is larger than the share is not kept");
    }

    #[test]
    fn one_tenants_many_pages_push_nobody_elses_out() {
        let each = page(1_000).bytes() + 2;
        let shelf = shelf(each * SHARE * 2);
        for tenant in 1..SHARE as i64 {
            shelf.keep(TenantId(tenant), 1, EN, "/1", page(1_000));
        }
        for path in 0..10 {
            shelf.keep(TenantId(99), 1, EN, &format!("/{path}"), page(1_000));
        }
        for tenant in 1..SHARE as i64 {
            assert!(shelf.find(TenantId(tenant), 1, EN, "/1").is_some(), "{tenant}");
        }
        // Very many tenants: those that nobody reads give way.
        for tenant in 100..200 {
            shelf.keep(TenantId(tenant), 1, EN, "/1", page(1_000));
            assert!(shelf.find(TenantId(1), 1, EN, "/1").is_some(), "it is read all the time");
        }
        let tenants = shelf.tenants.read().unwrap();
        assert!(tenants.values().map(|own| own.bytes).sum::<usize>() <= each * SHARE * 2);
        assert!(tenants.len() <= 2 * SHARE);
    }
}
