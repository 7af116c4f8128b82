//! A committed, human-readable file per package: a versioned mirror of the model. Reading a file back gives the set that
//! was written. What reviews matter to comes first; places, which shift with every edit, stand at the end.

mod expr;
mod read;
mod route;
mod write;

pub use read::{read, written_by_another};
pub use write::write;

use crate::model::Form;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The format's name and version, first in every file.
pub const SCHEMA: &str = "verpolicy.snapshot/1";

/// Revision of the extractor: raised when it reads the same source differently, so that a comparison with an older
/// file can say so.
pub const EXTRACTOR: u32 = 5;

/// A file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SnapshotError {
    /// 1-based line; 0 when not known.
    pub line: u32,
    /// 1-based column; 0 when not known.
    pub column: u32,
    /// What is wrong and what to do.
    pub message: String,
}

/// The whole file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileText {
    schema: String,
    extractor: u32,
    package: String,
    version: Option<String>,
    endpoints: Vec<EndpointText>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    shapes: BTreeMap<String, NodeText>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    blind_spots: Vec<BlindSpotText>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    features: BTreeMap<String, BTreeSet<String>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    unread: BTreeMap<String, UnreadText>,
    /// Of members that are not always there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    conditions: BTreeMap<String, ConditionText>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    places: BTreeMap<String, String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct UnreadText {
    tokens: String,
    place: String,
}

fn no() -> bool {
    false
}

