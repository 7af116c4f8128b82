//! Whose routers they are, and how each framework spells paths.

use crate::extract::framework::template::{self, Spelling};
use crate::model::{Part, PathTemplate, Prefix, Segment};

/// Stands for text that is not known inside a text.
pub(super) const HOLE: char = '\u{1}';

/// Whose router it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Axum,
    Actix,
    Salvo,
    Poem,
    Rocket,
    Warp,
    Dropshot,
}

impl Kind {
    /// The id of the framework's row.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Axum => "axum",
            Self::Actix => "actix-web",
            Self::Salvo => "salvo",
            Self::Poem => "poem",
            Self::Rocket => "rocket",
            Self::Warp => "warp",
            Self::Dropshot => "dropshot",
        }
    }

    /// The kind that a crate's routers are of.
    pub(super) fn of_crate(name: &str) -> Option<Self> {
        Some(match name {
            "axum" | "axum_extra" | "aide" | "loco_rs" | "utoipa_axum" => Self::Axum,
            "actix_web" | "apistos" | "paperclip" | "utoipa_actix_web" => Self::Actix,
            "salvo" | "salvo_core" => Self::Salvo,
            "poem" | "poem_openapi" => Self::Poem,
            "rocket" => Self::Rocket,
            "warp" => Self::Warp,
            "dropshot" => Self::Dropshot,
            _ => return None,
        })
    }

    fn spelling(self) -> Spelling {
        match self {
            Self::Actix => Spelling::Actix,
            Self::Poem => Spelling::Poem,
            Self::Rocket => Spelling::Rocket,
            Self::Dropshot => Spelling::Dropshot,
            Self::Axum | Self::Salvo | Self::Warp => Spelling::Axum,
        }
    }

    /// The template of a text, holes and all.
    pub(super) fn path(self, text: &str) -> PathTemplate {
        let text = match self {
            Self::Salvo => braced(text).replace("{**", "{*").replace("{*+", "{*").replace("{*?", "{*"),
            Self::Axum | Self::Actix | Self::Poem | Self::Rocket | Self::Warp | Self::Dropshot => text.to_owned(),
        };
        let (known, text) = match text.strip_prefix(HOLE) {
            Some(rest) => (Prefix::Unknown, rest.to_owned()),
            None => (Prefix::Known, text),
        };
        let mut path = template::parse(&text, self.spelling());
        path.prefix = known;
        if text.contains(HOLE) {
            path.segments = path.segments.into_iter().map(|Segment(parts)| Segment(holes(parts))).collect();
        }
        if self == Self::Salvo {
            path.trailing_slash = false;
        }
        path
    }

    /// `inner` mounted under `outer`.
    pub(super) fn under(self, outer: &PathTemplate, inner: &PathTemplate) -> PathTemplate {
        let mut path = template::join(outer, inner);
        if self != Self::Actix && inner.segments.is_empty() && !outer.segments.is_empty() {
            path.trailing_slash = false;
        }
        path
    }
}

/// salvo's `<id:num>` of old, and `{id|\d+}`, in the braces and with the colon of the other frameworks.
fn braced(text: &str) -> String {
    let old = text.contains('<') && !text.contains('{');
    let (mut out, mut inside, mut colon) = (String::with_capacity(text.len()), 0_usize, false);
    for c in text.chars() {
        let c = match c {
            '<' if old && inside == 0 => '{',
            '>' if old && inside == 1 => '}',
            '|' if inside == 1 && !colon => ':',
            c => c,
        };
        match c {
            '{' => inside += 1,
            '}' => inside = inside.saturating_sub(1),
            _ => {}
        }
        colon = inside > 0 && (colon || c == ':');
        out.push(c);
    }
    out
}

fn holes(parts: Vec<Part>) -> Vec<Part> {
    let mut out = Vec::new();
    for part in parts {
        match part {
            Part::Literal(text) if text.contains(HOLE) => {
                for (n, piece) in text.split(HOLE).enumerate() {
                    if n > 0 {
                        out.push(Part::Unknown);
                    }
                    if !piece.is_empty() {
                        out.push(Part::Literal(piece.to_owned()));
                    }
                }
            }
            part => out.push(part),
        }
    }
    out
}

/// The empty path.
pub(in crate::extract::framework) fn root() -> PathTemplate {
    PathTemplate { prefix: Prefix::Known, segments: Vec::new(), trailing_slash: false }
}
