use serde::de::{Deserialize, Deserializer};
use validator::Validate;

#[derive(serde::Deserialize, Validate)]
pub struct PurchaseForm {
    pub at: Place,
    pub kind: Kind,
    #[serde(deserialize_with = "without_spaces")]
    pub note: String,
    #[validate(length(min = 1))]
    pub lines: Vec<String>,
}

#[derive(serde::Deserialize)]
pub(super) struct Raw {
    y: f64,
    x: f64,
}

#[derive(serde::Deserialize)]
#[serde(try_from = "Raw")]
pub struct Place {
    x: f64,
    y: f64,
}

impl TryFrom<(f64, f64)> for Place {
    type Error = ();
    fn try_from((x, y): (f64, f64)) -> Result<Self, ()> {
        Ok(Self { x, y })
    }
}

impl std::convert::TryFrom<Raw> for Place {
    type Error = String;

    fn try_from(from: Raw) -> Result<Self, Self::Error> {
        Ok(Self {
            x: from.x,
            y: from.y,
        })
    }
}

pub struct Kind(pub(crate) String);

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D>(deserializer: D) -> Result<Self, D::Error>
    where
        D: Deserializer<'de>,
    {
        // As before.
        let text = String::deserialize(deserializer)?;
        Ok(Self(text.to_lowercase()))
    }
}

pub(crate) fn without_spaces<'d, D>(deserializer: D) -> Result<String, D::Error>
where
    D: Deserializer<'d>,
{
    Ok(String::deserialize(deserializer)?.trim().to_owned())
}

#[derive(serde::Deserialize)]
pub struct Page {
    pub limit: Option<u32>,
    #[serde(default)]
    pub offset: u32,
}
