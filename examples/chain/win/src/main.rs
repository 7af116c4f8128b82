//! Starts the core that is shipped inside.

fn main() {
    println!("starting core");
}
