//! What is made before the crate is compiled: the folding table, and the modules of the language as one list.

mod fold_table;
mod modules;

use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=modules");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    fold_table::write(&out)?;
    modules::write(&PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("modules"), &out)
}
