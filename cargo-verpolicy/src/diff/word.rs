//! What a difference is called at each position: the columns of `COMPATIBILITY.md`, sections 3 and 4.

use super::ChangeKind;
use super::ChangeKind as K;

/// The prefix of the rules at a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Family {
    /// A body or message that is read.
    Request,
    /// A body or message that is written.
    Response,
    /// Path, query, header, cookie.
    Parameter,
    /// What an operator writes.
    Config,
    /// A response header.
    Header,
}

/// Where two shapes meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Position {
    /// Which rules speak.
    pub family: Family,
    /// Inside a message: the reader is the old type itself.
    pub message: bool,
}

impl Position {
    /// Outside messages.
    pub(super) fn of(family: Family) -> Self {
        Self { family, message: false }
    }

    /// Does the server read here?
    pub(super) fn reads(self) -> bool {
        matches!(self.family, Family::Request | Family::Parameter | Family::Config)
    }

    /// The kind of this difference here; `None` where it is no change.
    pub(super) fn kind(self, word: Word) -> Option<ChangeKind> {
        match self.family {
            Family::Request => request(word),
            Family::Response => response(word),
            Family::Parameter => parameter(word),
            Family::Config => config(word),
            Family::Header => header(word),
        }
    }
}

/// A difference of two shapes, whatever the position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Word {
    RequiredFieldAdded,
    FieldAdded,
    FieldRemoved,
    FieldRequired,
    FieldOptional,
    FieldRenamed,
    FieldAliasAdded,
    FieldAliasRemoved,
    FieldDeprecated,
    FieldRefused,
    NullAdded,
    NullRemoved,
    NullMeaning,
    NullOmitted,
    AbsentNulled,
    UnknownDenied,
    UnknownAllowed,
    DefaultChanged,
    DefaultOpaque,
    ConstraintTightened,
    ConstraintLoosened,
    PatternChanged,
    PublishedTightened,
    VariantAdded,
    OpenVariantAdded,
    VariantRemoved,
    VariantRenamed,
    VariantAliasAdded,
    VariantAliasRemoved,
    FallbackAdded,
    FallbackRemoved,
    EnumOpened,
    EnumClosed,
    Representation,
    Payload,
    UntaggedShadowed,
    UntaggedOrder,
    DeclaredOpen,
    DeclaredClosed,
    NumberWidened,
    NumberNarrowed,
    PrecisionLost,
    TypeChanged,
    TypeWidened,
    TypeNarrowed,
    FormatAdded,
    FormatRemoved,
    FormatChanged,
    TupleLength,
    TupleExtended,
    OpaqueChanged,
    BecameOpaque,
    WireFeature,
}

fn request(word: Word) -> Option<ChangeKind> {
    Some(match word {
        Word::RequiredFieldAdded => K::RequestRequiredFieldAdded,
        Word::FieldAdded => K::RequestFieldAdded,
        Word::FieldRemoved => K::RequestFieldRemoved,
        Word::FieldRequired => K::RequestFieldRequired,
        Word::FieldOptional => K::RequestFieldOptional,
        Word::FieldRenamed => K::RequestFieldRenamed,
        Word::FieldAliasAdded => K::RequestFieldAliasAdded,
        Word::FieldAliasRemoved => K::RequestFieldAliasRemoved,
        Word::FieldDeprecated => K::RequestFieldDeprecated,
        Word::NullAdded => K::RequestNullAllowed,
        Word::NullRemoved => K::RequestNullDenied,
        Word::NullMeaning => K::RequestNullMeaningChanged,
        Word::UnknownDenied => K::RequestUnknownFieldsDenied,
        Word::UnknownAllowed => K::RequestUnknownFieldsAllowed,
        Word::DefaultChanged => K::RequestDefaultChanged,
        Word::DefaultOpaque => K::RequestDefaultOpaque,
        Word::ConstraintTightened => K::RequestConstraintTightened,
        Word::ConstraintLoosened => K::RequestConstraintLoosened,
        Word::PatternChanged => K::RequestPatternChanged,
        Word::PublishedTightened => K::RequestPublishedConstraintTightened,
        Word::VariantAdded | Word::OpenVariantAdded => K::RequestEnumVariantAdded,
        Word::VariantRemoved => K::RequestEnumVariantRemoved,
        Word::VariantRenamed => K::RequestEnumVariantRenamed,
        Word::VariantAliasAdded => K::RequestEnumVariantAliasAdded,
        Word::VariantAliasRemoved => K::RequestEnumVariantAliasRemoved,
        Word::FallbackAdded => K::RequestEnumFallbackAdded,
        Word::FallbackRemoved => K::RequestEnumFallbackRemoved,
        Word::EnumOpened => K::RequestEnumOpened,
        Word::EnumClosed => K::RequestEnumClosed,
        Word::Representation => K::RequestEnumRepresentationChanged,
        Word::Payload => K::RequestEnumPayloadChanged,
        Word::UntaggedShadowed => K::RequestUntaggedVariantShadowed,
        Word::UntaggedOrder => K::RequestUntaggedOrderChanged,
        Word::NumberWidened => K::RequestNumberWidened,
        Word::NumberNarrowed => K::RequestNumberNarrowed,
        Word::PrecisionLost => K::RequestNumberPrecisionLost,
        Word::TypeChanged => K::RequestTypeChanged,
        Word::TypeWidened => K::RequestTypeWidened,
        Word::TypeNarrowed => K::RequestTypeNarrowed,
        Word::FormatAdded => K::RequestFormatAdded,
        Word::FormatRemoved => K::RequestFormatRemoved,
        Word::FormatChanged => K::RequestFormatChanged,
        Word::TupleLength => K::RequestTupleLengthChanged,
        Word::TupleExtended => K::RequestTupleExtended,
        Word::OpaqueChanged => K::RequestOpaqueChanged,
        Word::BecameOpaque => K::RequestBecameOpaque,
        Word::WireFeature => K::WireFeatureChanged,
        Word::FieldRefused | Word::NullOmitted | Word::AbsentNulled | Word::DeclaredOpen | Word::DeclaredClosed => {
            return None;
        }
    })
}

