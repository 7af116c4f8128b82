//! The attributes of an item, field or variant, as far as a mark must know them.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};

/// What rustc and its tools know by themselves. Any other attribute may be a framework's.
const BUILT_IN: &[&str] = &[
    "allow",
    "warn",
    "deny",
    "forbid",
    "expect",
    "cfg",
    "doc",
    "deprecated",
    "must_use",
    "inline",
    "cold",
    "track_caller",
    "derive",
    "repr",
    "non_exhaustive",
    "automatically_derived",
    "no_mangle",
    "export_name",
    "link_name",
    "link",
    "link_section",
    "link_ordinal",
    "target_feature",
    "instruction_set",
    "ignore",
    "should_panic",
    "path",
    "macro_use",
    "no_implicit_prelude",
    "used",
    "global_allocator",
    "panic_handler",
    "naked",
    "default",
    "diagnostic",
    "rustfmt",
    "clippy",
    "rustdoc",
    "miri",
    "unsafe",
    "instrument",
    "tracing",
    "async_trait",
];

/// The derives of the standard library.
const STANDARD_DERIVES: &[&str] =
    &["Debug", "Clone", "Copy", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash", "Default"];

/// The derives that make a type of the wire, and no document.
const WIRE_DERIVES: &[&str] = &["Serialize", "Deserialize"];

/// One attribute: `name(…)`, `name = …` or `name`.
pub(crate) struct Attribute {
    /// The segments of its path.
    pub(crate) path: Vec<String>,
    /// What stands in `name(…)`.
    pub(crate) list: Option<TokenStream>,
    /// Nothing stands after the name and its list.
    pub(crate) complete: bool,
    /// The place of its name.
    pub(crate) span: Span,
}

impl Attribute {
    /// Reads what stands between the brackets of `#[…]`, or one part of `cfg_attr(…)`.
    pub(crate) fn read(tokens: impl IntoIterator<Item = TokenTree>) -> Option<Self> {
        let mut tokens = tokens.into_iter();
        let mut path = Vec::new();
        let mut span = None;
        let mut list = None;
        let mut complete = true;
        for token in tokens.by_ref() {
            match token {
                TokenTree::Ident(ident) => {
                    span = span.or_else(|| Some(ident.span()));
                    path.push(ident.to_string());
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => {}
                TokenTree::Group(group) if group.delimiter() == Delimiter::None && path.is_empty() => {
                    return Self::read(group.stream()).filter(|_| tokens.next().is_none());
                }
                TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {
                    list = Some(group.stream());
                    break;
                }
                _ => {
                    complete = false;
                    break;
                }
            }
        }
        complete &= tokens.next().is_none();
        Some(Self { path, list, complete, span: span? })
    }

    fn is(&self, name: &str) -> bool {
        matches!(self.path.as_slice(), [only] if only == name)
    }

    /// The parts of `cfg_attr(condition, part, part)`.
    fn conditional_parts(&self) -> Vec<Attribute> {
        match &self.list {
            Some(list) if self.is("cfg_attr") => {
                split_at_commas(list.clone()).into_iter().skip(1).filter_map(Attribute::read).collect()
            }
            _ => Vec::new(),
        }
    }

    /// This attribute, or if it is a `cfg_attr`, those that it stands for.
    fn applied(self) -> Vec<Attribute> {
        if !self.is("cfg_attr") {
            return vec![self];
        }
        // `cfg_attr` inside `cfg_attr` is looked through once: nobody writes more
        self.conditional_parts()
            .into_iter()
            .flat_map(|part| if part.is("cfg_attr") { part.conditional_parts() } else { vec![part] })
            .collect()
    }

    fn is_foreign(&self) -> bool {
        let built_in = self.path.first().is_some_and(|first| BUILT_IN.contains(&first.as_str()));
        !built_in && !self.is_mark()
    }

    /// Whether this is a mark. An attribute macro does not learn under which name it was imported: `api` is one, and so is
    /// what reads as a whole mark with a `since` or `unstable` of its own.
    pub(crate) fn is_mark(&self) -> bool {
        if self.path.last().is_some_and(|last| last == "api") {
            return true;
        }
        let built_in = self.path.first().is_some_and(|first| BUILT_IN.contains(&first.as_str()));
        if built_in || !self.complete || self.is("cfg_attr") {
            return false;
        }
        let mark = self.list.clone().map(versioning_grammar::parse);
        matches!(mark, Some(Ok(mark)) if mark.since.is_some() || mark.unstable.is_some())
    }

    /// The names that stand in `derive(…)`.
    fn derives(&self) -> Vec<String> {
        let Some(list) = self.list.as_ref().filter(|_| self.is("derive")) else { return Vec::new() };
        let names = split_at_commas(list.clone()).into_iter().filter_map(|derive| {
            derive.into_iter().rev().find_map(|token| match token {
                TokenTree::Ident(ident) => Some(ident.to_string()),
                _ => None,
            })
        });
        names.collect()
    }
}

/// What the attributes of an item say about it.
#[derive(Default)]
pub(crate) struct Attributes {
    /// `#[deprecated]` stands there.
    pub(crate) deprecated: bool,
    /// One of them may be a framework's.
    pub(crate) foreign: bool,
    /// A derive makes it a type of the wire, or may.
    pub(crate) wire_derive: bool,
    /// A derive may write a document from the type.
    pub(crate) publishing_derive: bool,
}

impl Attributes {
    /// Sums up the groups of `#[…]`.
    pub(crate) fn of<'a>(groups: impl Iterator<Item = &'a Group>) -> Self {
        let mut sum = Self::default();
        for attribute in groups.filter_map(|group| Attribute::read(group.stream())).flat_map(Attribute::applied) {
            sum.deprecated |= attribute.is("deprecated");
            sum.foreign |= attribute.is_foreign();
            for name in attribute.derives().iter().map(String::as_str) {
                let standard = STANDARD_DERIVES.contains(&name);
                sum.wire_derive |= !standard;
                sum.publishing_derive |= !standard && !WIRE_DERIVES.contains(&name);
            }
        }
        sum
    }
}

/// The parts of a list, without the commas between them. Commas between angle brackets do not occur in attributes.
pub(crate) fn split_at_commas(list: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    for token in list {
        match (&token, parts.last_mut()) {
            (TokenTree::Punct(punct), _) if punct.as_char() == ',' => parts.push(Vec::new()),
            (_, Some(part)) => part.push(token),
            _ => {}
        }
    }
    if parts.last().is_some_and(Vec::is_empty) {
        parts.pop();
    }
    parts
}
