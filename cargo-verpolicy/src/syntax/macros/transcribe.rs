//! What an arm makes: its transcriber with the variables filled in, as text that knows its places.

use super::Unexpanded;
use super::matching::{Binding, Bindings};
use super::rule::{Fragment, Node, Repeat};
use super::tree::{Leaf, LeafKind, Tree};
use crate::syntax::facts::{Name, Pos, RawTokens};
use crate::syntax::text::{Made, MadePlace, Text};
use crate::syntax::tokens::Delimiter;

/// Text that is being made.
pub(super) struct Out {
    text: String,
    made: Made,
    /// The last token joins a punctuation that follows.
    joint: bool,
    limit: usize,
    steps: u32,
}

impl Out {
    pub(super) fn new(limit: usize, steps: u32) -> Self {
        Self { text: String::new(), made: Made::default(), joint: false, limit, steps }
    }

    pub(super) fn finish(self, pos: Pos) -> RawTokens {
        RawTokens { text: Text::made(self.text, self.made), pos }
    }

    fn offset(&self) -> u32 {
        super::offset(self.text.len())
    }

    /// Writes a token; `at` is where it counts as standing when it is the macro's own.
    pub(super) fn leaf(&mut self, leaf: &Leaf, at: Option<Pos>) {
        let punct = matches!(leaf.kind, LeafKind::Punct(..));
        self.token(&leaf.text, at.unwrap_or(leaf.pos), at.is_some(), punct && self.joint);
        self.joint = leaf.is_joint();
    }

    /// Writes text as a token.
    pub(super) fn token(&mut self, text: &str, pos: Pos, fixed: bool, glued: bool) {
        if !self.text.is_empty() && !glued {
            self.text.push(' ');
        }
        let offset = self.offset();
        match self.made.places.last() {
            Some(last) if fixed && last.fixed && last.pos == pos => {}
            _ => self.made.places.push(MadePlace { offset, pos, fixed }),
        }
        self.text.push_str(text);
        self.joint = false;
    }

    pub(super) fn open(&mut self, delimiter: Delimiter, pos: Pos, fixed: bool) {
        let text = match delimiter {
            Delimiter::Paren => "(",
            Delimiter::Bracket => "[",
            Delimiter::Brace => "{",
        };
        self.token(text, pos, fixed, false);
    }

    pub(super) fn close(&mut self, delimiter: Delimiter, pos: Pos, fixed: bool) {
        let text = match delimiter {
            Delimiter::Paren => ")",
            Delimiter::Bracket => "]",
            Delimiter::Brace => "}",
        };
        self.token(text, pos, fixed, false);
    }

    /// Writes trees of the call as they are.
    pub(super) fn trees(&mut self, trees: &[Tree]) {
        for tree in trees {
            match tree {
                Tree::Leaf(leaf) => self.leaf(leaf, None),
                Tree::Group(delimiter, inner, pos) => {
                    self.open(*delimiter, *pos, false);
                    self.trees(inner);
                    self.close(*delimiter, *pos, true);
                }
                Tree::Taken(inner) => self.taken(inner),
            }
        }
    }

    /// Writes trees that count as one from now on.
    fn taken(&mut self, trees: &[Tree]) {
        if trees.is_empty() {
            return;
        }
        let index = self.made.taken.len();
        let space = u32::from(!self.text.is_empty());
        self.made.taken.push((self.offset() + space, 0));
        self.joint = false;
        self.trees(trees);
        self.joint = false;
        let end = self.offset();
        if let Some(taken) = self.made.taken.get_mut(index) {
            taken.1 = end;
        }
    }

    fn step(&mut self) -> Result<(), Unexpanded> {
        self.steps = self.steps.checked_sub(1).ok_or(Unexpanded::TooMuch)?;
        if self.text.len() > self.limit { Err(Unexpanded::TooMuch) } else { Ok(()) }
    }
}