fn response(word: Word) -> Option<ChangeKind> {
    Some(match word {
        Word::RequiredFieldAdded | Word::FieldAdded => K::ResponseFieldAdded,
        Word::FieldRemoved => K::ResponseFieldRemoved,
        Word::FieldRequired => K::ResponseFieldGuaranteed,
        Word::FieldOptional => K::ResponseFieldOptional,
        Word::FieldRenamed => K::ResponseFieldRenamed,
        Word::FieldDeprecated => K::ResponseFieldDeprecated,
        Word::FieldRefused => K::MessageFieldRefused,
        Word::NullAdded => K::ResponseNullAdded,
        Word::NullRemoved => K::ResponseNullRemoved,
        Word::NullOmitted => K::ResponseNullOmitted,
        Word::AbsentNulled => K::ResponseAbsentNulled,
        Word::VariantAdded => K::ResponseEnumVariantAdded,
        Word::OpenVariantAdded => K::ResponseOpenEnumVariantAdded,
        Word::VariantRemoved => K::ResponseEnumVariantRemoved,
        Word::VariantRenamed => K::ResponseEnumVariantRenamed,
        Word::EnumOpened => K::ResponseEnumOpened,
        Word::EnumClosed => K::ResponseEnumClosed,
        Word::Representation => K::ResponseEnumRepresentationChanged,
        Word::Payload => K::ResponseEnumPayloadChanged,
        Word::DeclaredOpen => K::ResponseEnumDeclaredOpen,
        Word::DeclaredClosed => K::ResponseEnumDeclaredClosed,
        Word::NumberWidened => K::ResponseNumberWidened,
        Word::NumberNarrowed | Word::PrecisionLost => K::ResponseNumberNarrowed,
        Word::TypeChanged => K::ResponseTypeChanged,
        Word::TypeWidened => K::ResponseTypeWidened,
        Word::TypeNarrowed => K::ResponseTypeNarrowed,
        Word::FormatAdded => K::ResponseFormatAdded,
        Word::FormatRemoved => K::ResponseFormatRemoved,
        Word::FormatChanged => K::ResponseFormatChanged,
        Word::TupleLength | Word::TupleExtended => K::ResponseTupleLengthChanged,
        Word::OpaqueChanged => K::ResponseOpaqueChanged,
        Word::BecameOpaque => K::ResponseBecameOpaque,
        Word::WireFeature => K::WireFeatureChanged,
        Word::FieldAliasAdded
        | Word::FieldAliasRemoved
        | Word::NullMeaning
        | Word::UnknownDenied
        | Word::UnknownAllowed
        | Word::DefaultChanged
        | Word::DefaultOpaque
        | Word::ConstraintTightened
        | Word::ConstraintLoosened
        | Word::PatternChanged
        | Word::PublishedTightened
        | Word::VariantAliasAdded
        | Word::VariantAliasRemoved
        | Word::FallbackAdded
        | Word::FallbackRemoved
        | Word::UntaggedShadowed
        | Word::UntaggedOrder => return None,
    })
}

/// How a word folds where a section has no row of its own for it.
enum Fold {
    Changed,
    Wider,
    Narrower,
}

