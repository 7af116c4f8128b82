//! Draws a square.

fn main() {
    println!("{}", shapes::square(2));
}
