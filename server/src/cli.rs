//! The command line and the configuration: one typed struct, every option a flag
//! and an environment variable.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::process::ExitCode;

use app::limits::Rates;
use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::identifiers::EmailAddress;
use engine::tenancy::is_full;

use crate::capacity::Capacity;
use crate::say::{self, complain};
use crate::{commands, log};

/// A privacy portal in which the policy is the program.
#[derive(Debug, Parser)]
#[command(name = "candor", version, about, max_term_width = 100)]
pub struct Cli {
    /// Where everything is kept.
    #[command(flatten)]
    pub store: Store,
    /// How the log of `serve` and `worker` is written, to standard error. RUST_LOG says
    /// how much of it
    #[arg(long, env = "CANDOR_LOG_FORMAT", global = true, value_enum, default_value = "text")]
    pub log_format: LogFormat,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Where everything is kept.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Where everything is kept")]
pub struct Store {
    /// Folder of the database, the keyring, the ledger and the mail folder, where
    /// nothing else is said
    #[arg(long, env = "CANDOR_DATA_DIR", default_value = "data", global = true)]
    pub data_dir: PathBuf,
    /// Database: sqlite://FILE or postgres://USER@HOST/NAME, for serving tenants.
    /// On PostgreSQL a role that is only a member of candor_tenant [default:
    /// candor.db in the data folder]
    #[arg(long, env = "CANDOR_DATABASE_URL", global = true, hide_env_values = true)]
    pub database_url: Option<String>,
    /// PostgreSQL: the role for looking up hosts and claiming jobs, a member of
    /// candor_across
    #[arg(long, env = "CANDOR_ACROSS_URL", global = true, hide_env_values = true)]
    pub across_url: Option<String>,
    /// PostgreSQL: the owner of the tables, used by `candor migrate` alone
    #[arg(long, env = "CANDOR_OWNER_URL", global = true, hide_env_values = true)]
    pub owner_url: Option<String>,
    /// The keyring, a database of its own: an SQLite file, sqlite://FILE or
    /// postgres://USER@HOST/NAME [default: keyring.db in the data folder]
    #[arg(long, env = "CANDOR_KEYRING", global = true, hide_env_values = true)]
    pub keyring: Option<String>,
    /// The file of the master key that wraps the keyring; made on first run
    /// [default: master.key in the data folder]
    #[arg(long, env = "CANDOR_MASTER_KEY_FILE", global = true)]
    pub master_key_file: Option<PathBuf>,
    /// The append-only list of what was erased; keep it apart from the databases
    /// [default: erasures.ledger in the data folder]
    #[arg(long, env = "CANDOR_LEDGER", global = true)]
    pub ledger: Option<PathBuf>,
    /// The folder that mails are written to, if there is no mail server [default:
    /// mail in the data folder]
    #[arg(long, env = "CANDOR_MAIL_DIR", global = true)]
    pub mail_dir: Option<PathBuf>,
    /// The mail server that takes mails, as HOST:PORT
    #[arg(long, env = "CANDOR_SMTP", global = true)]
    pub smtp: Option<String>,
    /// How the connection to it is protected
    #[arg(long, env = "CANDOR_SMTP_TLS", global = true, value_enum, default_value = "starttls")]
    pub smtp_tls: SmtpTls,
    /// The user to sign in to it with
    #[arg(long, env = "CANDOR_SMTP_USER", global = true)]
    pub smtp_user: Option<String>,
    /// A file with that user's password
    #[arg(long, env = "CANDOR_SMTP_PASSWORD_FILE", global = true)]
    pub smtp_password_file: Option<PathBuf>,
    /// What all mail comes from, where the mail server wants that; answers go to
    /// the tenant [default: the tenant's own address]
    #[arg(long, env = "CANDOR_MAIL_FROM", global = true)]
    pub mail_from: Option<EmailAddress>,
    /// A private address that may be asked all the same, as ADDRESS or
    /// ADDRESS:PORT: of the mail server, of a provider of sign-ins
    #[arg(long, env = "CANDOR_ALLOW_PRIVATE", global = true, value_delimiter = ',')]
    pub allow_private: Vec<String>,
    /// bcrypt's cost; each step doubles the time of a sign-in
    #[arg(long, env = "CANDOR_BCRYPT_COST", default_value_t = 12, global = true,
          value_parser = clap::value_parser!(u32).range(4..=16))]
    pub bcrypt_cost: u32,
    /// Browsers reach the portal by HTTPS, through a proxy: cookies are Secure,
    /// and browsers are told to use HTTPS only
    #[arg(long, env = "CANDOR_HTTPS", global = true)]
    pub https: bool,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Lines for people
    Text,
    /// A JSON object per line
    Json,
}

