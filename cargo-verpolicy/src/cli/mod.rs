//! The rim: arguments in, bytes and an exit code out. The only layer besides `tree` that touches the world.

pub mod args;
