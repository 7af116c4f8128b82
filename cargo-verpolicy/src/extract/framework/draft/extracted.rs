//! Extractors that read more than one value: paths, dropshot's pages, typed headers.

use super::{Argument, Draft, is_opaque, kebab, string, with_scheme};
use crate::extract::crates::Ty;
use crate::extract::framework::{Reading, answer, template};
use crate::extract::lower::Parameters;
use crate::model::{BlindSpot, BlindSpotKind, In, Names, Parameter, Place, Prefix, Presence, Reader};

impl Draft<'_> {
    pub(super) fn path(&mut self, reading: &mut Reading<'_, '_>, ty: &Ty, argument: &Argument) {
        let names = template::parameters(self.path);
        if let Ty::Tuple(items) = ty {
            for (n, item) in items.iter().enumerate() {
                match names.get(n) {
                    Some(name) => {
                        let read = reading.lowering.parameters(item, In::Path, Reader::PathText, name);
                        self.add_path(reading, read, &names, argument);
                    }
                    None => self.unmatched(reading, &n.to_string(), &argument.place),
                }
            }
            return;
        }
        let fallback = names.iter().find(|name| !self.has(In::Path, name)).or(names.first());
        let mut read = reading.lowering.parameters(ty, In::Path, Reader::PathText, fallback.map_or("", String::as_str));
        self.read.push(ty.clone());
        // A tuple struct reads them by their places, as a tuple does.
        let by_place = read.parameters.iter().enumerate().all(|(n, parameter)| parameter.names.wire == n.to_string());
        if by_place && read.parameters.len() > 1 {
            for (parameter, name) in read.parameters.iter_mut().zip(&names) {
                parameter.names.wire.clone_from(name);
            }
        }
        // A type that is not known may well be a struct: it reads every parameter that is left.
        if let [only] = read.parameters.as_slice()
            && is_opaque(reading, only.shape)
            && fallback == Some(&only.names.wire)
        {
            let only = only.clone();
            read.parameters = names
                .iter()
                .filter(|name| !self.has(In::Path, name))
                .map(|name| Parameter { names: Names { wire: name.clone(), ..only.names.clone() }, ..only.clone() })
                .collect();
        }
        self.add_path(reading, read, &names, argument);
    }

    fn add_path(&mut self, reading: &mut Reading<'_, '_>, read: Parameters, names: &[String], argument: &Argument) {
        for mut parameter in read.parameters {
            let wire = &parameter.names.wire;
            let known = names.iter().find(|name| *name == wire || parameter.names.aliases.contains(name));
            match known.cloned() {
                Some(name) => {
                    parameter.names.wire = name;
                    parameter.place_in = In::Path;
                    parameter.presence = Presence::Always;
                    self.push(parameter);
                }
                None if parameter.presence == Presence::Maybe || self.path.prefix == Prefix::Unknown => {}
                None => {
                    let name = wire.clone();
                    self.unmatched(reading, &name, &argument.place);
                }
            }
        }
    }

    /// dropshot: either the scan parameters, or the page token of the answer before; `limit` with both.
    pub(super) fn pagination(&mut self, reading: &mut Reading<'_, '_>, scan: &Ty, argument: &Argument) {
        let read = reading.lowering.parameters(scan, In::Query, Reader::UrlEncoded, &argument.name);
        self.read.push(scan.clone());
        self.add(read, In::Query, true);
        let limit = Ty::Foreign("std::num::NonZeroU32".into(), Vec::new());
        for (name, ty) in [("limit", limit), ("page_token", string())] {
            let own = Argument { name: name.to_owned(), renamed: None, place: argument.place.clone() };
            self.named(reading, &ty, In::Query, Reader::UrlEncoded, &own, true);
        }
    }

    pub(super) fn typed_header(&mut self, reading: &mut Reading<'_, '_>, ty: &Ty, argument: &Argument, optional: bool) {
        let name = answer::type_name(reading, ty);
        let name = name.split('<').next().and_then(|path| path.rsplit("::").next()).unwrap_or_default();
        let header = kebab(name);
        if header == "authorization" {
            let scheme = match ty {
                Ty::Foreign(_, args) => args.first().map(|ty| answer::type_name(reading, ty)),
                _ => None,
            };
            let scheme = scheme.and_then(|path| path.rsplit("::").next().map(kebab));
            self.http.auth = with_scheme(&self.http.auth, scheme.as_deref().unwrap_or("authorization"), optional);
            return;
        }
        let own = Argument { renamed: Some(header), ..argument.clone() };
        self.named(reading, &string(), In::Header, Reader::HeaderText, &own, optional);
    }

    fn unmatched(&self, reading: &mut Reading<'_, '_>, name: &str, place: &Place) {
        reading.blind_spots.push(BlindSpot {
            kind: BlindSpotKind::PathParameterUnmatched,
            place: Some(place.clone()),
            detail: format!(
                "`{}` reads the path parameter `{name}`, which `{}` lacks",
                self.handler,
                self.path.render()
            ),
            hides: None,
        });
    }
}