/// How the connection to the mail server is protected.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum SmtpTls {
    /// TLS from the first byte, usually port 465
    Implicit,
    /// STARTTLS, usually port 587
    Starttls,
    /// None, for a server on the same machine
    None,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the portal and carry out its jobs
    Serve(Serve),
    /// Carry out jobs without serving, for a further node
    Worker(Worker),
    /// Bring the database to the schema of this version
    Migrate,
    /// Import people and what is held about them, from lines of JSON
    Import(Import),
    /// Create, update and list tenants
    #[command(subcommand)]
    Tenant(Tenant),
    /// Give someone who works for a tenant an account
    #[command(subcommand)]
    Staff(Staff),
    /// Make tokens of the API
    #[command(subcommand)]
    Token(Token),
    /// Look at and rotate the master key
    #[command(subcommand)]
    Keys(Keys),
    /// Check receipts of deletions
    #[command(subcommand)]
    Receipt(Receipt),
    /// Copy database, keyring and ledger, in this order, while all goes on
    Backup(Backup),
    /// Put a backup back, and erase again what was erased since
    Restore(Restore),
    /// Check the configuration and say what is wrong
    Doctor,
}

/// `candor keys …`
#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Say how many keys are wrapped under which master key
    List,
    /// Make another master key and wrap every key anew, while all goes on; or
    /// finish that, if an earlier run was cut off
    Rotate,
}

/// `candor receipt …`
#[derive(Debug, Subcommand)]
pub enum Receipt {
    /// Check a downloaded receipt, without database or keyring
    Verify {
        /// The company's public keys, from /receipts/keys.json at its portal; without
        /// them the receipt is checked by the keys that it names itself
        #[arg(long)]
        keys: Option<PathBuf>,
        /// The file
        file: PathBuf,
    },
}

/// Options of `candor backup`.
#[derive(Debug, Args)]
pub struct Backup {
    /// The folder, which is made. The master key is not put into it: keep it
    /// elsewhere
    #[arg(long)]
    pub to: PathBuf,
}

/// Options of `candor restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// The folder of a backup
    #[arg(long)]
    pub from: PathBuf,
    /// Move the database that is there aside
    #[arg(long)]
    pub replace: bool,
    /// Put the keyring back too, although there is one: the living one lacks only
    /// what was destroyed since
    #[arg(long)]
    pub replace_keyring: bool,
}

/// Options of `candor serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// Address and port to listen on
    #[arg(long, env = "CANDOR_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// Folder with the built islands; without them pages do without
    #[arg(long, env = "CANDOR_SITE_DIR", default_value = "site")]
    pub site_dir: PathBuf,
    /// Make two demo tenants on first start, and list them at http://localhost
    #[arg(long, env = "CANDOR_DEMO")]
    pub demo: bool,
    /// How many sign-ins and the like one address may try in ten minutes; what is
    /// right is not counted
    #[arg(long, env = "CANDOR_TRIES_PER_ADDRESS", default_value = "60")]
    pub tries_per_address: NonZeroU32,
    /// How many mails one address may be sent at once because somebody typed it;
    /// then one every five minutes
    #[arg(long, env = "CANDOR_MAILS_PER_ADDRESS", default_value = "5")]
    pub mails_per_address: NonZeroU32,
    /// The address of a proxy whose X-Forwarded-For is believed
    #[arg(long = "trusted-proxy", env = "CANDOR_TRUSTED_PROXY", value_delimiter = ',')]
    pub trusted_proxies: Vec<IpAddr>,
    /// How much is taken on at a time.
    #[command(flatten)]
    pub capacity: Capacity,
    /// What is counted.
    #[command(flatten)]
    pub metrics: Metrics,
    /// Leave jobs to `candor worker` processes
    #[arg(long, env = "CANDOR_NO_WORKER")]
    pub no_worker: bool,
    /// Migrate the database before serving. Always done with SQLite
    #[arg(long, env = "CANDOR_MIGRATE")]
    pub migrate: bool,
}

/// Options of `candor worker`.
#[derive(Debug, Args)]
pub struct Worker {
    /// What is counted.
    #[command(flatten)]
    pub metrics: Metrics,
}

/// Where counts are read.
#[derive(Debug, Args)]
pub struct Metrics {
    /// Address and port at which Prometheus reads what is counted, at /metrics; none
    /// without. Keep it to yourself
    #[arg(long = "metrics", env = "CANDOR_METRICS", value_name = "ADDRESS")]
    pub read_at: Option<SocketAddr>,
}

impl Serve {
    /// How often something may be tried.
    pub fn rates(&self) -> Rates {
        Rates {
            per_address: self.tries_per_address,
            mails: self.mails_per_address,
            ..Rates::default()
        }
    }
}

