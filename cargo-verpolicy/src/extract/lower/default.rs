//! What a missing input means: a value as canonical JSON text, or a hash of the code that computes it.

use super::attributes::{self, DefaultFrom, FieldAttrs};
use super::definition::Owner;
use super::enums;
use super::foreign::{Known, known};
use super::literal::{self, Expression};
use super::reading::How;
use super::{At, Lowering, hash, presence, type_name};
use crate::extract::crates::{DefId, Scope, Ty};
use crate::model::{Default, Direction, Reader, Repr};
use crate::syntax::facts::{FieldFact, Fields, Item, ItemKind, RawTokens, VariantFact};
use crate::syntax::tokens::Delimiter;

/// Values are nested at most this deep.
const MAX_DEPTH: u32 = 16;

/// A value as JSON text, or what decides it.
pub(super) type Computed = Result<String, u64>;

impl<'a> Lowering<'a> {
    /// The default of a field, its own or its container's; `None` is neither.
    pub(super) fn default_of_field(
        &self,
        owner: &Owner<'a>,
        fact: &FieldFact,
        attrs: &FieldAttrs,
        ty: &Ty,
        at: At,
    ) -> Option<Default> {
        let computed = match (&attrs.default, &owner.container.default) {
            (Some(own), _) => self.computed(owner, own, ty, at),
            (None, Some(DefaultFrom::Trait)) => self.of_container(owner, fact, ty, at),
            (None, Some(DefaultFrom::Function(path))) => match self.function(owner, path) {
                Some(function) => self.member_of_body(owner, function, fact, ty, at),
                None => Err(hash::mix(hash::hash([path.normal().as_str()]), hash::hash([fact.name.as_str()]))),
            },
            (None, Some(DefaultFrom::Expression(text))) => {
                Err(hash::mix(hash::hash([text.normal().as_str()]), hash::hash([fact.name.as_str()])))
            }
            (None, None) => return None,
        };
        Some(match computed {
            Ok(value) if value == "null" => Default::None,
            Ok(value) => Default::Value(value),
            Err(tokens) => Default::Opaque(tokens),
        })
    }

    /// What a function gives as a value of `ty`: `path` as it is seen from `scope`.
    pub(crate) fn default_of_function(&self, scope: &Scope, path: &RawTokens, ty: &Ty) -> Default {
        let found = path.path().and_then(|path| self.crates.value_item(scope, &path));
        let Some((item, inner)) = found else { return Default::Opaque(hash::hash([path.normal().as_str()])) };
        let at = self.at(Direction::Input, Reader::Json, super::at::Spot::Top);
        let value = match &item.kind {
            ItemKind::Fn(fact) => fact.body.as_ref().and_then(|body| {
                let code = Expression { tokens: body, module: inner.module, at, depth: MAX_DEPTH };
                literal::value(self, &code, ty)
            }),
            _ => None,
        };
        match value {
            Some(value) if value == "null" => Default::None,
            Some(value) => Default::Value(value),
            None => Default::Opaque(self.crates.code(item, inner.module)),
        }
    }

    fn computed(&self, owner: &Owner<'a>, from: &DefaultFrom, ty: &Ty, at: At) -> Computed {
        match from {
            DefaultFrom::Trait => self.of_trait(ty, at, MAX_DEPTH),
            DefaultFrom::Expression(text) => {
                let code = Expression { tokens: text, module: owner.item.module, at, depth: MAX_DEPTH };
                literal::value(self, &code, ty).ok_or_else(|| hash::hash([text.normal().as_str()]))
            }
            DefaultFrom::Function(path) => {
                let text = path.normal();
                let last = text.rsplit("::").next().unwrap_or(&text).trim().to_owned();
                if let Some(function) = self.function(owner, path) {
                    let ItemKind::Fn(fact) = &function.0.kind else {
                        return Err(self.crates.content(function.0, function.1));
                    };
                    let value = fact.body.as_ref().and_then(|body| {
                        let code = Expression { tokens: body, module: function.1, at, depth: MAX_DEPTH };
                        literal::value(self, &code, ty)
                    });
                    return value.ok_or_else(|| self.crates.code(function.0, function.1));
                }
                if last == "default" || last == "new" {
                    return self.of_trait(ty, at, MAX_DEPTH);
                }
                Err(hash::hash([text.as_str()]))
            }
        }
    }

    /// A function of this side by its path as written.
    fn function(&self, owner: &Owner<'a>, path: &RawTokens) -> Option<(&'a Item, crate::extract::crates::ModuleId)> {
        let crates = self.crates;
        let path = path.path()?;
        let (item, scope) = crates.value_item(&owner.scope, &path)?;
        matches!(item.kind, ItemKind::Fn(_)).then_some((item, scope.module))
    }

