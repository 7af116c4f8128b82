//! `cargo verpolicy`: see `cargo verpolicy --help`.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cargo_verpolicy::cli::run(std::env::args_os())
}
