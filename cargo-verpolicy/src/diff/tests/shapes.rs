//! Sections 3 and 4: what a change of a shape is called.

use super::table;

#[test]
fn fields() {
    table(
        "
        in ~> S{} ~> S{a: u8} ~> request-required-field-added
        in ~> S{} ~> S{a?: u8?} ~> request-field-added
        in ~> S{} ~> S{a?=5: u8} ~> request-field-added
        out ~> S{} ~> S{a: u8} ~> response-field-added
        in ~> S{a: u8} ~> S{} ~> request-field-removed
        out ~> S{a: u8} ~> S{} ~> response-field-removed
        in ~> S{a?: u8?} ~> S{a: u8} ~> request-field-required
        in ~> S{a: u8} ~> S{a?: u8?} ~> request-field-optional
        out ~> S{a?: u8} ~> S{a: u8} ~> response-field-guaranteed
        out ~> S{a: u8} ~> S{a?: u8} ~> response-field-optional
        in ~> S{a: u8} ~> S{a: u8?} ~> request-null-allowed
        in ~> S{a: u8?} ~> S{a: u8} ~> request-null-denied
        out ~> S{a: u8} ~> S{a: u8?} ~> response-null-added
        out ~> S{a: u8?} ~> S{a: u8} ~> response-null-removed
        in ~> S{a?!: u8?} ~> S{a?: u8?} ~> request-null-meaning-changed
        in ~> S{a?: u8?} ~> S{a?!: u8?} ~> request-null-meaning-changed
        out ~> S{a: u8?} ~> S{a?: u8} ~> response-null-omitted
        out ~> S{a?: u8} ~> S{a: u8?} ~> response-absent-nulled
        in ~> S{a: u8} ~> S{a@b: u8} ~> request-field-renamed
        out ~> S{a: u8} ~> S{a@b: u8} ~> response-field-renamed
        in ~> S{a: u8} ~> S{a@b|a: u8} ~> request-field-alias-added
        in ~> S{a: u8} ~> S{x@b|a: u8} ~> request-field-alias-added
        in ~> S{a: u8} ~> S{a|b: u8} ~> request-field-alias-added
        in ~> S{a|b: u8} ~> S{a: u8} ~> request-field-alias-removed
        out ~> S{a|b: u8} ~> S{a: u8} ~> –
        in+out ~> S{a: u8} ~> S{b@a: u8} ~> –
        in+out ~> S{a: u8, b: string} ~> T{b: string, a: u8} ~> –
        in ~> S{a@a: u8} ~> S{b: u8} ~> request-field-removed request-required-field-added
        in ~> S{} ~> S{..deny} ~> request-unknown-fields-denied
        in ~> S{..deny} ~> S{} ~> request-unknown-fields-allowed
        out ~> S{} ~> S{..deny} ~> –
        in ~> S{} ~> S{..any} ~> request-field-added
        in ~> S{} ~> S{..u8} ~> request-unknown-fields-denied
        in ~> S{..deny} ~> S{..u8} ~> request-unknown-fields-allowed
        out ~> S{} ~> S{..u8} ~> response-field-added
        in ~> S{..u8} ~> S{..u16} ~> request-number-widened
        in ~> S{a?=1: u8} ~> S{a?=2: u8} ~> request-default-changed
        out ~> S{a?=1: u8} ~> S{a?=2: u8} ~> –
        in ~> S{a?=null: u8?} ~> S{a?: u8?} ~> –
        in ~> S{a?: u8?} ~> S{a?=2: u8?} ~> request-default-changed
        in ~> S{a?~1: u8} ~> S{a?~2: u8} ~> request-default-opaque
        in ~> S{a?~1: u8} ~> S{a?~1: u8} ~> –
        in ~> S{a?=1: u8} ~> S{a?~1: u8} ~> request-default-opaque
        in ~> S{a: u8} ~> S{a^: u8} ~> request-field-deprecated
        out ~> S{a: u8} ~> S{a^: u8} ~> response-field-deprecated
        in ~> S{a: T{b: u8}} ~> S{a: T{b: u8, c: u8}} ~> request-required-field-added
        in ~> S{user_id: u8, mail_to: u8} ~> S{user_id@userId: u8, mail_to@mailTo: u8} ~> request-field-renamed
        in ~> S{user_id: u8, mail: u8} ~> S{user_id@userId: u8, mail@to: u8} ~> request-field-renamed request-field-renamed
        in ~> S{a: u8, b: string} ~> S{a?=0: u8, b?='': string} ~> request-field-optional
        in ~> S{a?=0: u8, b?='': string} ~> S{a: u8, b: string} ~> request-field-required
        in ~> S{a: u8, b: string} ~> S{a?: u8?, b?: string?} ~> request-field-optional request-field-optional
        in ~> S{a%1: u8} ~> S{a: u8} ~> request-field-required
        in ~> S{a: u8} ~> S{a%1: u8} ~> request-field-optional
        in ~> S{} ~> S{a%1: u8, b%1: u8} ~> request-field-added request-field-added
        ",
    );
}

