//! The modules of `std`, written in the language itself.

/// Name and text of every module, the prelude first. A module is a file of `modules/` that names itself, or all files
/// of a folder that do not, joined in order of their names.
#[must_use]
pub const fn modules() -> &'static [(&'static str, &'static str)] {
    include!(concat!(env!("OUT_DIR"), "/modules.rs"))
}
