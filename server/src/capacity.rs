//! How much the server takes on at a time, and for how long.

use std::num::NonZeroUsize;
use std::time::Duration;

use clap::Args;

/// Limits of serving. Each is an option of `candor serve`.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "How much is taken on at a time")]
pub struct Capacity {
    /// How many connections are open at a time; further ones wait
    #[arg(long, env = "CANDOR_CONNECTIONS", default_value = "900")]
    pub connections: NonZeroUsize,
    /// How many of them one address may have, or one /48 of IPv6. A trusted proxy
    /// may have all
    #[arg(long, env = "CANDOR_CONNECTIONS_PER_ADDRESS", default_value = "200")]
    pub connections_per_address: NonZeroUsize,
    /// How many seconds a connection may take until the head of its next request is
    /// there; one that is idle is closed after as many. Longer than a proxy in front
    /// keeps idle connections
    #[arg(long, env = "CANDOR_HEAD_SECONDS", default_value = "75", value_parser = seconds)]
    pub head_seconds: Duration,
    /// After how many seconds a connection is closed on which next to nothing moves
    #[arg(long, env = "CANDOR_IDLE_SECONDS", default_value = "90", value_parser = seconds)]
    pub idle_seconds: Duration,
    /// After how many seconds a connection takes no further request; what it is at
    /// may last as long again
    #[arg(long, env = "CANDOR_CONNECTION_SECONDS", default_value = "3600", value_parser = seconds)]
    pub connection_seconds: Duration,
    /// How many bulks are taken at a time for one tenant
    #[arg(long, env = "CANDOR_BULKS_PER_TENANT", default_value = "4")]
    pub bulks_per_tenant: NonZeroUsize,
    /// For how many seconds a bulk may send nothing
    #[arg(long, env = "CANDOR_BULK_SILENCE_SECONDS", default_value = "30", value_parser = seconds)]
    pub bulk_silence_seconds: Duration,
    /// How many seconds a bulk may take in all
    #[arg(long, env = "CANDOR_BULK_SECONDS", default_value = "3600", value_parser = seconds)]
    pub bulk_seconds: Duration,
    /// How many megabytes of public pages are kept in memory; one tenant's take an
    /// eighth at most
    #[arg(long, env = "CANDOR_KEPT_MEGABYTES", default_value = "256")]
    pub kept_megabytes: NonZeroUsize,
    /// How many public pages are made at a time; one at a time for one tenant
    #[arg(long, env = "CANDOR_RENDERERS", default_value = "4")]
    pub renderers: NonZeroUsize,
}

fn seconds(text: &str) -> Result<Duration, String> {
    match text.parse::<u64>() {
        Ok(seconds @ 1..=86_400) => Ok(Duration::from_secs(seconds)),
        _ => Err("a number of seconds, from 1 to 86400".to_owned()),
    }
}

impl Default for Capacity {
    /// As without any option.
    fn default() -> Capacity {
        let size = |size: usize| NonZeroUsize::new(size).unwrap_or(NonZeroUsize::MIN);
        let seconds = Duration::from_secs;
        Capacity {
            connections: size(900),
            connections_per_address: size(200),
            head_seconds: seconds(75),
            idle_seconds: seconds(90),
            connection_seconds: seconds(3600),
            bulks_per_tenant: size(4),
            bulk_silence_seconds: seconds(30),
            bulk_seconds: seconds(3600),
            kept_megabytes: size(256),
            renderers: size(4),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::{Args, FromArgMatches};

    use super::*;

    #[test]
    fn without_options_it_is_the_default() {
        let command = Capacity::augment_args(clap::Command::new("candor"));
        let told = Capacity::from_arg_matches(&command.get_matches_from(["candor"])).unwrap();
        assert_eq!(format!("{told:?}"), format!("{:?}", Capacity::default()));
        assert!(super::seconds("0").is_err() && super::seconds("x").is_err());
    }
}
