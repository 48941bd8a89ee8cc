//! The core's behaviour, with entries that are closures.

mod facts;
mod groups;
mod hearing;
mod lookups;
pub(crate) mod policy;
mod properties;
mod time;
