//! A small library: its endpoints are public items.

use versioning_macros::api;

/// A temperature in degrees Celsius.
#[api(since = "0.1.0")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Celsius(pub f64);

/// A temperature in degrees Fahrenheit.
#[api(since = "0.2.0")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fahrenheit(pub f64);

/// Converts to Fahrenheit.
#[api(since = "0.2.0")]
#[must_use]
pub fn to_fahrenheit(celsius: Celsius) -> Fahrenheit {
    Fahrenheit(celsius.0 * 9.0 / 5.0 + 32.0)
}

/// Converts to Celsius.
#[api(since = "0.3.0", deprecated(since = "0.4.0", note = "use `Celsius::from`"))]
#[must_use]
pub fn to_celsius(fahrenheit: Fahrenheit) -> Celsius {
    Celsius::from(fahrenheit)
}

#[api(since = "0.4.0")]
impl From<Fahrenheit> for Celsius {
    fn from(fahrenheit: Fahrenheit) -> Self {
        Celsius((fahrenheit.0 - 32.0) * 5.0 / 9.0)
    }
}
