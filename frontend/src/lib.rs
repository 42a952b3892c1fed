//! Exports the islands of Candor to WebAssembly.

// Unused by name, but without it the islands are not linked in and so not exported.
#[allow(unused_imports, clippy::wildcard_imports)]
use app::*;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the loader script, before it hydrates the islands of the page.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
