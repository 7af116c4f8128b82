//! Endpoints that another package of a workspace serves now.

use super::{
    Endpoint, EndpointContent, EndpointSet, Http, Node, Payload, Shape, ShapeId, Shapes, Unknown, UnknownKeys,
};

impl EndpointSet {
    /// Takes over the endpoints of another set that `moved` names, with all that their shapes lead to.
    pub fn take_over(&mut self, from: &mut EndpointSet, moved: impl Fn(&Endpoint) -> bool) {
        let base = self.shapes.len();
        let shift = |id: &mut ShapeId| id.0 = id.0.saturating_add(u32::try_from(base).unwrap_or(u32::MAX));
        let (taken, left): (Vec<Endpoint>, _) = std::mem::take(&mut from.endpoints).into_iter().partition(moved);
        from.endpoints = left;
        self.shapes.append(&from.shapes, &shift);
        self.endpoints.extend(taken.into_iter().map(|mut endpoint| {
            endpoint.each_shape(&shift);
            endpoint
        }));
        self.endpoints.sort_by(|a, b| (&a.key, &a.place).cmp(&(&b.key, &b.place)));
    }
}

impl Shapes {
    /// Adds the nodes of another arena, whose ids `shift` makes ours.
    fn append(&mut self, other: &Shapes, shift: &dyn Fn(&mut ShapeId)) {
        for (_, node) in other.iter() {
            let mut node = node.clone();
            node.each_shape(shift);
            self.push(node);
        }
    }
}

impl Endpoint {
    fn each_shape(&mut self, each: &dyn Fn(&mut ShapeId)) {
        match &mut self.content {
            EndpointContent::Http(http) => http.each_shape(each),
            EndpointContent::Message { input, output, layout: _ } => {
                each(input);
                each(output);
            }
            EndpointContent::Config { input } => each(input),
            EndpointContent::Item(_) => {}
        }
    }
}

impl Http {
    fn each_shape(&mut self, each: &dyn Fn(&mut ShapeId)) {
        if let UnknownKeys::CatchAll(id) = &mut self.unknown_query {
            each(id);
        }
        self.parameters.iter_mut().for_each(|parameter| each(&mut parameter.shape));
        let answered = self.responses.iter_mut();
        let media = answered.flat_map(|response| {
            response.headers.iter_mut().for_each(|header| each(&mut header.shape));
            &mut response.media
        });
        let sent = self.request.iter_mut().flat_map(|body| &mut body.media);
        media.chain(sent).for_each(|media| each(&mut media.shape));
    }
}

impl Node {
    fn each_shape(&mut self, each: &dyn Fn(&mut ShapeId)) {
        match &mut self.shape {
            Shape::Refused { inner: id, reason: _ } | Shape::Nullable(id) | Shape::List { item: id, .. } => each(id),
            Shape::Tuple(items) => items.iter_mut().for_each(|item| each(&mut item.shape)),
            Shape::Map { key, value } => {
                each(key);
                each(value);
            }
            Shape::Object(object) => {
                object.fields.iter_mut().for_each(|field| each(&mut field.shape));
                object.inline.iter_mut().for_each(|inline| each(&mut inline.shape));
                if let Unknown::CatchAll(id) = &mut object.unknown {
                    each(id);
                }
            }
            Shape::Enum(shape) => {
                for variant in &mut shape.variants {
                    if let Payload::Value(id) = &mut variant.payload {
                        each(id);
                    }
                }
            }
            Shape::Any | Shape::Opaque(_) | Shape::Null | Shape::Bool | Shape::Number(_) | Shape::String { .. } => {}
        }
    }
}