    /// What `Default::default()` of the container gives this field.
    fn of_container(&self, owner: &Owner<'a>, fact: &FieldFact, ty: &Ty, at: At) -> Computed {
        if self.derives_default(owner) {
            return self.of_trait(ty, at, MAX_DEPTH);
        }
        match self.default_function(owner.def) {
            Some(function) => self.member_of_body(owner, function, fact, ty, at),
            None => Err(hash::hash([owner.item.item.name.as_str(), fact.name.as_str()])),
        }
    }

    /// What a function that ends in a struct literal gives this field.
    fn member_of_body(
        &self,
        _owner: &Owner<'a>,
        function: (&Item, crate::extract::crates::ModuleId),
        fact: &FieldFact,
        ty: &Ty,
        at: At,
    ) -> Computed {
        let (item, module) = function;
        let opaque = hash::mix(self.crates.code(item, module), hash::hash([fact.name.as_str()]));
        let ItemKind::Fn(code) = &item.kind else { return Err(opaque) };
        let Some(body) = &code.body else { return Err(opaque) };
        let Some(part) = member_expression(body, &fact.name) else { return Err(opaque) };
        let code = Expression { tokens: &part, module, at, depth: MAX_DEPTH };
        literal::value(self, &code, ty).ok_or_else(|| hash::hash([part.normal().as_str()]))
    }

    fn derives_default(&self, owner: &Owner<'_>) -> bool {
        self.derives(owner.def, owner.item).iter().any(|path| path == "Default" || path.ends_with("::Default"))
    }

    /// `fn default` of a hand-written impl.
    fn default_function(&self, def: DefId) -> Option<(&'a Item, crate::extract::crates::ModuleId)> {
        let crates = self.crates;
        let (code, module) = crates.impls_of(def, "std::default::Default").into_iter().next()?;
        let ItemKind::Impl(fact) = &code.kind else { return None };
        fact.items.iter().find(|item| item.name == "default").map(|item| (item, module))
    }

    /// `Default::default()` of a type.
    pub(super) fn of_trait(&self, ty: &Ty, at: At, depth: u32) -> Computed {
        let core = presence::core(ty);
        let name = || hash::hash([type_name(self.crates, core).as_str()]);
        let Some(depth) = depth.checked_sub(1) else { return Err(name()) };
        match core {
            Ty::Primitive(primitive) => Ok(match primitive.as_str() {
                "bool" => "false".to_owned(),
                "f32" | "f64" => "0.0".to_owned(),
                "str" => "\"\"".to_owned(),
                "char" => "\"\\u0000\"".to_owned(),
                _ => "0".to_owned(),
            }),
            Ty::Tuple(items) if items.is_empty() => Ok("null".to_owned()),
            Ty::Tuple(items) => {
                let items: Result<Vec<String>, u64> = items.iter().map(|ty| self.of_trait(ty, at, depth)).collect();
                Ok(format!("[{}]", items?.join(",")))
            }
            Ty::Slice(_) => Ok("[]".to_owned()),
            Ty::Array(item, Some(length)) if *length <= 32 => {
                let item = self.of_trait(item, at, depth)?;
                let items: Vec<&str> = (0..*length).map(|_| item.as_str()).collect();
                Ok(format!("[{}]", items.join(",")))
            }
            Ty::Foreign(path, args) => match (known(path), self.crates.source_of(path, args)) {
                (None, Some(own)) => self.of_trait(&own, at, depth),
                (row, _) => row.and_then(|row| foreign_default(row, args)).ok_or_else(name),
            },
            Ty::Def(def, args) => match self.owner(*def, args, at) {
                Some(owner) => self.of_definition(&owner, at, depth),
                None => Err(name()),
            },
            _ => Err(name()),
        }
    }

    fn of_definition(&self, owner: &Owner<'a>, at: At, depth: u32) -> Computed {
        if !self.derives_default(owner) {
            let opaque = hash::hash([owner.item.item.name.as_str(), "Default"]);
            let Some((item, module)) = self.default_function(owner.def) else { return Err(opaque) };
            let ItemKind::Fn(fact) = &item.kind else { return Err(self.crates.content(item, module)) };
            let itself = Ty::Def(owner.def, owner.scope.params.values().cloned().collect());
            let value = fact.body.as_ref().and_then(|body| {
                let code = Expression { tokens: body, module, at, depth };
                literal::value(self, &code, &itself)
            });
            return value.ok_or_else(|| self.crates.code(item, module));
        }
        match &owner.item.item.kind {
            ItemKind::Struct { fields, .. } => {
                let opaque = matches!(owner.how, How::Opaque(..)) || owner.container.by_way_of.is_some();
                if opaque {
                    return Err(self.crates.content(owner.item.item, owner.item.module));
                }
                self.of_fields(owner, fields, at, depth)
            }
            ItemKind::Enum { variants, .. } => {
                let chosen = variants.iter().find(|variant| {
                    variant.attrs.iter().any(|attr| matches!(attr.path.as_slice(), [name] if name == "default"))
                });
                chosen
                    .and_then(|variant| self.unit_variant(owner, variant, at))
                    .ok_or(self.crates.content(owner.item.item, owner.item.module))
            }
            _ => Err(self.crates.content(owner.item.item, owner.item.module)),
        }
    }

