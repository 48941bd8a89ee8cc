//! Numbers with units, as they are written on the command line.

use tandem_simulation::{MAX_AGENTS, parse_time};

/// A number; whether it makes sense is for its user to say.
pub(crate) fn number(text: &str) -> Result<f64, String> {
    text.parse().map_err(|_| "expected a number such as `10` or `12.5`".to_owned())
}

/// A number of agents.
pub(crate) fn agents(text: &str) -> Result<u32, String> {
    let known = text.parse().ok().filter(|agents| (1..=MAX_AGENTS).contains(agents));
    known.ok_or_else(|| format!("expected a whole number of agents from 1 to {MAX_AGENTS}"))
}

/// A span of time in seconds.
pub(crate) fn time_s(text: &str) -> Result<f64, String> {
    let ms = parse_time(text).map_err(|_| "expected a time such as `20s`, `3min` or `1h30min`".to_owned())?;
    Ok(ms as f64 / 1000.0)
}

/// A share as a part of 1.
pub(crate) fn share(text: &str) -> Result<f64, String> {
    let (digits, of) = text.strip_suffix('%').map_or((text, 1.0), |digits| (digits, 100.0));
    let share = digits.trim().parse().ok().map(|number: f64| number / of);
    share
        .filter(|share| *share > 0.0 && *share < 1.0)
        .ok_or_else(|| "expected a share above 0% and below 100%, such as `80%`".to_owned())
}
