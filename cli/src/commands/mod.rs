//! The commands, one a file.

pub(crate) mod centre;
pub(crate) mod check;
pub(crate) mod erlang;
pub(crate) mod explain;
pub(crate) mod fmt;
pub(crate) mod new;
pub(crate) mod simulate;
pub(crate) mod test;
