//! Where a fragment ends. Generous where what may follow a fragment settles it anyway.

use super::rule::Fragment;
use super::tree::{LeafKind, Tree};
use crate::syntax::tokens::Delimiter;

/// How deep types may nest.
const MAX_DEPTH: u32 = 64;

/// How many trees a fragment of this kind takes at the beginning of `input`; `None` when it cannot begin here.
pub(super) fn extent(kind: Fragment, input: &[Tree]) -> Option<usize> {
    if kind == Fragment::Vis {
        return Some(visibility(input));
    }
    let first = input.first()?;
    if let Tree::Taken(inner) = first {
        let whole = match kind {
            Fragment::Tt | Fragment::Expr | Fragment::Stmt => kind == Fragment::Tt,
            Fragment::Ident | Fragment::Lifetime => return None,
            _ => extent(kind, inner) == Some(inner.len()),
        };
        if whole {
            return Some(1);
        }
    }
    let leaf_is = |wanted: LeafKind| first.leaf().is_some_and(|leaf| leaf.kind == wanted);
    match kind {
        Fragment::Tt => Some(glued(input).max(1)),
        Fragment::Ident => (leaf_is(LeafKind::Word) && first.word() != "_").then_some(1),
        Fragment::Lifetime => leaf_is(LeafKind::Lifetime).then_some(1),
        Fragment::Literal => literal(input),
        Fragment::Block => first.group(Delimiter::Brace).map(|_| 1),
        Fragment::Ty => Reader { input }.ty(0, 0),
        Fragment::Path => Reader { input }.path(0, 0),
        Fragment::Meta => meta(input),
        Fragment::Item => item(input),
        Fragment::Expr => begins_expression(input).then(|| expression(input)).filter(|length| *length > 0),
        Fragment::Stmt => item(input).or_else(|| Some(expression(input)).filter(|length| *length > 0)),
        Fragment::Pat | Fragment::PatParam => pattern(input, kind == Fragment::Pat),
        Fragment::Vis => None,
    }
}

/// How many leaves of punctuation make the one operator that stands here; 1 for any other leaf; 0 for no leaf.
pub(super) fn glued(input: &[Tree]) -> usize {
    const OPERATORS: &[&str] = &[
        "<<=", ">>=", "...", "..=", "::", "->", "=>", "==", "!=", "<=", ">=", "&&", "||", "+=", "-=", "*=", "/=", "%=",
        "^=", "&=", "|=", "<<", ">>", "..",
    ];
    match input.first() {
        Some(Tree::Leaf(_)) => {
            OPERATORS.iter().find(|operator| operator_at(input, 0, operator)).map_or(1, |operator| operator.len())
        }
        _ => 0,
    }
}

/// Do the leaves at `at` spell this operator, without space inside?
fn operator_at(input: &[Tree], at: usize, operator: &str) -> bool {
    operator.bytes().enumerate().all(|(n, byte)| match input.get(at + n).and_then(Tree::leaf).map(|leaf| leaf.kind) {
        Some(LeafKind::Punct(found, joint)) => found == byte && (joint || n + 1 == operator.len()),
        _ => false,
    })
}

fn punct_at(input: &[Tree], at: usize, byte: u8) -> bool {
    input.get(at).is_some_and(|tree| tree.is_punct(byte))
}

fn word_at(input: &[Tree], at: usize) -> &str {
    input.get(at).map_or("", Tree::word)
}

fn literal(input: &[Tree]) -> Option<usize> {
    let is_literal = |at: usize| input.get(at).and_then(Tree::leaf).is_some_and(|leaf| leaf.kind == LeafKind::Literal);
    match input.first()?.word() {
        "true" | "false" => Some(1),
        _ if is_literal(0) => Some(1),
        _ if punct_at(input, 0, b'-') && is_literal(1) => Some(2),
        _ => None,
    }
}

fn visibility(input: &[Tree]) -> usize {
    match input.first() {
        Some(Tree::Taken(inner)) => usize::from(!inner.is_empty() && visibility(inner) == inner.len()),
        Some(tree) if tree.word() == "pub" => {
            let restricted = input.get(1).and_then(|tree| tree.group(Delimiter::Paren)).is_some_and(|inner| {
                let alone = inner.len() == 1 && matches!(word_at(inner, 0), "crate" | "self" | "super");
                alone || word_at(inner, 0) == "in"
            });
            1 + usize::from(restricted)
        }
        _ => 0,
    }
}

