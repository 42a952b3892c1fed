//! Codes that an app makes from a shared secret and the time (RFC 6238): six
//! digits, a new one every thirty seconds, SHA-1, as every app knows them.

use domain::identifiers::EmailAddress;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use totp_rs::{Algorithm, Builder, Totp};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::keyring::Place;
use crate::platform::scope::Scope;
use crate::platform::storage::{Timestamp, accounts};
use crate::platform::tenancy::{ReadTx, WriteTx};

/// As long as the hash (RFC 4226, 4).
const LENGTH: usize = 20;

/// A new secret.
pub(super) fn generate() -> Result<Zeroizing<Vec<u8>>, Failure> {
    let mut secret = Zeroizing::new(vec![0; LENGTH]);
    getrandom::fill(&mut secret).map_err(Failure::corrupt)?;
    Ok(secret)
}

/// The secret as it is typed into an app, and as the link that an app opens.
pub(super) fn to_type_and_to_open(
    secret: &[u8],
    company: &str,
    email: &EmailAddress,
) -> Result<(String, String), Failure> {
    // A colon would end the name of the one and begin that of the other.
    let plain = |text: &str| text.replace(':', " ");
    let totp = rules(secret)
        .with_issuer(Some(plain(company)))
        .with_account_name(plain(email.as_str()))
        .build()
        .map_err(|_| Failure::corrupt("a second factor"))?;
    let link = totp.to_url().map_err(|_| Failure::corrupt("a second factor"))?;
    Ok((totp.secret().to_base32(), link))
}

/// The time step whose code was typed: the present one, or one that is off by
/// one, since clocks differ and people type (RFC 6238, 5.2).
pub(super) fn step_of(secret: &[u8], typed: &str, now: Timestamp) -> Result<Option<i64>, Failure> {
    let totp: Totp = rules(secret).build().map_err(|_| Failure::corrupt("a second factor"))?;
    let seconds = u64::try_from(now.0.div_euclid(1000)).unwrap_or(0);
    Ok(totp.check(typed, seconds).and_then(|step| i64::try_from(step).ok()))
}

fn rules(secret: &[u8]) -> Builder {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_step_duration(30)
        .with_skew(1)
        .with_secret(secret)
}

/// Uses a code up. False if it is not right, or if it or a later one was used
/// already: a code is good once, for two at the same time as well.
pub(super) async fn spend(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    account: &accounts::Model,
    typed: &str,
) -> Result<bool, Failure> {
    let Some(sealed) = &account.sealed_totp else { return Ok(false) };
    let office = engine.keyring.of_tenant(tx).await?.office;
    let secret =
        office.open(place(tx, account.id), sealed).map_err(|e| Failure::Keyring(e.into()))?;
    let Some(step) = step_of(&secret, typed, scope.now)? else { return Ok(false) };
    let unused = Expr::col(accounts::Column::TotpStep)
        .is_null()
        .or(Expr::col(accounts::Column::TotpStep).lt(step));
    let used = tx
        .update(
            accounts::Entity::update_many()
                .col_expr(accounts::Column::TotpStep, Expr::value(Some(step)))
                .filter(accounts::Column::Id.eq(account.id))
                .filter(unused),
        )
        .await?;
    Ok(used == 1)
}

/// Seals the secret of an account.
pub(super) async fn seal(
    engine: &Engine,
    tx: &ReadTx,
    account: Uuid,
    secret: &[u8],
) -> Result<Vec<u8>, Failure> {
    let office = engine.keyring.of_tenant(tx).await?.office;
    office.seal(place(tx, account), secret).map_err(|e| Failure::Keyring(e.into()))
}

fn place(tx: &ReadTx, account: Uuid) -> Place<'static> {
    Place {
        tenant: tx.tenant(),
        owner: Uuid::nil(),
        label: "office",
        row: account,
        column: "sealed_totp",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_rfc() {
        let secret = b"12345678901234567890";
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let at = |seconds: i64| step_of(secret, code, Timestamp(seconds * 1000)).unwrap();
            let step = seconds / 30;
            for near in [seconds, seconds - 30, seconds + 30] {
                assert_eq!(at(near), Some(step), "{code} at {near}");
            }
            for far in [seconds + 60, seconds + 3600] {
                assert_eq!(at(far), None, "{code} at {far}");
            }
        }
        for odd in ["", "28708", "2870822", "+28708", "28708２"] {
            assert_eq!(step_of(secret, odd, Timestamp(59_000)).unwrap(), None, "{odd}");
        }
    }

    #[test]
    fn an_app_learns_company_and_address() {
        let email = "ada@example.org".parse().unwrap();
        let (typed, link) =
            to_type_and_to_open(b"12345678901234567890", "A: B & C", &email).unwrap();
        assert_eq!(typed, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let secret = "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=A%20%20B%20%26%20C";
        assert_eq!(link, format!("otpauth://totp/A%20%20B%20%26%20C:ada%40example.org?{secret}"));
    }
}
