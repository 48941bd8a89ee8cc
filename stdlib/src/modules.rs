//! The modules of `std`, written in the language itself.

/// Name and text of every module, the prelude first.
#[must_use]
pub const fn modules() -> &'static [(&'static str, &'static str)] {
    &[
        ("std.prelude", include_str!("../modules/std/prelude.tdm")),
        ("std.phrases", include_str!("../modules/std/phrases.tdm")),
        ("std.calendars", include_str!("../modules/std/calendars.tdm")),
    ]
}