fn meta(input: &[Tree]) -> Option<usize> {
    let mut at = simple_path(input, 0)?;
    match input.get(at) {
        Some(Tree::Group(..)) => at += 1,
        Some(_) if punct_at(input, at, b'=') && !operator_at(input, at, "=>") => {
            at += 1;
            at += Some(expression(input.get(at..)?)).filter(|length| *length > 0)?;
        }
        _ => {}
    }
    Some(at)
}

/// Behind `a::b` or `::a::b`.
fn simple_path(input: &[Tree], mut at: usize) -> Option<usize> {
    if operator_at(input, at, "::") {
        at += 2;
    }
    loop {
        if word_at(input, at).is_empty() {
            return None;
        }
        at += 1;
        if !operator_at(input, at, "::") || word_at(input, at + 2).is_empty() {
            return Some(at);
        }
        at += 2;
    }
}

fn item(input: &[Tree]) -> Option<usize> {
    let mut at = 0;
    while punct_at(input, at, b'#') && input.get(at + 1).is_some_and(|tree| tree.group(Delimiter::Bracket).is_some()) {
        at += 2;
    }
    if let Some(Tree::Taken(inner)) = input.get(at)
        && item(inner) == Some(inner.len())
    {
        return Some(at + 1);
    }
    at += visibility(input.get(at..)?);
    let next = word_at(input, at + 1);
    match word_at(input, at) {
        "use" | "static" | "type" => behind_semicolon(input, at),
        "const" if !matches!(next, "fn" | "unsafe" | "extern" | "async") => behind_semicolon(input, at),
        "extern" if next == "crate" => behind_semicolon(input, at),
        "struct" | "enum" | "fn" | "impl" | "trait" | "mod" | "unsafe" | "async" | "const" | "extern" => {
            behind_body(input, at)
        }
        "union" | "auto" | "default" | "safe" if !next.is_empty() => behind_body(input, at),
        _ => {
            at = simple_path(input, at)?;
            if !punct_at(input, at, b'!') {
                return None;
            }
            at += 1 + usize::from(!word_at(input, at + 1).is_empty());
            match input.get(at)? {
                Tree::Group(Delimiter::Brace, ..) => Some(at + 1),
                Tree::Group(..) if punct_at(input, at + 1, b';') => Some(at + 2),
                _ => None,
            }
        }
    }
}

fn behind_semicolon(input: &[Tree], from: usize) -> Option<usize> {
    (from..input.len()).find(|at| punct_at(input, *at, b';')).map(|at| at + 1)
}

fn behind_body(input: &[Tree], from: usize) -> Option<usize> {
    let ends = |at: &usize| {
        let braces = input.get(*at).is_some_and(|tree| tree.group(Delimiter::Brace).is_some());
        // `Name<{ N }>`
        let argument = at.checked_sub(1).is_some_and(|before| {
            [b'<', b',', b'='].into_iter().any(|byte| punct_at(input, before, byte)) && punct_at(input, at + 1, b'>')
        });
        punct_at(input, *at, b';') || (braces && !argument)
    };
    (from..input.len()).find(ends).map(|at| at + 1)
}

fn begins_expression(input: &[Tree]) -> bool {
    match input.first() {
        None => false,
        Some(Tree::Group(..) | Tree::Taken(_)) => true,
        Some(Tree::Leaf(leaf)) => match leaf.kind {
            LeafKind::Literal | LeafKind::Lifetime => true,
            LeafKind::Punct(byte, _) => {
                matches!(byte, b'-' | b'*' | b'!' | b'&' | b'|' | b'<' | b'#')
                    || operator_at(input, 0, "..")
                    || operator_at(input, 0, "::")
            }
            LeafKind::Word => !matches!(
                &*leaf.text,
                "as" | "dyn"
                    | "else"
                    | "enum"
                    | "extern"
                    | "fn"
                    | "impl"
                    | "in"
                    | "mod"
                    | "mut"
                    | "pub"
                    | "ref"
                    | "struct"
                    | "trait"
                    | "type"
                    | "use"
                    | "where"
            ),
        },
    }
}

