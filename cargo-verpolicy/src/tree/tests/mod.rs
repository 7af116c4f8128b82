//! Trees and repositories, broken ones included. Repositories are built by git itself, without the machine's
//! configuration and clock.

mod fixture;
mod history;
mod repositories;
mod sides;
