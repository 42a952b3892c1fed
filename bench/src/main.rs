//! Measures what needs the program's own parts. `scripts/bench` runs it, and says
//! whether the figures are good enough.

mod bulk;
mod dashboard;
mod databases;
mod erasure;
mod export;
mod inserts;
mod load;
mod mail;
mod memory;
mod place;
mod portal;
mod tenants;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;

#[derive(Parser)]
enum Measure {
    /// Serve without keeping pages: each is rendered for every request
    Afresh {
        #[arg(long)]
        data_dir: PathBuf,
        #[arg(long)]
        site_dir: PathBuf,
        #[arg(long)]
        listen: SocketAddr,
    },
    /// Import records, send them to the API, and insert the same rows plainly
    Load { folder: PathBuf },
    /// Send few and many records to the API, and look at the memory
    BulkMemory { folder: PathBuf },
    /// Read the policies of many tenants at random
    Tenants {
        folder: PathBuf,
        #[arg(default_value = "1000")]
        tenants: usize,
    },
    /// Look at the pages of somebody of whom very much is held
    Dashboard { folder: PathBuf },
    /// Prepare people with few and many records, then erase each in another process
    Erasure {
        folder: PathBuf,
        /// How many records are many
        #[arg(long, default_value_t = 300_000)]
        many: usize,
    },
    /// One erasure alone
    ErasureAlone { folder: PathBuf, name: String },
    /// Prepare a person with many records, then export them in another process
    Export { folder: PathBuf },
    /// Send mails alone, and beside another tenant's endpoint that never answers
    Mail {
        folder: PathBuf,
        /// How many messages wait for the endpoint
        #[arg(long, default_value_t = 10_000)]
        events: usize,
    },
    /// The export alone
    ExportAlone { folder: PathBuf },
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    match Measure::parse() {
        Measure::Afresh { data_dir, site_dir, listen } => {
            portal::serve_afresh(data_dir, &site_dir, listen).await
        }
        Measure::Load { folder } => load::measure(&folder).await,
        Measure::BulkMemory { folder } => bulk::measure_memory(folder).await,
        Measure::Tenants { folder, tenants } => tenants::measure(folder, tenants).await,
        Measure::Dashboard { folder } => dashboard::measure(&folder).await,
        Measure::Erasure { folder, many } => erasure::prepare_and_measure(&folder, many).await,
        Measure::ErasureAlone { folder, name } => erasure::measure(&folder, &name).await,
        Measure::Export { folder } => export::prepare_and_measure(&folder).await,
        Measure::Mail { folder, events } => mail::measure(&folder, events).await,
        Measure::ExportAlone { folder } => export::measure(&folder).await,
    }
}

/// A figure for `scripts/bench`.
fn tell(name: &str, value: impl std::fmt::Display) {
    println!("{name} {value}");
}