/// Numbers, formats, enums, null and collections by what they do to the set of values.
fn fold(word: Word) -> Option<Fold> {
    Some(match word {
        Word::FieldAdded
        | Word::FieldOptional
        | Word::FieldAliasAdded
        | Word::NullAdded
        | Word::VariantAdded
        | Word::OpenVariantAdded
        | Word::VariantAliasAdded
        | Word::FallbackAdded
        | Word::EnumOpened
        | Word::NumberWidened
        | Word::TypeWidened
        | Word::FormatRemoved
        | Word::TupleExtended => Fold::Wider,
        Word::RequiredFieldAdded
        | Word::FieldRequired
        | Word::FieldRemoved
        | Word::FieldAliasRemoved
        | Word::NullRemoved
        | Word::VariantRemoved
        | Word::VariantAliasRemoved
        | Word::FallbackRemoved
        | Word::EnumClosed
        | Word::NumberNarrowed
        | Word::PrecisionLost
        | Word::TypeNarrowed
        | Word::FormatAdded => Fold::Narrower,
        Word::FieldRenamed
        | Word::VariantRenamed
        | Word::Representation
        | Word::Payload
        | Word::UntaggedShadowed
        | Word::TypeChanged
        | Word::FormatChanged
        | Word::TupleLength => Fold::Changed,
        _ => return None,
    })
}

fn parameter(word: Word) -> Option<ChangeKind> {
    Some(match word {
        Word::FieldDeprecated => K::ParameterDeprecated,
        Word::NullMeaning => K::ParameterEmptyMeaningChanged,
        Word::UnknownDenied => K::ParameterUnknownDenied,
        Word::UnknownAllowed => K::ParameterUnknownAllowed,
        Word::DefaultChanged => K::ParameterDefaultChanged,
        Word::DefaultOpaque => K::ParameterDefaultOpaque,
        Word::ConstraintTightened => K::ParameterConstraintTightened,
        Word::PatternChanged => K::RequestPatternChanged,
        Word::ConstraintLoosened => K::ParameterConstraintLoosened,
        Word::PublishedTightened => K::RequestPublishedConstraintTightened,
        Word::UntaggedOrder => K::RequestUntaggedOrderChanged,
        Word::OpaqueChanged => K::RequestOpaqueChanged,
        Word::BecameOpaque => K::RequestBecameOpaque,
        Word::WireFeature => K::WireFeatureChanged,
        other => match fold(other)? {
            Fold::Changed => K::ParameterTypeChanged,
            Fold::Wider => K::ParameterTypeWidened,
            Fold::Narrower => K::ParameterTypeNarrowed,
        },
    })
}

fn config(word: Word) -> Option<ChangeKind> {
    Some(match word {
        Word::RequiredFieldAdded => K::ConfigRequiredKeyAdded,
        Word::FieldAdded => K::ConfigKeyAdded,
        Word::FieldRemoved => K::ConfigKeyRemoved,
        Word::FieldRequired => K::ConfigKeyRequired,
        Word::FieldOptional => K::ConfigKeyOptional,
        Word::FieldRenamed => K::ConfigKeyRenamed,
        Word::FieldAliasAdded => K::ConfigKeyAliasAdded,
        Word::FieldAliasRemoved => K::ConfigKeyAliasRemoved,
        Word::FieldDeprecated => K::ConfigDeprecated,
        Word::UnknownDenied => K::ConfigUnknownDenied,
        Word::UnknownAllowed => K::ConfigUnknownAllowed,
        Word::DefaultChanged | Word::DefaultOpaque => K::ConfigDefaultChanged,
        Word::ConstraintTightened => K::ConfigConstraintTightened,
        Word::PatternChanged => K::RequestPatternChanged,
        Word::ConstraintLoosened => K::ConfigConstraintLoosened,
        Word::NullMeaning => K::RequestNullMeaningChanged,
        Word::PublishedTightened => K::RequestPublishedConstraintTightened,
        Word::UntaggedOrder => K::RequestUntaggedOrderChanged,
        Word::OpaqueChanged => K::RequestOpaqueChanged,
        Word::BecameOpaque => K::RequestBecameOpaque,
        Word::WireFeature => K::WireFeatureChanged,
        other => match fold(other)? {
            Fold::Changed => K::ConfigTypeChanged,
            Fold::Wider => K::ConfigTypeWidened,
            Fold::Narrower => K::ConfigTypeNarrowed,
        },
    })
}

fn header(word: Word) -> Option<ChangeKind> {
    Some(match word {
        Word::OpaqueChanged => K::ResponseOpaqueChanged,
        Word::BecameOpaque => K::ResponseBecameOpaque,
        Word::WireFeature => K::WireFeatureChanged,
        other => match fold(other)? {
            Fold::Changed => K::ResponseHeaderTypeChanged,
            Fold::Wider => K::ResponseHeaderTypeWidened,
            Fold::Narrower => K::ResponseHeaderTypeNarrowed,
        },
    })
}