#[test]
fn constraints() {
    table(
        "
        in ~> S{a: u8} ~> S{a/max=9: u8} ~> request-constraint-tightened
        in ~> S{a/max=9: u8} ~> S{a/max=8: u8} ~> request-constraint-tightened
        in ~> S{a/max=9: u8} ~> S{a/max=10: u8} ~> request-constraint-loosened
        in ~> S{a/min=9: u8} ~> S{a/min=10: u8} ~> request-constraint-tightened
        in ~> S{a/min=1/max=9: u8} ~> S{a/min=2/max=10: u8} ~> request-constraint-tightened
        in ~> S{a/max=9: u8} ~> S{a: u8} ~> request-constraint-loosened
        in ~> S{a/pattern=x: string} ~> S{a/pattern=y: string} ~> request-pattern-changed
        in ~> S{a: u8} ~> S{a/published-max=9: u8} ~> request-published-constraint-tightened
        in ~> S{a/published-max=9: u8} ~> S{a: u8} ~> –
        out ~> S{a: u8} ~> S{a/max=9: u8} ~> –
        query ~> S{a: u8} ~> S{a/max=9: u8} ~> parameter-constraint-tightened
        query ~> S{a/max=9: u8} ~> S{a: u8} ~> parameter-constraint-loosened
        ",
    );
}

#[test]
fn numbers() {
    table(
        "
        in ~> u32 ~> u64 ~> request-number-widened
        in ~> u64 ~> u32 ~> request-number-narrowed
        in ~> u64 ~> i64 ~> request-number-narrowed
        out ~> u32 ~> u64 ~> response-number-widened
        out ~> u64 ~> i64 ~> response-number-widened
        out ~> u64 ~> u32 ~> response-number-narrowed
        in ~> u32 ~> f64 ~> request-number-widened
        in ~> i32 ~> f64 ~> request-number-widened
        in ~> u64 ~> f64 ~> request-number-precision-lost
        in ~> u32 ~> f32 ~> request-number-precision-lost
        out ~> u32 ~> f64 ~> response-number-widened
        in ~> f64 ~> u32 ~> request-number-narrowed
        in ~> f32 ~> f64 ~> request-number-widened
        in ~> f64 ~> f32 ~> request-number-precision-lost
        out ~> f64 ~> u32 ~> response-number-narrowed
        out ~> f32 ~> f64 ~> response-number-widened
        out ~> f64 ~> f32 ~> response-number-narrowed
        in ~> f64 ~> decimal ~> request-number-narrowed
        in ~> f64 ~> string:decimal ~> request-number-narrowed
        out ~> f64 ~> string:decimal ~> response-type-changed
        in ~> u8 ~> string ~> request-type-changed
        out ~> bool ~> u8 ~> response-type-changed
        query ~> S{a: u64} ~> S{a: f64} ~> parameter-type-widened
        query ~> S{a: u64} ~> S{a: string} ~> parameter-type-widened
        query ~> S{a: string} ~> S{a: u64} ~> parameter-type-narrowed
        query ~> S{a: u64} ~> S{a: u32} ~> parameter-type-narrowed
        query ~> S{a: u64} ~> S{a: refused<u64>} ~> parameter-unreadable
        query ~> S{a: refused<u64>} ~> S{a: refused<u32>} ~> –
        ",
    );
}

