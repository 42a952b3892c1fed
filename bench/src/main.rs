//! Measures what needs the program's own parts. `scripts/bench` runs it, and says
//! whether the figures are good enough.

mod afresh;
mod export;
mod import;
mod place;

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
    /// Import records, and insert the same rows plainly
    Import { folder: PathBuf },
    /// Prepare a person with many records, then export them in another process
    Export { folder: PathBuf },
    /// The export alone
    ExportAlone { folder: PathBuf },
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    match Measure::parse() {
        Measure::Afresh { data_dir, site_dir, listen } => {
            afresh::serve(data_dir, &site_dir, listen).await
        }
        Measure::Import { folder } => import::measure(&folder).await,
        Measure::Export { folder } => export::prepare_and_measure(&folder).await,
        Measure::ExportAlone { folder } => export::measure(&folder).await,
    }
}

/// A figure for `scripts/bench`.
fn tell(name: &str, value: impl std::fmt::Display) {
    println!("{name} {value}");
}
