//! What kind of item a mark stands on, read from as few tokens as tell it. The body is never parsed.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::attribute::Attributes;

/// The kinds of items that Rust's syntax knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemKind {
    Function,
    Impl,
    Trait,
    InlineModule,
    FileModule,
    Struct,
    Enum,
    Union,
    Const,
    Static,
    Use,
    TypeAlias,
    ExternBlock,
    ExternCrate,
    MacroDefinition,
    MacroCall,
    /// Something that only a newer Rust knows.
    Unknown,
}

/// An item in two parts, with what a mark must know of it.
pub(crate) struct Item {
    /// Its outer attributes, as they stand.
    pub(crate) attribute_tokens: Vec<TokenTree>,
    /// Everything after them, as it stands.
    pub(crate) rest: Vec<TokenTree>,
    pub(crate) kind: ItemKind,
    /// `pub`, without a restriction.
    pub(crate) public: bool,
    pub(crate) is_async: bool,
    pub(crate) attributes: Attributes,
}

impl Item {
    /// Reads the tokens that an attribute macro was applied to.
    pub(crate) fn read(tokens: TokenStream) -> Self {
        let mut attribute_tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let rest = attribute_tokens.split_off(attributes_length(&attribute_tokens));
        let words = open_first_groups(&rest);
        // attributes inside an invisible group, where a `macro_rules!` variable holds the whole item
        let inner = attributes_length(&words);
        let groups = |tokens: &[TokenTree]| -> Vec<Group> {
            tokens
                .iter()
                .filter_map(|token| if let TokenTree::Group(group) = token { Some(group.clone()) } else { None })
                .collect()
        };
        let all: Vec<Group> =
            groups(&attribute_tokens).into_iter().chain(groups(words.get(..inner).unwrap_or_default())).collect();
        let head = Head::read(words.get(inner..).unwrap_or_default());
        Self {
            attributes: Attributes::of(all.iter()),
            attribute_tokens,
            rest,
            kind: head.kind,
            public: head.public,
            is_async: head.is_async,
        }
    }

    /// Whether a mark on this item may stand for what is inside it.
    pub(crate) fn is_container(&self) -> bool {
        matches!(self.kind, ItemKind::Impl | ItemKind::Trait | ItemKind::InlineModule | ItemKind::ExternBlock)
    }
}

/// The number of tokens that are outer attributes: `#` and `[…]`, over and over.
pub(crate) fn attributes_length(tokens: &[TokenTree]) -> usize {
    let attributes = tokens.chunks(2).take_while(|pair| match pair {
        [TokenTree::Punct(hash), TokenTree::Group(group)] => {
            hash.as_char() == '#' && group.delimiter() == Delimiter::Bracket
        }
        _ => false,
    });
    attributes.count() * 2
}

/// The tokens, with the invisible groups at the front opened: those of `$visibility`, or of a whole `$item`.
fn open_first_groups(tokens: &[TokenTree]) -> Vec<TokenTree> {
    let mut opened: Vec<TokenTree> = Vec::new();
    let mut pending: Vec<TokenTree> = tokens.iter().rev().cloned().collect();
    while let Some(token) = pending.pop() {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                pending.extend(inner.into_iter().rev());
            }
            token => opened.push(token),
        }
    }
    opened
}

/// What stands before the name of an item.
struct Head {
    kind: ItemKind,
    public: bool,
    is_async: bool,
}

impl Head {
    fn read(tokens: &[TokenTree]) -> Self {
        let mut head = Self { kind: ItemKind::Unknown, public: false, is_async: false };
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let next = tokens.get(at + 1);
            let TokenTree::Ident(word) = token else { break };
            let word = word.to_string();
            if is_punct(next, '!') && word != "impl" {
                let definition = word == "macro_rules";
                head.kind = if definition { ItemKind::MacroDefinition } else { ItemKind::MacroCall };
                break;
            }
            match word.as_str() {
                "pub" => {
                    let restricted = is_group(next, Delimiter::Parenthesis);
                    head.public = !restricted;
                    at += usize::from(restricted);
                }
                "async" => head.is_async = true,
                "unsafe" | "safe" | "default" | "auto" | "gen" => {}
                "const" if is_word(next, &["fn", "async", "unsafe", "extern", "trait"]) => {}
                "extern" => match after_abi(tokens, at + 1) {
                    Some(kind) => {
                        head.kind = kind;
                        break;
                    }
                    None => at += usize::from(matches!(next, Some(TokenTree::Literal(_)))),
                },
                keyword => {
                    head.kind = kind_of(keyword, tokens, at);
                    break;
                }
            }
            at += 1;
        }
        head
    }
}

/// What follows `extern`, if it makes an item by itself.
fn after_abi(tokens: &[TokenTree], at: usize) -> Option<ItemKind> {
    let at = at + usize::from(matches!(tokens.get(at), Some(TokenTree::Literal(_))));
    let next = tokens.get(at);
    if is_word(next, &["crate"]) {
        return Some(ItemKind::ExternCrate);
    }
    is_group(next, Delimiter::Brace).then_some(ItemKind::ExternBlock)
}

fn kind_of(keyword: &str, tokens: &[TokenTree], at: usize) -> ItemKind {
    match keyword {
        "fn" => ItemKind::Function,
        "impl" => ItemKind::Impl,
        "trait" => ItemKind::Trait,
        "mod" if is_punct(tokens.get(at + 2), ';') => ItemKind::FileModule,
        "mod" => ItemKind::InlineModule,
        "struct" => ItemKind::Struct,
        "enum" => ItemKind::Enum,
        "union" if matches!(tokens.get(at + 1), Some(TokenTree::Ident(_))) => ItemKind::Union,
        "const" => ItemKind::Const,
        "static" => ItemKind::Static,
        "use" => ItemKind::Use,
        "type" => ItemKind::TypeAlias,
        "macro" => ItemKind::MacroDefinition,
        _ if is_punct(tokens.get(at + 1), ':') && is_punct(tokens.get(at + 2), ':') => ItemKind::MacroCall,
        _ => ItemKind::Unknown,
    }
}

fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

fn is_group(token: Option<&TokenTree>, delimiter: Delimiter) -> bool {
    matches!(token, Some(TokenTree::Group(group)) if group.delimiter() == delimiter)
}

fn is_word(token: Option<&TokenTree>, words: &[&str]) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if words.iter().any(|word| ident == word))
}