    fn of_fields(&self, owner: &Owner<'a>, fields: &Fields, at: At, depth: u32) -> Computed {
        let value = |field: &FieldFact| self.of_trait(&self.crates.ty(&owner.scope, &field.ty), at, depth);
        match fields {
            Fields::Unit => Ok("null".to_owned()),
            Fields::Tuple(fields) => {
                let values: Result<Vec<String>, u64> = fields.iter().map(value).collect();
                let values = values?;
                match values.as_slice() {
                    [one] => Ok(one.clone()),
                    values => Ok(format!("[{}]", values.join(","))),
                }
            }
            Fields::Named(fields) => {
                let mut rows = Vec::new();
                for field in fields {
                    let attrs = attributes::field(&field.attrs, &owner.how, at.direction);
                    if attrs.skip {
                        continue;
                    }
                    let case = owner.container.rename_all;
                    let wire = attrs
                        .rename
                        .unwrap_or_else(|| case.map_or_else(|| field.name.to_string(), |case| case.field(&field.name)));
                    rows.push(format!("{}:{}", literal::quoted(&wire), value(field)?));
                }
                rows.sort();
                Ok(format!("{{{}}}", rows.join(",")))
            }
        }
    }

    /// A unit variant as JSON text.
    pub(super) fn unit_variant(&self, owner: &Owner<'_>, variant: &VariantFact, at: At) -> Option<String> {
        if !matches!(variant.fields, Fields::Unit) {
            return None;
        }
        let attrs = attributes::field(&variant.attrs, &owner.how, at.direction);
        let case = owner.container.rename_all;
        let wire = attrs
            .rename
            .unwrap_or_else(|| case.map_or_else(|| variant.name.to_string(), |case| case.variant(&variant.name)));
        match enums::repr(owner) {
            Repr::External => Some(literal::quoted(&wire)),
            Repr::Internal { tag } | Repr::Adjacent { tag, .. } => {
                Some(format!("{{{}:{}}}", literal::quoted(&tag), literal::quoted(&wire)))
            }
            Repr::Untagged => Some("null".to_owned()),
            Repr::Number => variant.discriminant.as_ref().and_then(RawTokens::int).map(|number| number.to_string()),
        }
    }
}

fn foreign_default(row: Known, _args: &[Ty]) -> Option<String> {
    Some(match row {
        Known::Option | Known::Any | Known::Null | Known::Undefined | Known::Nullable(_) => "null".to_owned(),
        Known::Text(None) => "\"\"".to_owned(),
        Known::Text(Some("uuid")) => "\"00000000-0000-0000-0000-000000000000\"".to_owned(),
        Known::Text(Some("decimal")) => "\"0\"".to_owned(),
        Known::List | Known::ListOfArray | Known::ListOf(_) | Known::Bytes | Known::Pairs => "[]".to_owned(),
        Known::Map | Known::MapTo(_) => "{}".to_owned(),
        Known::Int(..) => "0".to_owned(),
        Known::Bool => "false".to_owned(),
        Known::Float64 => "0.0".to_owned(),
        Known::Object(rows) => {
            let mut rows: Vec<String> = rows
                .iter()
                .map(|(name, row)| Some(format!("{}:{}", literal::quoted(name), foreign_default(*row, &[])?)))
                .collect::<Option<_>>()?;
            rows.sort();
            format!("{{{}}}", rows.join(","))
        }
        _ => return None,
    })
}

/// The expression that a struct literal gives a field: `{ Self { a: 3, b } }`.
fn member_expression(body: &RawTokens, name: &str) -> Option<RawTokens> {
    let mut body = body.clone();
    for _ in 0..4 {
        let tokens = body.lex();
        let (last, before) = tokens.split_last()?;
        last.group(Delimiter::Brace)?;
        let inside = body.slice(last.start.checked_add(1)?, last.end.checked_sub(1)?);
        if before.is_empty() {
            body = inside;
            continue;
        }
        let path = body.slice(0, last.start);
        path.path()?;
        for part in inside.parts() {
            let tokens = part.lex();
            if let [key, colon, first, ..] = tokens.as_slice()
                && key.is_ident(name)
                && colon.is_punct(':')
            {
                return Some(part.slice(first.start, part.text.len()));
            }
        }
        return None;
    }
    None
}
