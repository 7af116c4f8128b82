//! Signatures and bodies.

use super::Converter;
use crate::syntax::facts::{Function, Name, Param, Path, Pos, Segment, Type};

impl Converter<'_> {
    pub(super) fn function(&self, sig: &syn::Signature, block: Option<&syn::Block>) -> Function {
        let mut receiver = None;
        let mut params = Vec::with_capacity(sig.inputs.len());
        for input in &sig.inputs {
            match input {
                syn::FnArg::Receiver(r) => receiver = Some(self.receiver(&r.kind)),
                syn::FnArg::Typed(p) => params.push(self.param(p)),
            }
        }
        let body = block.and_then(|block| {
            let span = &block.brace_token.span;
            self.skeleton.keeps(self.start(span.open())).then(|| self.inside(span))
        });
        Function {
            generics: self.generics(&sig.generics),
            receiver,
            params,
            ret: self.output(&sig.output, 0),
            is_async: sig.asyncness.is_some(),
            is_const: sig.constness.is_some(),
            is_unsafe: matches!(sig.safety, syn::Safety::Unsafe(_)),
            abi: sig.abi.as_ref().map(|abi| self.abi(abi)),
            variadic: sig.variadic.is_some(),
            has_body: block.is_some(),
            body,
        }
    }

    fn receiver(&self, kind: &syn::ReceiverKind) -> Type {
        let own = || Type::Path {
            qself: None,
            path: Path {
                global: false,
                segments: vec![Segment { name: Name::new_static("Self"), args: Vec::new(), call: None }],
            },
        };
        match kind {
            syn::ReceiverKind::Reference(_, lifetime, mutable) => Type::Ref {
                lifetime: lifetime.as_ref().map(|l| self.lifetime(l)),
                mutable: mutable.is_some(),
                ty: Box::new(own()),
            },
            syn::ReceiverKind::Typed(_, ty) => self.ty(ty),
            _ => own(),
        }
    }

    fn param(&self, param: &syn::PatType) -> Param {
        let (attributes, _) = self.attributes(&param.attrs);
        let binding = binding(&param.pat, 0);
        let pos = match binding {
            Some(ident) => self.pos(ident.span()),
            None => self.ty_start(&param.ty).map_or_else(Pos::default, |span| self.pos(span)),
        };
        Param {
            name: binding.map(|ident| self.name(ident)),
            ty: self.ty(&param.ty),
            attrs: attributes.attrs,
            condition: attributes.condition,
            pos,
        }
    }

    /// The ABI's name; `extern` alone is `C`.
    pub(super) fn abi(&self, abi: &syn::Abi) -> String {
        let Some(name) = &abi.name else { return "C".to_owned() };
        let text = self.positions.text(self.start(name.span()), self.end(name.span()));
        crate::syntax::facts::RawTokens::from(text).string().unwrap_or_else(|| text.to_owned())
    }
}

/// The single name that a pattern is or wraps.
fn binding(pat: &syn::Pat, depth: usize) -> Option<&proc_macro2::Ident> {
    if depth > 16 {
        return None;
    }
    match pat {
        syn::Pat::Ident(p) => Some(&p.ident),
        syn::Pat::Paren(p) => binding(&p.pat, depth + 1),
        syn::Pat::Reference(p) => binding(&p.pat, depth + 1),
        syn::Pat::Type(p) => binding(&p.pat, depth + 1),
        syn::Pat::TupleStruct(p) if p.elems.len() == 1 => p.elems.first().and_then(|pat| binding(pat, depth + 1)),
        _ => None,
    }
}