/// Writes what the nodes of a transcriber make. `krate` stands for `$crate`, `at` is the place of the macro's own tokens.
pub(super) fn transcribe(
    nodes: &[Node],
    bindings: &Bindings<'_>,
    (krate, at): (&str, Pos),
    out: &mut Out,
) -> Result<(), Unexpanded> {
    Transcriber { bindings, krate, at, rounds: Vec::new(), out }.nodes(nodes)
}

struct Transcriber<'a, 'o> {
    bindings: &'a Bindings<'a>,
    krate: &'a str,
    at: Pos,
    /// In which round of each repetition around this place.
    rounds: Vec<usize>,
    out: &'o mut Out,
}

impl<'a> Transcriber<'a, '_> {
    fn nodes(&mut self, nodes: &[Node]) -> Result<(), Unexpanded> {
        for (index, node) in nodes.iter().enumerate() {
            self.out.step()?;
            match node {
                Node::Leaf(leaf) => self.out.leaf(leaf, Some(self.at)),
                Node::Group(delimiter, inner) => {
                    self.out.open(*delimiter, self.at, true);
                    self.nodes(inner)?;
                    self.out.close(*delimiter, self.at, true);
                }
                Node::Crate => self.out.token(self.krate, self.at, true, false),
                Node::Variable(name) => {
                    let before = index.checked_sub(1).and_then(|before| nodes.get(before));
                    self.variable(name, operates(before, false) || operates(nodes.get(index + 1), true))?;
                }
                Node::Repeat(repeat) => self.repeat(repeat)?,
                Node::Fragment(..) => return Err(Unexpanded::Unknown),
            }
        }
        Ok(())
    }

    fn variable(&mut self, name: &Name, operand: bool) -> Result<(), Unexpanded> {
        let Some(Binding::One(kind, trees)) = self.binding(name) else { return Err(Unexpanded::Unknown) };
        let (kind, trees) = (*kind, *trees);
        match kind {
            Fragment::Ident | Fragment::Lifetime | Fragment::Tt => self.out.trees(trees),
            Fragment::Expr if operand && trees.len() > 1 => {
                self.out.open(Delimiter::Paren, self.at, true);
                self.out.taken(trees);
                self.out.close(Delimiter::Paren, self.at, true);
            }
            _ => match trees {
                // What another macro took is one already.
                [Tree::Taken(inner)] => self.out.taken(inner),
                trees => self.out.taken(trees),
            },
        }
        Ok(())
    }

    /// What a name stands for in this round.
    fn binding(&self, name: &Name) -> Option<&'a Binding<'a>> {
        let mut found = self.bindings.get(name)?;
        for round in &self.rounds {
            match found {
                Binding::Many(each) => found = each.get(*round)?,
                Binding::One(..) => break,
            }
        }
        Some(found)
    }

    fn repeat(&mut self, repeat: &Repeat) -> Result<(), Unexpanded> {
        let mut count = None;
        for name in &repeat.names {
            if let Some(Binding::Many(each)) = self.binding(name) {
                if count.is_some_and(|count| count != each.len()) {
                    return Err(Unexpanded::Unknown);
                }
                count = Some(each.len());
            }
        }
        for round in 0..count.ok_or(Unexpanded::Unknown)? {
            self.out.step()?;
            if round > 0 {
                for leaf in &repeat.separator {
                    self.out.leaf(leaf, Some(self.at));
                }
            }
            self.rounds.push(round);
            let done = self.nodes(&repeat.nodes);
            self.rounds.pop();
            done?;
        }
        Ok(())
    }
}

/// Does this neighbour of an expression bind stronger than what may stand in it?
fn operates(node: Option<&Node>, behind: bool) -> bool {
    let Some(Node::Leaf(leaf)) = node else { return false };
    match leaf.kind {
        LeafKind::Word => behind && &*leaf.text == "as",
        LeafKind::Punct(byte, _) => {
            let both = matches!(byte, b'+' | b'-' | b'*' | b'/' | b'%' | b'^' | b'&' | b'|');
            both || (behind && matches!(byte, b'<' | b'>' | b'.' | b'?')) || (!behind && byte == b'!')
        }
        _ => false,
    }
}
