//! The arms of a definition: what they match and what they make.

use super::tree::{Leaf, LeafKind, Tree};
use crate::syntax::facts::Name;
use crate::syntax::tokens::Delimiter;
use std::collections::BTreeSet;

/// One arm.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) matcher: Vec<Node>,
    /// `None` when it holds something that is not followed.
    pub(super) transcriber: Option<Vec<Node>>,
}

/// A part of a matcher or of a transcriber.
#[derive(Debug)]
pub(super) enum Node {
    /// A token that stands for itself.
    Leaf(Leaf),
    /// A group.
    Group(Delimiter, Vec<Node>),
    /// `$name:kind`, in a matcher.
    Fragment(Name, Fragment),
    /// `$name`, in a transcriber.
    Variable(Name),
    /// `$crate`
    Crate,
    /// `$(…),*`
    Repeat(Box<Repeat>),
}

/// A repetition.
#[derive(Debug)]
pub(super) struct Repeat {
    pub(super) nodes: Vec<Node>,
    pub(super) separator: Vec<Leaf>,
    /// `+`
    pub(super) at_least_one: bool,
    /// `?`
    pub(super) at_most_one: bool,
    /// The fragments or variables inside.
    pub(super) names: Vec<Name>,
}

/// What a fragment takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fragment {
    Block,
    Expr,
    Ident,
    Item,
    Lifetime,
    Literal,
    Meta,
    Pat,
    PatParam,
    Path,
    Stmt,
    Tt,
    Ty,
    Vis,
}

impl Fragment {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "block" => Self::Block,
            "expr" | "expr_2021" => Self::Expr,
            "ident" => Self::Ident,
            "item" => Self::Item,
            "lifetime" => Self::Lifetime,
            "literal" => Self::Literal,
            "meta" => Self::Meta,
            "pat" => Self::Pat,
            "pat_param" => Self::PatParam,
            "path" => Self::Path,
            "stmt" => Self::Stmt,
            "tt" => Self::Tt,
            "ty" => Self::Ty,
            "vis" => Self::Vis,
            _ => return None,
        })
    }
}

/// The arms: `(matcher) => { transcriber };` and so on.
pub(super) fn rules(trees: &[Tree]) -> Option<Vec<Rule>> {
    let mut out = Vec::new();
    let mut rest = trees;
    while let Some((Tree::Group(_, matcher, _), behind)) = rest.split_first() {
        let [equals, greater, Tree::Group(_, transcriber, _), behind @ ..] = behind else { return None };
        if !equals.is_punct(b'=') || !greater.is_punct(b'>') {
            return None;
        }
        let mut bound = BTreeSet::new();
        let matcher = nodes(matcher, None, &mut bound)?;
        let transcriber = nodes(transcriber, Some(&bound), &mut BTreeSet::new());
        out.push(Rule { matcher, transcriber });
        rest = match behind.split_first() {
            Some((semicolon, behind)) if semicolon.is_punct(b';') => behind,
            _ => behind,
        };
    }
    rest.is_empty().then_some(out)
}

/// The parts of a matcher (`bound` is `None`) or of a transcriber, whose variables are those in `bound`. Names that
/// stand in it are added to `met`.
fn nodes(trees: &[Tree], bound: Option<&BTreeSet<Name>>, met: &mut BTreeSet<Name>) -> Option<Vec<Node>> {
    let mut out = Vec::with_capacity(trees.len());
    let mut at = 0;
    while let Some(tree) = trees.get(at) {
        at += 1;
        match tree {
            Tree::Leaf(leaf) if leaf.is_punct(b'$') => {
                let (node, used) = dollar(leaf, trees.get(at..).unwrap_or_default(), bound, met)?;
                out.push(node);
                at += used;
            }
            Tree::Leaf(leaf) => out.push(Node::Leaf(leaf.clone())),
            Tree::Group(delimiter, inner, _) => out.push(Node::Group(*delimiter, nodes(inner, bound, met)?)),
            Tree::Taken(inner) => out.extend(nodes(inner, bound, met)?),
        }
    }
    Some(out)
}

/// What a `$` begins, and how many trees behind it belong to it.
fn dollar(
    leaf: &Leaf,
    behind: &[Tree],
    bound: Option<&BTreeSet<Name>>,
    met: &mut BTreeSet<Name>,
) -> Option<(Node, usize)> {
    let Some(next) = behind.first() else { return Some((Node::Leaf(leaf.clone()), 0)) };
    match next {
        Tree::Group(Delimiter::Paren, inner, _) => repeat(inner, behind, bound, met),
        // `${count(x)}` and its like.
        Tree::Group(Delimiter::Brace, ..) => None,
        _ if next.is_punct(b'$') => Some((Node::Leaf(leaf.clone()), 1)),
        _ if next.word() == "crate" => Some((Node::Crate, 1)),
        _ if next.word().is_empty() => Some((Node::Leaf(leaf.clone()), 0)),
        _ => {
            let name = Name::new(next.word());
            match bound {
                Some(bound) if bound.contains(&name) => {
                    met.insert(name.clone());
                    Some((Node::Variable(name), 1))
                }
                // Of a macro that this one defines.
                Some(_) => Some((Node::Leaf(leaf.clone()), 0)),
                None => {
                    let [_, colon, kind, ..] = behind else { return None };
                    if !colon.is_punct(b':') {
                        return None;
                    }
                    met.insert(name.clone());
                    Some((Node::Fragment(name, Fragment::of(kind.word())?), 3))
                }
            }
        }
    }
}

fn repeat(
    inner: &[Tree],
    behind: &[Tree],
    bound: Option<&BTreeSet<Name>>,
    met: &mut BTreeSet<Name>,
) -> Option<(Node, usize)> {
    let mut names = BTreeSet::new();
    let nodes = nodes(inner, bound, &mut names)?;
    met.extend(names.iter().cloned());
    let operator = |at: usize| match behind.get(at)?.leaf()?.kind {
        LeafKind::Punct(byte @ (b'*' | b'+' | b'?'), _) => Some(byte),
        _ => None,
    };
    let mut used = 1;
    let mut separator = Vec::new();
    if operator(used).is_none() {
        for _ in 0..super::fragment::glued(behind.get(used..).unwrap_or_default()) {
            separator.push(behind.get(used)?.leaf()?.clone());
            used += 1;
        }
    }
    let kind = operator(used)?;
    let repeat = Repeat {
        nodes,
        separator,
        at_least_one: kind == b'+',
        at_most_one: kind == b'?',
        names: names.into_iter().collect(),
    };
    Some((Node::Repeat(Box::new(repeat)), used + 1))
}