#[test]
fn texts_lists_and_maps() {
    table(
        "
        in ~> string ~> string:uuid ~> request-format-added
        in ~> string:uuid ~> string ~> request-format-removed
        in ~> string:uuid ~> string:url ~> request-format-changed
        out ~> string ~> string:uuid ~> response-format-added
        out ~> string:uuid ~> string ~> response-format-removed
        out ~> string:uuid ~> string:url ~> response-format-changed
        in ~> u8 ~> any ~> request-type-widened
        in ~> [u8] ~> any ~> request-type-widened
        in ~> any ~> u8 ~> request-type-narrowed
        out ~> u8 ~> any ~> response-type-widened
        out ~> any ~> u8 ~> response-type-narrowed
        in ~> u8 ~> E<un One: u8, Many: [u8]> ~> request-type-widened
        in ~> [u8] ~> E<un One: u8, Many: [u8]> ~> request-type-widened
        in ~> E<un One: u8, Many: [u8]> ~> [u8] ~> request-type-narrowed
        out ~> u8 ~> E<un One: u8, Many: [u8]> ~> response-type-widened
        out ~> E<un One: u8, Many: [u8]> ~> u8 ~> response-type-narrowed
        in ~> bool ~> E<un One: u8, Many: [u8]> ~> request-type-changed
        in ~> u8 ~> [u8] ~> request-type-changed
        out ~> [u8] ~> u8 ~> response-type-changed
        in ~> [u8] ~> [u8;3] ~> request-type-narrowed
        in ~> [u8;3] ~> [u8] ~> request-type-widened
        out ~> [u8] ~> [u8;3] ~> response-type-narrowed
        out ~> [u8;3] ~> [u8] ~> response-type-widened
        in+out ~> [u8;2] ~> (u8, u8) ~> –
        in ~> [u8;2] ~> (u8, u8, u8=) ~> request-tuple-extended
        in ~> [u8;2] ~> [u8;3] ~> request-tuple-length-changed
        in ~> (u8, string) ~> [u8;2] ~> request-type-changed
        in ~> [u8] ~> bytes ~> request-type-widened
        in ~> bytes ~> [u8] ~> request-type-narrowed
        out ~> bytes ~> [u8] ~> –
        in ~> (u8, u8) ~> (u8, u8, u8) ~> request-tuple-length-changed
        in ~> (u8, u8, u8) ~> (u8, u8) ~> request-tuple-length-changed
        in ~> (u8, u8) ~> (u8, u8, u8=) ~> request-tuple-extended
        out ~> (u8, u8) ~> (u8, u8, u8=) ~> response-tuple-length-changed
        in ~> map<string, u8> ~> map<u32, u8> ~> request-type-narrowed
        out ~> map<u32, u8> ~> map<string, u8> ~> response-type-widened
        in ~> map<string, u8> ~> map<string, u16> ~> request-number-widened
        in ~> S{a: u8, b: u16} ~> map<string, u32> ~> request-type-widened
        in ~> S{a: u8, b: string} ~> map<string, u32> ~> request-type-changed
        in ~> map<string, u32> ~> S{a: u8} ~> request-type-changed
        out ~> S{a: u8} ~> map<string, u8> ~> response-type-changed
        out ~> map<string, u8> ~> S{a: u8} ~> response-type-changed
        in ~> S{a: u8} ~> [u8] ~> request-type-changed
        in ~> S{a: [u8]} ~> S{a: [u8?]} ~> request-null-allowed
        in ~> S{a: T{b: u8}} ~> S{a: string} ~> request-type-changed
        in ~> N{v: u8, next?: &N?} ~> N{v: u16, next?: &N?} ~> request-number-widened
        ",
    );
}

