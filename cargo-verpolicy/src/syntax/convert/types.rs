//! Types, bounds and generics.

use super::Converter;
use crate::syntax::facts::{Bound, FnPtr, GenericArg, GenericParam, Generics, Name, Path, Predicate, Segment, Type};
use crate::syntax::tokens::{MAX_TYPE_DEPTH, normal};
use proc_macro2::{Span, TokenStream};
use syn::punctuated::Punctuated;

impl Converter<'_> {
    pub(super) fn ty(&self, ty: &syn::Type) -> Type {
        self.type_at(ty, 0)
    }

    fn type_at(&self, ty: &syn::Type, depth: usize) -> Type {
        if depth >= MAX_TYPE_DEPTH {
            return Type::Other("…".to_owned());
        }
        let depth = depth + 1;
        let boxed = |ty: &syn::Type| Box::new(self.type_at(ty, depth));
        match ty {
            syn::Type::Path(t) => Type::Path {
                qself: t.qself.as_ref().map(|q| Box::new((self.type_at(&q.ty, depth), q.position))),
                path: self.path(&t.path, depth),
            },
            syn::Type::Reference(t) => Type::Ref {
                lifetime: t.lifetime.as_ref().map(|l| self.lifetime(l)),
                mutable: t.mutability.is_some(),
                ty: boxed(&t.elem),
            },
            syn::Type::Ptr(t) => {
                Type::Ptr { mutable: matches!(t.mutability, syn::PointerMutability::Mut(_)), ty: boxed(&t.elem) }
            }
            syn::Type::Slice(t) => Type::Slice(boxed(&t.elem)),
            syn::Type::Array(t) => {
                let (start, end) = (self.end(t.semi_token.span), self.start(t.bracket_token.span.close()));
                Type::Array(boxed(&t.elem), normal(self.positions.text(start, end)))
            }
            syn::Type::Tuple(t) => Type::Tuple(t.elems.iter().map(|t| self.type_at(t, depth)).collect()),
            syn::Type::Paren(t) => self.type_at(&t.elem, depth),
            syn::Type::Group(t) => self.type_at(&t.elem, depth),
            syn::Type::ImplTrait(t) => Type::Impl(self.bounds(&t.bounds, depth)),
            syn::Type::TraitObject(t) => Type::Dyn(self.bounds(&t.bounds, depth)),
            syn::Type::Never(_) => Type::Never,
            syn::Type::Infer(_) => Type::Infer,
            syn::Type::FnPtr(t) => Type::FnPtr(Box::new(FnPtr {
                lifetimes: self.for_lifetimes(t.lifetimes.as_ref()),
                is_unsafe: t.unsafety.is_some(),
                abi: t.abi.as_ref().map(|abi| self.abi(abi)),
                params: t.inputs.iter().map(|arg| self.type_at(&arg.ty, depth)).collect(),
                variadic: t.variadic.is_some(),
                ret: self.output(&t.output, depth),
            })),
            syn::Type::Macro(t) => {
                let start = t.mac.path.segments.first().map_or(0, |s| self.start(s.ident.span()));
                Type::Macro(normal(self.positions.text(start, self.end(t.mac.delimiter.span().close()))))
            }
            syn::Type::Verbatim(tokens) => Type::Other(self.tokens_text(tokens)),
            _ => Type::Other(String::new()),
        }
    }

    fn tokens_text(&self, tokens: &TokenStream) -> String {
        let mut range = None;
        for tree in tokens.clone() {
            let start = range.map_or_else(|| self.start(tree.span()), |(start, _)| start);
            range = Some((start, self.end(tree.span())));
        }
        range.map(|(start, end)| normal(self.positions.text(start, end))).unwrap_or_default()
    }

    /// Where a type begins, roughly: its first token that is at hand.
    pub(super) fn ty_start(&self, ty: &syn::Type) -> Option<Span> {
        Some(match ty {
            syn::Type::Path(t) => match (&t.qself, &t.path.leading_colon) {
                (Some(q), _) => q.lt_token.spans.first().copied()?,
                (None, Some(colon)) => colon.spans.first().copied()?,
                (None, None) => t.path.segments.first()?.ident.span(),
            },
            syn::Type::Reference(t) => t.and_token.spans.first().copied()?,
            syn::Type::Ptr(t) => t.star_token.spans.first().copied()?,
            syn::Type::Slice(t) => t.bracket_token.span.open(),
            syn::Type::Array(t) => t.bracket_token.span.open(),
            syn::Type::Tuple(t) => t.paren_token.span.open(),
            syn::Type::Paren(t) => t.paren_token.span.open(),
            syn::Type::ImplTrait(t) => t.impl_token.span,
            syn::Type::TraitObject(t) => t.dyn_token.as_ref()?.span,
            syn::Type::Never(t) => t.bang_token.spans.first().copied()?,
            syn::Type::Infer(t) => t.underscore_token.spans.first().copied()?,
            syn::Type::FnPtr(t) => t.fn_token.span,
            syn::Type::Macro(t) => t.mac.path.segments.first()?.ident.span(),
            _ => return None,
        })
    }

    /// `None` is `()`.
    pub(super) fn output(&self, output: &syn::ReturnType, depth: usize) -> Option<Type> {
        match output {
            syn::ReturnType::Default => None,
            syn::ReturnType::Type(_, ty) => Some(self.type_at(ty, depth)).filter(|ty| *ty != Type::Tuple(Vec::new())),
        }
    }

    pub(super) fn lifetime(&self, lifetime: &syn::Lifetime) -> Name {
        self.name(&lifetime.ident)
    }

    pub(super) fn path(&self, path: &syn::Path, depth: usize) -> Path {
        let segments = path.segments.iter().map(|segment| {
            let mut fact = Segment { name: self.name(&segment.ident), args: Vec::new(), call: None };
            match &segment.arguments {
                syn::PathArguments::None => {}
                syn::PathArguments::AngleBracketed(args) => {
                    fact.args = args.args.iter().map(|arg| self.generic_arg(arg, depth)).collect();
                }
                syn::PathArguments::Parenthesized(args) => {
                    let inputs = args.inputs.iter().map(|arg| self.type_at(&arg.ty, depth)).collect();
                    fact.call = Some(Box::new((inputs, self.output(&args.output, depth))));
                }
            }
            fact
        });
        Path { global: path.leading_colon.is_some(), segments: segments.collect() }
    }

    fn generic_arg(&self, arg: &syn::GenericArgument, depth: usize) -> GenericArg {
        match arg {
            syn::GenericArgument::Lifetime(l) => GenericArg::Lifetime(self.lifetime(l)),
            syn::GenericArgument::Type(ty) => GenericArg::Type(self.type_at(ty, depth)),
            syn::GenericArgument::Const(expr) => GenericArg::Const(self.constant(expr)),
            syn::GenericArgument::AssocType(a) => GenericArg::Assoc(self.name(&a.ident), self.type_at(&a.ty, depth)),
            syn::GenericArgument::AssocConst(a) => {
                GenericArg::Assoc(self.name(&a.ident), Type::Other(self.constant(&a.value)))
            }
            syn::GenericArgument::Constraint(c) => {
                GenericArg::Bounds(self.name(&c.ident), self.bounds(&c.bounds, depth))
            }
            _ => GenericArg::Const(String::new()),
        }
    }

    /// A const argument: a literal, `-` and a literal, a block, a name.
    fn constant(&self, expr: &syn::Expr) -> String {
        let range = match expr {
            syn::Expr::Lit(e) => (self.start(e.lit.span()), self.end(e.lit.span())),
            syn::Expr::Block(e) => {
                let span = &e.block.brace_token.span;
                (self.start(span.open()), self.end(span.close()))
            }
            syn::Expr::Unary(e) => {
                if let (syn::UnOp::Neg(minus), syn::Expr::Lit(inner)) = (&e.op, &*e.expr) {
                    let start = minus.spans.first().map_or(0, |span| self.start(*span));
                    (start, self.end(inner.lit.span()))
                } else {
                    return String::new();
                }
            }
            syn::Expr::Path(e) => {
                return e.path.segments.iter().map(|s| self.name(&s.ident)).collect::<Vec<_>>().join("::");
            }
            _ => return String::new(),
        };
        normal(self.positions.text(range.0, range.1))
    }

    pub(super) fn bounds(&self, bounds: &Punctuated<syn::TypeParamBound, syn::Token![+]>, depth: usize) -> Vec<Bound> {
        bounds.iter().filter_map(|bound| self.bound(bound, depth)).collect()
    }

    fn bound(&self, bound: &syn::TypeParamBound, depth: usize) -> Option<Bound> {
        Some(match bound {
            syn::TypeParamBound::Lifetime(l) => Bound::Lifetime(self.lifetime(l)),
            syn::TypeParamBound::Trait(t) => Bound::Trait {
                maybe: t.maybe.is_some(),
                lifetimes: self.for_lifetimes(t.lifetimes.as_ref()),
                path: self.path(&t.path, depth),
            },
            syn::TypeParamBound::PreciseCapture(c) => {
                let names = c.params.iter().filter_map(|param| match param {
                    syn::CapturedParam::Lifetime(l) => Some(self.lifetime(l)),
                    syn::CapturedParam::Ident(i) => Some(self.name(i)),
                    _ => None,
                });
                Bound::Use(names.collect())
            }
            // `~const Trait` and its kin: read from the text.
            syn::TypeParamBound::Verbatim(tokens) => {
                let raw = crate::syntax::facts::RawTokens::from(self.tokens_text(tokens).as_str());
                let tokens = raw.lex();
                crate::syntax::tokens::Cursor::new(&raw, &tokens).bounds()?.into_iter().next()?
            }
            _ => return None,
        })
    }

    fn for_lifetimes(&self, lifetimes: Option<&syn::BoundLifetimes>) -> Vec<Name> {
        let params = lifetimes.into_iter().flat_map(|l| l.lifetimes.iter());
        params
            .filter_map(|param| match param {
                syn::GenericParam::Lifetime(l) => Some(self.lifetime(&l.lifetime)),
                syn::GenericParam::Type(t) => Some(self.name(&t.ident)),
                _ => None,
            })
            .collect()
    }

    pub(super) fn generics(&self, generics: &syn::Generics) -> Generics {
        let params = generics.params.iter().map(|param| match param {
            syn::GenericParam::Lifetime(l) => GenericParam::Lifetime {
                name: self.lifetime(&l.lifetime),
                bounds: l.bounds.iter().map(|l| self.lifetime(l)).collect(),
            },
            syn::GenericParam::Type(t) => GenericParam::Type {
                name: self.name(&t.ident),
                bounds: self.bounds(&t.bounds, 0),
                default: t.default.as_ref().map(|(_, ty)| self.ty(ty)),
            },
            syn::GenericParam::Const(c) => GenericParam::Const {
                name: self.name(&c.ident),
                ty: self.ty(&c.ty),
                default: c.default.as_ref().map(|(_, expr)| self.constant(expr)),
            },
        });
        let predicates = generics.where_clause.iter().flat_map(|clause| clause.predicates.iter());
        Generics { params: params.collect(), predicates: predicates.filter_map(|p| self.predicate(p)).collect() }
    }

    fn predicate(&self, predicate: &syn::WherePredicate) -> Option<Predicate> {
        Some(match predicate {
            syn::WherePredicate::Lifetime(p) => Predicate::Lifetime {
                name: self.lifetime(&p.lifetime),
                bounds: p.bounds.iter().map(|l| self.lifetime(l)).collect(),
            },
            syn::WherePredicate::Type(p) => Predicate::Type {
                lifetimes: self.for_lifetimes(p.lifetimes.as_ref()),
                ty: self.ty(&p.bounded_ty),
                bounds: self.bounds(&p.bounds, 0),
            },
            _ => return None,
        })
    }
}
