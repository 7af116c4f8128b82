use serde::de::{self, Deserialize, Deserializer};
use serde_json::Value;

const MAX_NAME: usize = 40;

#[derive(Debug, Clone, serde::Deserialize)]
pub(crate) struct Credentials {
    /// As the user wrote it.
    pub(crate) name: String,
}

/// What a login sends.
#[derive(Debug)]
pub struct Login(Value);

fn checked(value: &Value) -> Result<(), String> {
    let credentials: Credentials =
        serde_json::from_value(value.clone()).map_err(|e| {
            e.to_string()
        })?;
    if credentials.name.len() > MAX_NAME { Err("too long".to_owned()) } else { Ok(()) }
}

impl<'de> Deserialize<'de> for Login {
    #[inline]
    fn deserialize<D>(de: D) -> Result<Self, D::Error>
    where
        D: Deserializer<'de>,
    {
        let value = Value::deserialize(de)?;
        let ty = value["type"]
            .as_str()
            .ok_or_else(|| { de::Error::missing_field("type") })?;
        match ty {
            "password" => {
                checked(&value).map_err(|e| {
                    de::Error::custom(format!("{ty}: {e}"))
                })?
            }
            unknown => {
                return Err(de::Error::custom(unknown));
            }
        }
        Ok(Login(value))
    }
}