#[test]
fn enums() {
    table(
        "
        in ~> E<ext A> ~> E<ext A, B> ~> request-enum-variant-added
        in ~> E<ext A, B> ~> E<ext A> ~> request-enum-variant-removed
        in ~> E<ext A, B, *C> ~> E<ext A, *C> ~> request-enum-variant-removed
        out ~> E<ext A> ~> E<ext A, B> ~> response-enum-variant-added
        out ~> E<ext+ A> ~> E<ext+ A, B> ~> response-open-enum-variant-added
        out ~> E<ext A, B> ~> E<ext A> ~> response-enum-variant-removed
        in ~> E<ext A> ~> E<ext A@b> ~> request-enum-variant-renamed
        out ~> E<ext A> ~> E<ext A@b> ~> response-enum-variant-renamed
        in ~> E<ext A> ~> E<ext A@b|A> ~> request-enum-variant-alias-added
        in ~> E<ext A|b> ~> E<ext A> ~> request-enum-variant-alias-removed
        in ~> E<num Low@1, High@2> ~> E<num Low@1, High@3> ~> request-enum-variant-renamed
        in ~> E<ext A> ~> E<ext A, *B> ~> request-enum-fallback-added
        in ~> E<ext A, *B> ~> E<ext A> ~> request-enum-fallback-removed
        in ~> E<ext A, *B> ~> E<ext A, *C> ~> –
        in ~> E<ext A> ~> E<ext A, ~B: string> ~> request-enum-fallback-added
        out ~> E<ext A> ~> E<ext A, ~B: string> ~> response-enum-opened
        in ~> E<ext A> ~> string ~> request-enum-opened
        in ~> string ~> E<ext A> ~> request-enum-closed
        out ~> E<ext A> ~> string ~> response-enum-opened
        out ~> string ~> E<ext A> ~> response-enum-closed
        in ~> E<ext A> ~> E<tag:t A> ~> request-enum-representation-changed
        out ~> E<tag:t A> ~> E<tag:k A> ~> response-enum-representation-changed
        in ~> E<adj:t:c A: u8> ~> E<adj:t:d A: u8> ~> request-enum-representation-changed
        in ~> E<ext A> ~> E<ext A: u8> ~> request-enum-payload-changed
        out ~> E<ext A: P{x: u8}> ~> E<ext A: u8> ~> response-enum-payload-changed
        in+out ~> E<ext A: P{x: u8}> ~> E<ext A: Q{x: u8}> ~> –
        in ~> E<ext A: u8> ~> E<ext A: u16> ~> request-number-widened
        out ~> E<ext A> ~> E<ext+ A> ~> response-enum-declared-open
        out ~> E<ext+ A> ~> E<ext A> ~> response-enum-declared-closed
        in ~> E<ext A> ~> E<ext+ A> ~> –
        in ~> E<un N: u8> ~> E<un N: u8, S: string> ~> request-enum-variant-added
        in ~> E<un N: u8, S: string> ~> E<un N: u8> ~> request-enum-variant-removed
        out ~> E<un N: u8> ~> E<un N: u8, S: string> ~> response-enum-variant-added
        in+out ~> E<ext B, A> ~> E<ext A, B> ~> –
        ",
    );
}

#[test]
fn unknown() {
    table(
        "
        in ~> u8#1 ~> u8#2 ~> request-opaque-changed
        out ~> u8#1 ~> u8#2 ~> response-opaque-changed
        in ~> u8#1 ~> u16#2 ~> request-number-widened request-opaque-changed
        in ~> u8#1 ~> string#2 ~> request-type-changed
        in ~> opaque:A:1 ~> opaque:B:1 ~> –
        in ~> opaque:A:1 ~> opaque:A:2 ~> request-opaque-changed
        out ~> opaque:A:1 ~> opaque:A:2 ~> response-opaque-changed
        in+out ~> opaque:a::A ~> opaque:b::A ~> –
        in ~> opaque:A ~> opaque:B ~> request-opaque-changed
        in ~> u8 ~> opaque:A:1 ~> request-became-opaque
        out ~> u8 ~> opaque:A:1 ~> response-became-opaque
        out ~> any ~> opaque:A:1 ~> response-became-opaque
        in+out ~> opaque:A:1 ~> u8 ~> –
        in ~> u8 ~> refused<u8> ~> request-type-narrowed
        in ~> refused<u8> ~> u8 ~> request-type-widened
        ",
    );
}