/// How far an expression or statement goes: to the `,`, `;` or `=>` behind it.
fn expression(input: &[Tree]) -> usize {
    let reader = Reader { input };
    let mut at = 0;
    // An operand is to come: a `|` here begins a closure, a `<` a qualified path.
    let mut operand = true;
    while let Some(tree) = input.get(at) {
        if tree.is_punct(b',') || tree.is_punct(b';') || operator_at(input, at, "=>") {
            break;
        }
        if operand && tree.is_punct(b'|') {
            at += 1;
            while input.get(at).is_some_and(|tree| !tree.is_punct(b'|')) {
                at += 1;
            }
            at += 1;
            continue;
        }
        let generic = operator_at(input, at, "::") && punct_at(input, at + 2, b'<');
        if generic || (operand && tree.is_punct(b'<')) {
            let open = if generic { at + 2 } else { at };
            at = reader.angles(open).unwrap_or(open + 1);
            operand = false;
            continue;
        }
        if tree.word() == "as"
            && let Some(end) = reader.ty(at + 1, 0)
        {
            at = end;
            operand = false;
            continue;
        }
        operand = match tree {
            Tree::Leaf(leaf) => match leaf.kind {
                LeafKind::Punct(byte, _) => byte != b'?',
                LeafKind::Word => matches!(
                    &*leaf.text,
                    "async" | "await" | "break" | "else" | "if" | "in" | "match" | "move" | "return" | "while"
                ),
                _ => false,
            },
            _ => false,
        };
        at += 1;
    }
    at.min(input.len())
}

fn pattern(input: &[Tree], alternatives: bool) -> Option<usize> {
    let mut at = 0;
    while let Some(tree) = input.get(at) {
        if operator_at(input, at, "..=") {
            at += 3;
            continue;
        }
        let ends = tree.is_punct(b',') || tree.is_punct(b'=') || tree.is_punct(b';');
        let word = matches!(tree.word(), "if" | "in");
        if ends || word || (!alternatives && tree.is_punct(b'|')) {
            break;
        }
        at += 1;
    }
    (at > 0).then_some(at)
}

/// Reads types.
#[derive(Clone, Copy)]
struct Reader<'t> {
    input: &'t [Tree],
}