/// Options of `candor import`.
#[derive(Debug, Args)]
pub struct Import {
    /// The tenant's name, as in its file
    #[arg(long)]
    pub tenant: String,
    /// Take all lines or none
    #[arg(long)]
    pub atomic: bool,
    /// The file, or - for standard input; see docs/IMPORT.md
    pub file: PathBuf,
}

/// `candor tenant …`
#[derive(Debug, Subcommand)]
pub enum Tenant {
    /// Make a tenant what its file says: hosts, look and policy
    Apply {
        /// Only say what would change
        #[arg(long)]
        dry_run: bool,
        /// Replace this version of the policy, though it was published in the studio
        #[arg(long, value_name = "VERSION")]
        over: Option<i64>,
        /// The file; see docs/TENANT-FILES.md
        file: PathBuf,
    },
    /// Close a tenant's portal for a while: nobody can sign in, the policy stays
    Suspend {
        /// The tenant's name, as in its file
        tenant: String,
    },
    /// Open it again
    Resume {
        /// The tenant's name, as in its file
        tenant: String,
    },
    /// List the tenants and their hosts
    List,
}

/// `candor staff …`
#[derive(Debug, Subcommand)]
pub enum Staff {
    /// Create an account; the password is read from standard input
    Add {
        /// The tenant's name, as in its file
        #[arg(long)]
        tenant: String,
        /// admin, editor, approver, support or auditor
        #[arg(long)]
        role: String,
        /// The address to sign in with
        email: String,
    },
}

/// `candor token …`
#[derive(Debug, Subcommand)]
pub enum Token {
    /// Make a token and print it, this once; it is good for 90 days
    Make {
        /// The tenant's name, as in its file
        #[arg(long)]
        tenant: String,
        /// What it is for
        #[arg(long)]
        name: String,
        /// What it may do. write: tell of new people, organisations, records, events from
        /// which no time runs, disclosures. end: tell of events from which a retention rule
        /// counts. access: tell of accounts, changed addresses, administrators of
        /// organisations; whoever has it can let themselves in. read: list what was told.
        /// erase: open erasures. permissions: ask what data may be used for
        #[arg(required = true)]
        grants: Vec<String>,
    },
}

impl Cli {
    /// Runs the command. 0: done. 1: not done, and why. 2: the command line is
    /// wrong.
    pub fn run(self) -> ExitCode {
        let runtime = match tokio::runtime::Runtime::new() {
            Ok(runtime) => runtime,
            Err(error) => return failed(&error.into()),
        };
        let store = &self.store;
        let done = runtime.block_on(async {
            match &self.command {
                Command::Serve(options) => {
                    log::begin(self.log_format);
                    commands::serve::run(store, options).await
                }
                Command::Worker(options) => {
                    log::begin(self.log_format);
                    commands::worker::run(store, options).await
                }
                Command::Migrate => commands::migrate::run(store).await,
                Command::Import(options) => commands::import::run(store, options).await,
                Command::Tenant(Tenant::Apply { dry_run, over, file }) => {
                    commands::tenant::apply(store, file, *dry_run, *over).await
                }
                Command::Tenant(Tenant::List) => commands::tenant::list(store).await,
                Command::Tenant(Tenant::Suspend { tenant }) => {
                    commands::tenant::suspend(store, tenant, true).await
                }
                Command::Tenant(Tenant::Resume { tenant }) => {
                    commands::tenant::suspend(store, tenant, false).await
                }
                Command::Staff(Staff::Add { tenant, role, email }) => {
                    commands::staff::add(store, tenant, role, email).await
                }
                Command::Token(Token::Make { tenant, name, grants }) => {
                    commands::token::make(store, tenant, name, grants).await
                }
                Command::Keys(Keys::List) => commands::keys::list(store).await,
                Command::Keys(Keys::Rotate) => commands::keys::rotate(store).await,
                Command::Receipt(Receipt::Verify { keys, file }) => {
                    commands::receipt::verify(file, keys.as_deref())
                }
                Command::Backup(options) => commands::backup::run(store, options).await,
                Command::Restore(options) => commands::restore::run(store, options).await,
                Command::Doctor => commands::doctor::run(store).await,
            }
        });
        match done {
            Ok(()) if say::is_lost() => ExitCode::FAILURE,
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => failed(&error),
        }
    }
}

fn failed(error: &anyhow::Error) -> ExitCode {
    let full = if error.chain().any(is_full) {
        "the disk is full: make room, and run this again. "
    } else {
        ""
    };
    complain!("candor: {full}{error:#}");
    ExitCode::FAILURE
}
