//! Runs the command as its users do.

#![cfg(test)]
#![allow(clippy::allow_attributes, dead_code, reason = "each test binary uses its part")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// What a run came to.
pub(crate) struct Run {
    /// The exit code.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Run {
    /// Standard output as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.out, self.err))
    }

    /// The run itself, if it ended so.
    pub(crate) fn expect_code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.out, self.err);
        self
    }
}

/// Runs `tandem` with these arguments in the repository's root.
pub(crate) fn tandem<A: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = A>) -> Run {
    tandem_with(&[], arguments)
}

/// How many columns a line takes: signs of East Asia two.
pub(crate) fn columns(line: &str) -> usize {
    line.chars().map(|sign| if ('\u{2e80}'..='\u{ff60}').contains(&sign) { 2 } else { 1 }).sum()
}

/// Runs `tandem` with these arguments and variables in the repository's root.
pub(crate) fn tandem_with<A: AsRef<std::ffi::OsStr>>(
    variables: &[(&str, &str)],
    arguments: impl IntoIterator<Item = A>,
) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tandem"));
    let Output { status, stdout, stderr } = command
        .args(arguments)
        .current_dir(root())
        .env("NO_COLOR", "1")
        .env_remove("COLUMNS")
        .envs(variables.iter().copied())
        .output()
        .expect("the command starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the command writes UTF-8");
    // A signal has no code: a crash.
    Run { code: status.code().expect("no crash"), out: text(stdout), err: text(stderr) }
}

/// Runs `tandem` with arguments separated by spaces.
pub(crate) fn line(arguments: &str) -> Run {
    tandem(arguments.split_whitespace())
}

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A folder of its own, with these files in it.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new(files: &[(&str, &[u8])]) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        files.iter().for_each(|(name, bytes)| folder.write(name, bytes));
        folder
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn shown(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    pub(crate) fn root(&self) -> String {
        self.0.path().display().to_string()
    }
}

/// A report without the one line that is no function of the input.
pub(crate) fn without_elapsed(text: &str) -> String {
    text.lines().filter(|line| !line.contains("\"elapsed_ms\"")).collect::<Vec<_>>().join("\n")
}

/// A small policy that is sound.
pub(crate) const SOUND: &str = "\
queue day, night

calendar desk in UTC { mon..sun 08:00-20:00 }

route arrival at start or keys decides queue {
  when desk = open decide queue day because \"somebody is in\"
  otherwise decide queue night because \"nobody is in\"
}
watch angry on customer {
  when anger >= 0.5
  do alert supervisor because \"angry\"
}
qa greeting {
  agent must say hello_words within 10s of start score 5
}
phrases hello_words { en \"hello\" }

test \"by day\" {
  clock 2026-03-10 12:00:00 UTC
  at 0s expect queue day
}
";

/// Two short calls as a timeline.
pub(crate) const CALLS: &str = "\
{\"call\":\"a\",\"at_ms\":0,\"event\":\"start\",\"clock\":\"2026-03-10T12:00:00+00:00\",\"from\":\"+441632960000\"}
{\"call\":\"a\",\"at_ms\":2000,\"event\":\"turn\",\"party\":\"agent\",\"start_ms\":500,\"text\":\"Hello!\"}
{\"call\":\"a\",\"at_ms\":5000,\"event\":\"frame\",\"party\":\"customer\",\"anger\":0.9,\"confidence\":0.9}
{\"call\":\"a\",\"at_ms\":9000,\"event\":\"end\"}
{\"call\":\"b\",\"at_ms\":0,\"event\":\"start\",\"clock\":\"2026-03-10T22:00:00+00:00\"}
{\"call\":\"b\",\"at_ms\":12000,\"event\":\"turn\",\"party\":\"agent\",\"text\":\"Hello, at last.\"}
{\"call\":\"b\",\"at_ms\":13000,\"event\":\"end\"}
";