impl Reader<'_> {
    fn word(self, at: usize) -> &'static str {
        // Only keywords are asked for.
        match word_at(self.input, at) {
            "mut" => "mut",
            "const" => "const",
            "dyn" => "dyn",
            "impl" => "impl",
            "for" => "for",
            "unsafe" => "unsafe",
            "extern" => "extern",
            "fn" => "fn",
            "_" => "_",
            "" => "",
            "as" | "async" | "enum" | "else" | "if" | "in" | "let" | "match" | "mod" | "move" | "pub" | "ref"
            | "return" | "static" | "struct" | "trait" | "type" | "use" | "where" | "while" | "loop" | "break"
            | "continue" | "true" | "false" => "keyword",
            _ => "name",
        }
    }

    /// Behind the type at `at`.
    fn ty(self, at: usize, depth: u32) -> Option<usize> {
        if depth > MAX_DEPTH {
            return None;
        }
        let tree = self.input.get(at)?;
        let one = match tree {
            Tree::Group(Delimiter::Paren | Delimiter::Bracket, ..) => Some(at + 1),
            Tree::Group(..) => return None,
            Tree::Taken(_) => return self.path_behind(at + 1, depth),
            Tree::Leaf(_) if tree.is_punct(b'!') => Some(at + 1),
            Tree::Leaf(_) => None,
        };
        if one.is_some() {
            return one;
        }
        if tree.is_punct(b'&') {
            let mut next = at + 1;
            let lifetime = |at: usize| self.is_lifetime(at);
            next += usize::from(lifetime(next));
            next += usize::from(self.word(next) == "mut");
            return self.ty(next, depth + 1);
        }
        if tree.is_punct(b'*') {
            return matches!(self.word(at + 1), "mut" | "const").then(|| self.ty(at + 2, depth + 1)).flatten();
        }
        match self.word(at) {
            "_" => Some(at + 1),
            "dyn" | "impl" => self.bounds(at + 1, depth + 1),
            "for" => self.ty(self.angles(at + 1)?, depth + 1),
            "unsafe" => self.ty(at + 1, depth + 1),
            "extern" => {
                let abi = self.input.get(at + 1)?.leaf()?.kind == LeafKind::Literal;
                self.ty(at + 1 + usize::from(abi), depth + 1)
            }
            "fn" => {
                self.input.get(at + 1)?.group(Delimiter::Paren)?;
                self.returned(at + 2, depth)
            }
            _ => {
                let end = self.path(at, depth)?;
                // A macro that makes a type.
                if punct_at(self.input, end, b'!') && matches!(self.input.get(end + 1), Some(Tree::Group(..))) {
                    return Some(end + 2);
                }
                match punct_at(self.input, end, b'+') && !operator_at(self.input, end, "+=") {
                    true => self.bounds(end + 1, depth + 1),
                    false => Some(end),
                }
            }
        }
    }

    fn returned(self, at: usize, depth: u32) -> Option<usize> {
        match operator_at(self.input, at, "->") {
            true => self.ty(at + 2, depth + 1),
            false => Some(at),
        }
    }

    fn is_lifetime(self, at: usize) -> bool {
        self.input.get(at).and_then(Tree::leaf).is_some_and(|leaf| leaf.kind == LeafKind::Lifetime)
    }

    fn bounds(self, mut at: usize, depth: u32) -> Option<usize> {
        loop {
            at = self.bound(at, depth)?;
            if !punct_at(self.input, at, b'+') {
                return Some(at);
            }
            at += 1;
        }
    }

    fn bound(self, mut at: usize, depth: u32) -> Option<usize> {
        if self.is_lifetime(at) {
            return Some(at + 1);
        }
        at += usize::from(punct_at(self.input, at, b'?'));
        match (self.word(at), self.input.get(at)?) {
            ("for", _) => self.bound(self.angles(at + 1)?, depth),
            (_, Tree::Group(Delimiter::Paren, ..)) => Some(at + 1),
            (_, Tree::Taken(_)) => Some(at + 1),
            _ => self.path(at, depth),
        }
    }

    /// Behind the path at `at`, with its generic arguments.
    fn path(self, mut at: usize, depth: u32) -> Option<usize> {
        if punct_at(self.input, at, b'<') {
            at = self.angles(at)?;
            return operator_at(self.input, at, "::").then(|| self.path_behind(at, depth)).flatten();
        }
        if operator_at(self.input, at, "::") {
            at += 2;
        }
        match (self.word(at), self.input.get(at)) {
            ("name", _) | (_, Some(Tree::Taken(_))) => self.path_behind(at + 1, depth),
            _ => None,
        }
    }

    /// The rest of a path behind one of its names.
    fn path_behind(self, mut at: usize, depth: u32) -> Option<usize> {
        loop {
            let arguments =
                if operator_at(self.input, at, "::") && punct_at(self.input, at + 2, b'<') { at + 2 } else { at };
            if punct_at(self.input, arguments, b'<') {
                at = self.angles(arguments)?;
            } else if let Some(Tree::Group(Delimiter::Paren, ..)) = self.input.get(at)
                && matches!(
                    at.checked_sub(1).map(|before| word_at(self.input, before)),
                    Some("Fn" | "FnMut" | "FnOnce" | "AsyncFn")
                )
            {
                at = self.returned(at + 1, depth)?;
            }
            if !operator_at(self.input, at, "::") || self.word(at + 2) != "name" {
                return Some(at);
            }
            at += 3;
        }
    }

    /// Behind the `>` of the `<` at `at`.
    fn angles(self, at: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for (n, tree) in self.input.iter().enumerate().skip(at) {
            if tree.is_punct(b'<') {
                depth += 1;
            } else if tree.is_punct(b'>') {
                let arrow = n > 0 && (operator_at(self.input, n - 1, "->") || operator_at(self.input, n - 1, "=>"));
                if !arrow {
                    depth = depth.checked_sub(1)?;
                }
                if depth == 0 {
                    return Some(n + 1);
                }
            } else if depth == 0 || tree.is_punct(b';') {
                return None;
            }
        }
        None
    }
}
