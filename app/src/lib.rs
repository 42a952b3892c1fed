//! What people see: pages, islands and the parts that they share.
//!
//! Pages are rendered on the server and work without JavaScript; islands are
//! the only code here that also compiles to WebAssembly.

pub mod islands;

#[cfg(feature = "ssr")]
pub mod site;