#[test]
fn parameters() {
    table(
        "
        query ~> S{} ~> S{a: u8} ~> required-parameter-added
        query ~> S{} ~> S{a?: u8?} ~> parameter-added
        query ~> S{} ~> S{a?: refused<[u8]>} ~> parameter-unreadable
        query ~> S{a: u8} ~> S{} ~> parameter-removed
        query ~> S{a?: u8?} ~> S{a: u8} ~> parameter-required
        query ~> S{a: u8} ~> S{a?: u8?} ~> parameter-optional
        query ~> S{a: u8} ~> S{a@b: u8} ~> parameter-renamed
        query ~> S{a: u8} ~> S{a@b|a: u8} ~> parameter-alias-added
        query ~> S{a|b: u8} ~> S{a: u8} ~> parameter-alias-removed
        query ~> S{a?=1: u8} ~> S{a?=2: u8} ~> parameter-default-changed
        query ~> S{a?~1: u8} ~> S{a?~2: u8} ~> parameter-default-opaque
        query ~> S{a?: u8?} ~> S{a?=2: u8} ~> –
        query ~> S{a: u8} ~> S{a^: u8} ~> parameter-deprecated
        html ~> S{a: string} ~> S{a: [string]} ~> parameter-repeatable
        html ~> S{a: [string]} ~> S{a: string} ~> parameter-not-repeatable
        html ~> S{a: E<ext A>} ~> S{a: E<ext A, B>} ~> parameter-type-widened
        html ~> S{a: E<ext A, B>} ~> S{a: E<ext A>} ~> parameter-type-narrowed
        html ~> S{a: string:uuid} ~> S{a: string:url} ~> parameter-type-changed
        query ~> S{} ~> S{..deny} ~> parameter-unknown-denied
        query ~> S{..deny} ~> S{} ~> parameter-unknown-allowed
        query ~> S{a: opaque:A:1} ~> S{a: opaque:A:2} ~> request-opaque-changed
        ",
    );
}

#[test]
fn configuration() {
    table(
        "
        config ~> S{} ~> S{a?=1: u8} ~> config-key-added
        config ~> S{} ~> S{a: u8} ~> config-required-key-added
        config ~> S{a: u8} ~> S{} ~> config-key-removed
        config ~> S{a: u8} ~> S{a@b: u8} ~> config-key-renamed
        config ~> S{a: u8} ~> S{a@b|a: u8} ~> config-key-alias-added
        config ~> S{a?=1: u8} ~> S{a: u8} ~> config-key-required
        config ~> S{a: u8} ~> S{a?=1: u8} ~> config-key-optional
        config ~> S{a?=1: u8} ~> S{a?=2: u8} ~> config-default-changed
        config ~> S{a: u8} ~> S{a: string} ~> config-type-changed
        config ~> S{a: u16} ~> S{a: u8} ~> config-type-narrowed
        config ~> S{a: u8} ~> S{a: u16} ~> config-type-widened
        config ~> S{a: T{b: u8}} ~> S{a: T{b: u8, c: u8}} ~> config-required-key-added
        config ~> S{} ~> S{..deny} ~> config-unknown-denied
        config ~> S{a: u8} ~> S{a^: u8} ~> config-deprecated
        ",
    );
}

#[test]
fn messages() {
    table(
        "
        message ~> S{a: u8} ~> S{} ~> request-field-removed response-field-removed
        message ~> S{} ~> S{a?: u8?} ~> request-field-added response-field-added
        message ~> S{..deny} ~> S{a?: u8?, ..deny} ~> message-field-refused
        message ~> E<ext A, *O> ~> E<ext A, B, *O> ~> request-enum-variant-added response-open-enum-variant-added
        message ~> E<ext A, *O> ~> E<ext A, B: u8, *O> ~> response-enum-variant-added
        message ~> E<tag:t A, *O> ~> E<tag:t A, B: P{x: u8}, *O> ~> request-enum-variant-added response-open-enum-variant-added
        message ~> E<ext+ A> ~> E<ext+ A, B> ~> response-enum-variant-added
        layout ~> S{a: u8, b: u16} ~> S{b: u16, a: u8} ~> message-layout-changed
        layout ~> S{a: u8} ~> S{a: u16} ~> message-layout-changed
        layout ~> S{a: u8} ~> S{b: u8} ~> –
        ",
    );
}
