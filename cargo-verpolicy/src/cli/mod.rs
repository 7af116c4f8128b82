//! The rim: arguments in, bytes and an exit code out. The only layer besides `tree` that touches the world.

pub mod args;

/// Runs the tool with these arguments, the first being the program's name.
pub fn run(_args: impl IntoIterator<Item = std::ffi::OsString>) -> std::process::ExitCode {
    std::process::ExitCode::from(101)
}