fn is_text(form: &Form) -> bool {
    *form == Form::Text
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_no(value: &bool) -> bool {
    !*value
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EndpointText {
    id: String,
    kind: String,
    marked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<StepText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecated: Option<StepText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    removed: Option<StepText>,
    #[serde(default = "no", skip_serializing_if = "is_no")]
    native: bool,
    /// `null` is stable; the text is the feature, empty without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    unstable: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<ConditionText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    behavior: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<String>,
    #[serde(default = "no", skip_serializing_if = "is_no")]
    documented: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    handler: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    framework: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    route: Option<RouteText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    content: ContentText,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StepText {
    version: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replaced_by: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ConditionText {
    Never,
    Feature(String),
    Flag(String),
    KeyValue(String, String),
    Not(Box<ConditionText>),
    All(Vec<ConditionText>),
    Any(Vec<ConditionText>),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RouteText {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    service: String,
    method: String,
    #[serde(default = "no", skip_serializing_if = "is_no")]
    prefix_unknown: bool,
    /// See [`route`].
    path: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
enum ContentText {
    Http(HttpText),
    Item {
        item: String,
        text: String,
        #[serde(default, skip_serializing_if = "is_text")]
        form: Form,
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        paths: BTreeSet<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<String>,
    },
    Message {
        input: String,
        output: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        layout: Option<String>,
    },
    Config {
        input: String,
    },
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HttpText {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    parameters: Vec<ParameterText>,
    /// `denied`, or the shape of a catch-all; absent is ignored.
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown_query: Option<UnknownText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<BodyText>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    responses: Vec<ResponseText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    auth: Option<AuthText>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    extractors: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    code: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    raw: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    layers: BTreeMap<String, String>,
    /// Absent is yes.
    #[serde(skip_serializing_if = "Option::is_none")]
    mount: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation_id: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum UnknownText {
    Denied,
    CatchAll(String),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AuthText {
    any_of: Vec<String>,
    #[serde(default = "no", skip_serializing_if = "is_no")]
    optional: bool,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ParameterText {
    #[serde(rename = "in")]
    place_in: String,
    name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
    shape: String,
    required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<DefaultText>,
    reader: String,
    #[serde(default = "no", skip_serializing_if = "is_no")]
    published: bool,
    #[serde(default = "no", skip_serializing_if = "is_no")]
    deprecated: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    constraints: Vec<ConstraintText>,
    member: String,
}

/// Absent is refused.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum DefaultText {
    None,
    Value(String),
    Opaque(String),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConstraintText {
    kind: String,
    value: String,
    checked: bool,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BodyText {
    required: bool,
    media: Vec<MediaText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<String>,
    #[serde(default = "no", skip_serializing_if = "is_no")]
    published: bool,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MediaText {
    content_type: String,
    shape: String,
    reader: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ResponseText {
    status: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    media: Vec<MediaText>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    headers: Vec<HeaderText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<String>,
    #[serde(default = "no", skip_serializing_if = "is_no")]
    by_code: bool,
    #[serde(default = "no", skip_serializing_if = "is_no")]
    published: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeaderText {
    name: String,
    always: bool,
    shape: String,
}

/// A shape with a definition of its own.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NodeText {
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    conversion: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    by_code: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    wire_feature: Option<String>,
    #[serde(flatten)]
    shape: ShapeText,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ShapeText {
    Is(String),
    /// Elements with their members; the text of `Is` has no room for these.
    Tuple(Vec<ItemText>),
    Opaque {
        name: String,
        reason: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        tokens: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        version: Option<String>,
    },
    Refused {
        reason: String,
        inner: String,
    },
    Object {
        fields: Vec<FieldText>,
        #[serde(skip_serializing_if = "Option::is_none")]
        unknown: Option<UnknownText>,
        #[serde(skip_serializing_if = "Option::is_none")]
        unknown_member: Option<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        inline: Vec<InlineText>,
    },
    Enum {
        repr: ReprText,
        #[serde(default = "no", skip_serializing_if = "is_no")]
        open: bool,
        #[serde(default = "no", skip_serializing_if = "is_no")]
        denies_unknown: bool,
        variants: Vec<VariantText>,
    },
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemText {
    shape: String,
    #[serde(default = "no", skip_serializing_if = "is_no")]
    default: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct InlineText {
    shape: String,
    member: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<u32>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ReprText {
    External,
    Internal { tag: String },
    Adjacent { tag: String, content: String },
    Untagged,
    Number,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldText {
    name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
    shape: String,
    always: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<DefaultText>,
    #[serde(default = "no", skip_serializing_if = "is_no")]
    null_distinct: bool,
    #[serde(default = "no", skip_serializing_if = "is_no")]
    deprecated: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    constraints: Vec<ConstraintText>,
    member: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct VariantText {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<String>,
    #[serde(default = "no", skip_serializing_if = "is_no")]
    other: bool,
    #[serde(default = "no", skip_serializing_if = "is_no")]
    untagged: bool,
    #[serde(default = "no", skip_serializing_if = "is_no")]
    deprecated: bool,
    member: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BlindSpotText {
    kind: String,
    detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hides: Option<String>,
}

/// Words of closed enums, both ways: one table each.
mod words {
    use crate::model::{BlindSpotKind, In, Mount, OpaqueReason, Reader};

    pub(super) const READERS: &[(&str, Reader)] = &[
        ("json", Reader::Json),
        ("urlencoded", Reader::UrlEncoded),
        ("html-form", Reader::HtmlForm),
        ("qs", Reader::Qs),
        ("rocket-form", Reader::RocketForm),
        ("poem-text", Reader::PoemText),
        ("path-text", Reader::PathText),
        ("header-text", Reader::HeaderText),
        ("multipart", Reader::Multipart),
        ("config", Reader::Config),
        ("raw", Reader::Raw),
        ("layout", Reader::Layout),
    ];
    pub(super) const PLACES_IN: &[(&str, In)] =
        &[("path", In::Path), ("query", In::Query), ("header", In::Header), ("cookie", In::Cookie)];
    pub(super) const MOUNTS: &[(&str, Mount)] = &[("yes", Mount::Yes), ("unknown", Mount::Unknown), ("no", Mount::No)];
    pub(super) const REASONS: &[(&str, OpaqueReason)] = &[
        ("erased", OpaqueReason::Erased),
        ("hand-written", OpaqueReason::HandWritten),
        ("foreign", OpaqueReason::Foreign),
        ("unresolved", OpaqueReason::Unresolved),
        ("macro", OpaqueReason::Macro),
        ("no-derive", OpaqueReason::NoDerive),
        ("generic", OpaqueReason::Generic),
    ];
    pub(super) const REFUSALS: &[&str] = &[
        "buffered-u128",
        "buffered-map-key",
        "text-list",
        "text-nested",
        "text-buffered",
        "text-u128",
        "tagged-scalar",
    ];
    pub(super) const BLIND_SPOTS: &[BlindSpotKind] = &[
        BlindSpotKind::UnparsedFile,
        BlindSpotKind::MissingFile,
        BlindSpotKind::ModuleCycle,
        BlindSpotKind::UnexpandedMacro,
        BlindSpotKind::UnresolvedName,
        BlindSpotKind::Opaque,
        BlindSpotKind::UnknownExtractor,
        BlindSpotKind::UnknownPrefix,
        BlindSpotKind::UnknownRoute,
        BlindSpotKind::PathParameterUnmatched,
        BlindSpotKind::UnwritableShape,
        BlindSpotKind::PublishedDiffers,
        BlindSpotKind::RouteDiffers,
        BlindSpotKind::UnreachedHandler,
        BlindSpotKind::OtherService,
        BlindSpotKind::MissingSource,
        BlindSpotKind::Layer,
        BlindSpotKind::SinceUnverified,
    ];

    /// The word of a value.
    pub(super) fn word<T: PartialEq>(table: &[(&'static str, T)], value: &T) -> &'static str {
        table.iter().find(|(_, v)| v == value).map_or("?", |(w, _)| w)
    }

    /// The value of a word.
    pub(super) fn value<T: Copy>(table: &[(&'static str, T)], word: &str) -> Option<T> {
        table.iter().find(|(w, _)| *w == word).map(|(_, v)| *v)
    }
}

/// Do two sets promise the same, places aside? Compared as they are written.
#[must_use]
pub fn same_promises(a: &crate::model::EndpointSet, b: &crate::model::EndpointSet) -> bool {
    let text = |set| {
        let mut file: serde_json::Value = serde_json::from_str(&write(set)).unwrap_or_default();
        if let Some(map) = file.as_object_mut() {
            map.remove("places");
            map.remove("blind_spots");
        }
        file
    };
    text(a) == text(b)
}

/// The same set, of a package whose crate was called otherwise: every Rust path that begins with it.
#[must_use]
pub fn with_crate_called(set: &crate::model::EndpointSet, was: &str, is: &str) -> crate::model::EndpointSet {
    let text = write(set);
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(was) {
        let (before, found) = rest.split_at(at);
        out.push_str(before);
        let after = found.get(was.len()..).unwrap_or_default();
        let begins = !out.ends_with(is_part) && after.starts_with("::");
        out.push_str(if begins { is } else { was });
        rest = after;
    }
    out.push_str(rest);
    // A set that is written reads back as it was.
    read(&out).unwrap_or_else(|_| set.clone())
}

#[cfg(test)]
mod tests;
