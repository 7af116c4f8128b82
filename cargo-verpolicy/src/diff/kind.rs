//! The closed vocabulary of changes.

/// Declares [`ChangeKind`] and the id of the rule of each kind.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $id:literal,)*) => {
        /// The closed vocabulary of changes; each has exactly one rule, whose id is the kebab-case of its name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ChangeKind {
            $($(#[$doc])* $name,)*
        }

        impl ChangeKind {
            /// All kinds, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The id of its rule.
            #[must_use]
            pub fn rule(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)*
                }
            }
        }
    };
}

kinds! {
    /// An endpoint is there in fewer builds, of which nobody may have made one.
    EndpointConditionDoubtful = "endpoint-condition-doubtful",
    /// An endpoint is new.
    EndpointAdded = "endpoint-added",
    /// An endpoint is gone.
    EndpointRemoved = "endpoint-removed",
    /// An endpoint is gone that the baseline had deprecated.
    DeprecatedEndpointRemoved = "deprecated-endpoint-removed",
    /// An endpoint is still served but no longer promised.
    EndpointUnpublished = "endpoint-unpublished",
    /// A served endpoint came back into the published document.
    EndpointPublished = "endpoint-published",
    /// An endpoint that was served before got its first mark.
    MarkAdded = "mark-added",
    /// A stable endpoint became unstable.
    EndpointDestabilized = "endpoint-destabilized",
    /// An unstable endpoint became stable.
    EndpointStabilized = "endpoint-stabilized",
    /// An endpoint is deprecated, or its removal is announced.
    EndpointDeprecated = "endpoint-deprecated",
    /// A deprecation was lifted.
    EndpointUndeprecated = "endpoint-undeprecated",
    /// An announced removal was moved nearer.
    EndpointRemovalAdvanced = "endpoint-removal-advanced",
    /// `behavior` was changed: the same shape means something else.
    EndpointBehaviorChanged = "endpoint-behavior-changed",
    /// A promise became one of another kind.
    EndpointKindChanged = "endpoint-kind-changed",
    /// An endpoint moved behind a condition, or another one.
    EndpointConditionChanged = "endpoint-condition-changed",
    /// An endpoint is there under fewer conditions than before.
    EndpointConditionRelaxed = "endpoint-condition-relaxed",
    /// The operation id in the published document changed.
    EndpointOperationIdChanged = "endpoint-operation-id-changed",
    /// A literal path segment became a parameter that still admits it.
    EndpointPathGeneralized = "endpoint-path-generalized",
    /// A path parameter matches more than before.
    PathWidened = "path-widened",
    /// A path parameter matches less than before.
    PathNarrowed = "path-narrowed",
    /// The regular expression of a path parameter changed.
    PathPatternChanged = "path-pattern-changed",
    /// A new literal path catches requests that a template served.
    EndpointShadowed = "endpoint-shadowed",
    /// An endpoint newly wants credentials.
    EndpointAuthRequired = "endpoint-auth-required",
    /// Credentials are no longer needed, or more kinds are accepted.
    EndpointAuthRelaxed = "endpoint-auth-relaxed",
    /// The credentials that an endpoint wants changed.
    EndpointAuthChanged = "endpoint-auth-changed",
    /// Each side tells the credentials that an endpoint wants in another way: whether they changed is not known.
    EndpointAuthUnknown = "endpoint-auth-unknown",
    /// An extractor that the tool cannot look into was added; it may refuse requests.
    EndpointExtractorAdded = "endpoint-extractor-added",
    /// A layer around an endpoint came, went or does something else: what it refuses or alters is not known.
    EndpointLayerChanged = "endpoint-layer-changed",
    /// Whether anything still serves an endpoint is not known.
    EndpointMountUnknown = "endpoint-mount-unknown",
    /// The signature of a public Rust item changed.
    ItemSignatureChanged = "item-signature-changed",
    /// An explicit implementation of an auto trait is gone.
    ItemAutoImplRemoved = "item-auto-impl-removed",
    /// A public item became one of another kind.
    ItemKindChanged = "item-kind-changed",
    /// A public item can no longer be named by one of its paths.
    ItemPathRemoved = "item-path-removed",
    /// A public item can be named by one more path.
    ItemPathAdded = "item-path-added",
    /// A function takes one more parameter.
    ItemParameterAdded = "item-parameter-added",
    /// A function takes fewer parameters.
    ItemParameterRemoved = "item-parameter-removed",
    /// A parameter has another type.
    ItemParameterTypeChanged = "item-parameter-type-changed",
    /// A parameter takes everything that converts into its old type.
    ItemParameterGeneralized = "item-parameter-generalized",
    /// A function returns another type.
    ItemReturnTypeChanged = "item-return-type-changed",
    /// A function promises more about what it returns.
    ItemReturnTypeRefined = "item-return-type-refined",
    /// The lifetimes of a signature ask for more, or promise less.
    ItemLifetimeChanged = "item-lifetime-changed",
    /// The lifetimes of a signature ask for less, or promise more.
    ItemLifetimeRelaxed = "item-lifetime-relaxed",
    /// A method takes `self` in another way.
    ItemReceiverChanged = "item-receiver-changed",
    /// A method asks for less of `self`.
    ItemReceiverRelaxed = "item-receiver-relaxed",
    /// An item has other generic parameters.
    ItemGenericsChanged = "item-generics-changed",
    /// A type has further generic parameters, all with defaults.
    ItemGenericsExtended = "item-generics-extended",
    /// An item asks more of its generic parameters.
    ItemBoundTightened = "item-bound-tightened",
    /// An item asks less of its generic parameters.
    ItemBoundLoosened = "item-bound-loosened",
    /// A safe function became unsafe.
    ItemUnsafeAdded = "item-unsafe-added",
    /// An unsafe function became safe.
    ItemUnsafeRemoved = "item-unsafe-removed",
    /// A function is no longer `const`.
    ItemConstRemoved = "item-const-removed",
    /// A function became `const`.
    ItemConstAdded = "item-const-added",
    /// A function has another ABI.
    ItemAbiChanged = "item-abi-changed",
    /// An item is `#[must_use]` now.
    ItemMustUseAdded = "item-must-use-added",
    /// A struct that others can build has a new field.
    ItemFieldAdded = "item-field-added",
    /// A struct that others cannot build has a new field.
    ItemOpenFieldAdded = "item-open-field-added",
    /// A public field is gone.
    ItemFieldRemoved = "item-field-removed",
    /// A public field became private, or hidden from the documentation.
    ItemFieldPrivate = "item-field-private",
    /// A public field has another type.
    ItemFieldTypeChanged = "item-field-type-changed",
    /// The fields of a struct or variant are written another way.
    ItemLayoutChanged = "item-layout-changed",
    /// An enum that others match exhaustively has a new variant.
    ItemVariantAdded = "item-variant-added",
    /// A `#[non_exhaustive]` enum has a new variant.
    ItemOpenVariantAdded = "item-open-variant-added",
    /// A variant is gone.
    ItemVariantRemoved = "item-variant-removed",
    /// A type or variant became `#[non_exhaustive]`.
    ItemNonExhaustiveAdded = "item-non-exhaustive-added",
    /// A type or variant is no longer `#[non_exhaustive]`.
    ItemNonExhaustiveRemoved = "item-non-exhaustive-removed",
    /// The number of a variant changed.
    ItemDiscriminantChanged = "item-discriminant-changed",
    /// The representation of a type changed.
    ItemReprChanged = "item-repr-changed",
    /// A trait that others implement has a new member without a default.
    ItemRequiredMemberAdded = "item-required-member-added",
    /// A trait has a new member that nobody must write.
    ItemMemberAdded = "item-member-added",
    /// A member of a trait is gone.
    ItemMemberRemoved = "item-member-removed",
    /// A member of a trait lost its default.
    ItemDefaultRemoved = "item-default-removed",
    /// A member of a trait has a default now.
    ItemDefaultAdded = "item-default-added",
    /// A trait asks more of those that implement it.
    ItemSupertraitAdded = "item-supertrait-added",
    /// A trait no longer implies another one.
    ItemSupertraitRemoved = "item-supertrait-removed",
    /// A trait can no longer be implemented by others.
    ItemTraitSealed = "item-trait-sealed",
    /// A type no longer implements a trait.
    ItemImplRemoved = "item-impl-removed",
    /// A trait is implemented for every type of a kind now.
    ItemBlanketImplAdded = "item-blanket-impl-added",
    /// A trait is implemented for references to every type of a kind now.
    ItemReferenceImplAdded = "item-reference-impl-added",
    /// An associated type of an implementation changed.
    ItemAssociatedTypeChanged = "item-associated-type-changed",
    /// A constant, static or alias has another type.
    ItemValueTypeChanged = "item-value-type-changed",
    /// A pattern of a macro is gone or changed.
    ItemMacroArmRemoved = "item-macro-arm-removed",
    /// A Cargo feature is gone.
    ItemFeatureRemoved = "item-feature-removed",
    /// A Cargo feature no longer turns on another one.
    ItemFeatureNarrowed = "item-feature-narrowed",
    /// An optional dependency is gone, and with it the feature of its name.
    ItemOptionalDependencyRemoved = "item-optional-dependency-removed",
    /// A Cargo feature no longer turns on another one, behind which no public item stands.
    ItemFeatureEffectUnknown = "item-feature-effect-unknown",
    /// A Cargo feature turns on another one too.
    ItemFeatureWidened = "item-feature-widened",
    /// A dependency whose types stand in public signatures moved to an incompatible version.
    ItemDependencyChanged = "item-dependency-changed",
    /// A type is no longer `Send`, `Sync`, `Unpin`, unwind safe or `Sized` by its fields.
    ItemAutoTraitRemoved = "item-auto-trait-removed",
    /// A type is `Send`, `Sync`, `Unpin`, unwind safe or `Sized` now by its fields.
    ItemAutoTraitAdded = "item-auto-trait-added",
    /// A field is of a type of which it is not known whether it is `Send`, `Sync`, `Unpin` and unwind safe.
    ItemAutoTraitUnknown = "item-auto-trait-unknown",
    /// An implementation is not seen on one side, where a macro that is not read may make it.
    ItemImplUnknown = "item-impl-unknown",
    /// A type holds an array whose length is written another way, and is not known on one side.
    ItemLengthUnknown = "item-length-unknown",
    /// Public constants of a type can no longer stand in patterns.
    ItemConstantPatternRemoved = "item-constant-pattern-removed",
    /// Constants that others make of a type can no longer stand in patterns.
    ItemOwnConstantPatternRemoved = "item-own-constant-pattern-removed",
    /// The number of a variant is written another way, and is not known on one side.
    ItemDiscriminantUnknown = "item-discriminant-unknown",
    /// A type is said in other words, and whether it is the same is not known.
    ItemTypeUnknown = "item-type-unknown",
    /// A type that others take apart implements `Drop` now.
    ItemDropAdded = "item-drop-added",
    /// A public item is re-exported from another package now, and its definition is not read.
    ItemMovedAway = "item-moved-away",
    /// A macro takes one more pattern.
    ItemMacroArmAdded = "item-macro-arm-added",
    /// A type can no longer stand for itself with a shorter lifetime or another parameter.
    ItemVarianceChanged = "item-variance-changed",
    /// A type can no longer stand for itself with another type inside.
    ItemParameterVarianceChanged = "item-parameter-variance-changed",
    /// A trait can no longer be made into a trait object.
    ItemDynRemoved = "item-dyn-removed",
    /// A function asks for more of the processor.
    ItemTargetFeatureAdded = "item-target-feature-added",
    /// A function asks for less of the processor.
    ItemTargetFeatureRemoved = "item-target-feature-removed",
    /// A symbol that a linker sees has another name.
    ItemExportChanged = "item-export-changed",
    /// An item is no longer `#[must_use]`.
    ItemMustUseRemoved = "item-must-use-removed",
    /// Variants or fields stand in another order, which a derived comparison follows.
    ItemOrderChanged = "item-order-changed",
    /// Fields of a `repr(C)` type stand in another order.
    ItemFieldOrderChanged = "item-field-order-changed",
    /// A derive macro no longer knows one of its attributes.
    ItemHelperAttributeRemoved = "item-helper-attribute-removed",
    /// A field, a variant or a member of a trait is deprecated.
    ItemPartDeprecated = "item-part-deprecated",
    /// The layout of a type is promised now.
    ItemReprPromised = "item-repr-promised",
    /// The variants of an enum can no longer be cast to a number.
    ItemCastRemoved = "item-cast-removed",
    /// A trait can be implemented by others now.
    ItemTraitUnsealed = "item-trait-unsealed",
    /// A private field became public.
    ItemFieldPublished = "item-field-published",
    /// A part was added to a type that a macro which is not read may make `#[non_exhaustive]`.
    ItemOpennessUnknown = "item-openness-unknown",
    /// A macro no longer writes an item into the code of its callers.
    ItemMacroOutputRemoved = "item-macro-output-removed",
    /// What a macro writes into the code of its callers changed.
    ItemMacroOutputChanged = "item-macro-output-changed",
    /// Text that is not read, and may hold endpoints, changed.
    UnreadChanged = "unread-changed",
    /// A parameter was added that must be sent.
    RequiredParameterAdded = "required-parameter-added",
    /// The document alone asks for a parameter, of a handler that is handed the request itself.
    PublishedParameterRequired = "published-parameter-required",
    /// A parameter left the document, of a handler that is handed the request itself.
    PublishedParameterRemoved = "published-parameter-removed",
    /// An optional parameter was added.
    ParameterAdded = "parameter-added",
    /// A parameter is no longer read.
    ParameterRemoved = "parameter-removed",
    /// An optional parameter must be sent now.
    ParameterRequired = "parameter-required",
    /// A required parameter is optional now.
    ParameterOptional = "parameter-optional",
    /// A parameter goes by another name.
    ParameterRenamed = "parameter-renamed",
    /// A parameter is read under one more name.
    ParameterAliasAdded = "parameter-alias-added",
    /// A parameter is no longer read under one of its names.
    ParameterAliasRemoved = "parameter-alias-removed",
    /// A parameter is read from another place.
    ParameterMoved = "parameter-moved",
    /// A parameter's type changed.
    ParameterTypeChanged = "parameter-type-changed",
    /// A parameter accepts less than before.
    ParameterTypeNarrowed = "parameter-type-narrowed",
    /// A parameter accepts more than before.
    ParameterTypeWidened = "parameter-type-widened",
    /// A parameter whose reader refuses every value.
    ParameterUnreadable = "parameter-unreadable",
    /// A parameter may be repeated now.
    ParameterRepeatable = "parameter-repeatable",
    /// A parameter may no longer be repeated.
    ParameterNotRepeatable = "parameter-not-repeatable",
    /// A list or object parameter is written another way.
    ParameterStyleChanged = "parameter-style-changed",
    /// An empty parameter means something else.
    ParameterEmptyMeaningChanged = "parameter-empty-meaning-changed",
    /// Query keys that nobody reads are refused now.
    ParameterUnknownDenied = "parameter-unknown-denied",
    /// Query keys that nobody reads are skipped now.
    ParameterUnknownAllowed = "parameter-unknown-allowed",
    /// A parameter that is not sent means another value.
    ParameterDefaultChanged = "parameter-default-changed",
    /// The code behind a parameter's default changed.
    ParameterDefaultOpaque = "parameter-default-opaque",
    /// A parameter is checked more strictly.
    ParameterConstraintTightened = "parameter-constraint-tightened",
    /// A parameter is checked less strictly.
    ParameterConstraintLoosened = "parameter-constraint-loosened",
    /// A parameter is deprecated.
    ParameterDeprecated = "parameter-deprecated",
    /// An optional configuration key is new.
    ConfigKeyAdded = "config-key-added",
    /// A configuration key is new and must be written.
    ConfigRequiredKeyAdded = "config-required-key-added",
    /// A configuration key is gone.
    ConfigKeyRemoved = "config-key-removed",
    /// A configuration key goes by another name.
    ConfigKeyRenamed = "config-key-renamed",
    /// A configuration key is read under one more name.
    ConfigKeyAliasAdded = "config-key-alias-added",
    /// A configuration key is no longer read under one of its names.
    ConfigKeyAliasRemoved = "config-key-alias-removed",
    /// An optional configuration key must be written now.
    ConfigKeyRequired = "config-key-required",
    /// A required configuration key is optional now.
    ConfigKeyOptional = "config-key-optional",
    /// The default of a configuration key changed.
    ConfigDefaultChanged = "config-default-changed",
    /// The type of a configuration key changed.
    ConfigTypeChanged = "config-type-changed",
    /// A configuration key accepts less than before.
    ConfigTypeNarrowed = "config-type-narrowed",
    /// A configuration key accepts more than before.
    ConfigTypeWidened = "config-type-widened",
    /// Unknown configuration keys are refused now.
    ConfigUnknownDenied = "config-unknown-denied",
    /// Unknown configuration keys are skipped now.
    ConfigUnknownAllowed = "config-unknown-allowed",
    /// A configuration key is checked more strictly.
    ConfigConstraintTightened = "config-constraint-tightened",
    /// A configuration key is checked less strictly.
    ConfigConstraintLoosened = "config-constraint-loosened",
    /// A configuration key is deprecated.
    ConfigDeprecated = "config-deprecated",
    /// A request body must be sent now.
    RequestBodyRequired = "request-body-required",
    /// The request body is optional now.
    RequestBodyOptional = "request-body-optional",
    /// The request body is no longer read.
    RequestBodyRemoved = "request-body-removed",
    /// An optional request body is new.
    RequestBodyAdded = "request-body-added",
    /// A request body is read in one more format.
    RequestContentTypeAdded = "request-content-type-added",
    /// A request body is no longer read in one of its formats.
    RequestContentTypeRemoved = "request-content-type-removed",
    /// An answer has a body now.
    ResponseBodyAdded = "response-body-added",
    /// An answer has no body any more.
    ResponseBodyRemoved = "response-body-removed",
    /// An answer may come in one more format.
    ResponseContentTypeAdded = "response-content-type-added",
    /// An answer no longer comes in one of its formats.
    ResponseContentTypeRemoved = "response-content-type-removed",
    /// The success status changed.
    ResponseSuccessStatusChanged = "response-success-status-changed",
    /// A success status is no longer answered.
    ResponseSuccessStatusRemoved = "response-success-status-removed",
    /// A success status is new, with a body that was promised for success already.
    ResponseSuccessStatusAdded = "response-success-status-added",
    /// A success status is new, with an answer that no success status had.
    ResponseSuccessBodyAdded = "response-success-body-added",
    /// An error status is new.
    ResponseErrorStatusAdded = "response-error-status-added",
    /// An error status is no longer answered.
    ResponseErrorStatusRemoved = "response-error-status-removed",
    /// The status of an error changed.
    ResponseErrorStatusChanged = "response-error-status-changed",
    /// A response header is new.
    ResponseHeaderAdded = "response-header-added",
    /// A response header is gone.
    ResponseHeaderRemoved = "response-header-removed",
    /// A response header is no longer always there.
    ResponseHeaderOptional = "response-header-optional",
    /// A response header is always there now.
    ResponseHeaderGuaranteed = "response-header-guaranteed",
    /// The type of a response header changed.
    ResponseHeaderTypeChanged = "response-header-type-changed",
    /// A response header may hold less than before.
    ResponseHeaderTypeNarrowed = "response-header-type-narrowed",
    /// A response header may hold more than before.
    ResponseHeaderTypeWidened = "response-header-type-widened",
    /// A field was added that must be sent.
    RequestRequiredFieldAdded = "request-required-field-added",
    /// An optional field was added to what is read.
    RequestFieldAdded = "request-field-added",
    /// A field is no longer read.
    RequestFieldRemoved = "request-field-removed",
    /// An optional field must be sent now.
    RequestFieldRequired = "request-field-required",
    /// A required field is optional now.
    RequestFieldOptional = "request-field-optional",
    /// A field that is read goes by another name.
    RequestFieldRenamed = "request-field-renamed",
    /// A field is read under one more name.
    RequestFieldAliasAdded = "request-field-alias-added",
    /// A field is no longer read under one of its names.
    RequestFieldAliasRemoved = "request-field-alias-removed",
    /// `null` is read where it was refused.
    RequestNullAllowed = "request-null-allowed",
    /// `null` is refused where it was read.
    RequestNullDenied = "request-null-denied",
    /// `null` and a missing key no longer mean what they meant.
    RequestNullMeaningChanged = "request-null-meaning-changed",
    /// Fields that nobody reads are refused now.
    RequestUnknownFieldsDenied = "request-unknown-fields-denied",
    /// Fields that nobody reads are skipped now.
    RequestUnknownFieldsAllowed = "request-unknown-fields-allowed",
    /// A field that is not sent means another value.
    RequestDefaultChanged = "request-default-changed",
    /// The code behind a field's default changed.
    RequestDefaultOpaque = "request-default-opaque",
    /// A field that is read is deprecated.
    RequestFieldDeprecated = "request-field-deprecated",
    /// A field is checked more strictly.
    RequestConstraintTightened = "request-constraint-tightened",
    /// A field is checked less strictly.
    RequestConstraintLoosened = "request-constraint-loosened",
    /// The pattern that a field must match changed.
    RequestPatternChanged = "request-pattern-changed",
    /// A published limit, which nothing checks, was tightened.
    RequestPublishedConstraintTightened = "request-published-constraint-tightened",
    /// A field was added to what is written.
    ResponseFieldAdded = "response-field-added",
    /// A field is no longer written.
    ResponseFieldRemoved = "response-field-removed",
    /// A field that could be missing is always there now.
    ResponseFieldGuaranteed = "response-field-guaranteed",
    /// A field that was always there may be missing now.
    ResponseFieldOptional = "response-field-optional",
    /// A field that is written goes by another name.
    ResponseFieldRenamed = "response-field-renamed",
    /// `null` may be written where it never was.
    ResponseNullAdded = "response-null-added",
    /// `null` is no longer written.
    ResponseNullRemoved = "response-null-removed",
    /// A field is left out where `null` was written.
    ResponseNullOmitted = "response-null-omitted",
    /// `null` is written where a field was left out.
    ResponseAbsentNulled = "response-absent-nulled",
    /// A field that is written is deprecated.
    ResponseFieldDeprecated = "response-field-deprecated",
    /// A new field of a message is refused by those who run the old version.
    MessageFieldRefused = "message-field-refused",
    /// A message in a layout encoding changed.
    MessageLayoutChanged = "message-layout-changed",
    /// A variant is read that was not known.
    RequestEnumVariantAdded = "request-enum-variant-added",
    /// A variant is no longer read.
    RequestEnumVariantRemoved = "request-enum-variant-removed",
    /// A variant that is read goes by another name.
    RequestEnumVariantRenamed = "request-enum-variant-renamed",
    /// A variant is read under one more name.
    RequestEnumVariantAliasAdded = "request-enum-variant-alias-added",
    /// A variant is no longer read under one of its names.
    RequestEnumVariantAliasRemoved = "request-enum-variant-alias-removed",
    /// Unknown variants are read now.
    RequestEnumFallbackAdded = "request-enum-fallback-added",
    /// Unknown variants are refused now.
    RequestEnumFallbackRemoved = "request-enum-fallback-removed",
    /// A set of names became any text.
    RequestEnumOpened = "request-enum-opened",
    /// Any text became a set of names.
    RequestEnumClosed = "request-enum-closed",
    /// The variant is told another way.
    RequestEnumRepresentationChanged = "request-enum-representation-changed",
    /// A variant carries something of another kind.
    RequestEnumPayloadChanged = "request-enum-payload-changed",
    /// A new untagged variant swallows what a later one read.
    RequestUntaggedVariantShadowed = "request-untagged-variant-shadowed",
    /// Overlapping untagged variants changed places.
    RequestUntaggedOrderChanged = "request-untagged-order-changed",
    /// A variant is written that clients do not know.
    ResponseEnumVariantAdded = "response-enum-variant-added",
    /// A variant was added to an enum that the baseline declared open.
    ResponseOpenEnumVariantAdded = "response-open-enum-variant-added",
    /// A variant is no longer written.
    ResponseEnumVariantRemoved = "response-enum-variant-removed",
    /// A variant that is written goes by another name.
    ResponseEnumVariantRenamed = "response-enum-variant-renamed",
    /// A set of names became any text.
    ResponseEnumOpened = "response-enum-opened",
    /// Any text became a set of names.
    ResponseEnumClosed = "response-enum-closed",
    /// The variant is told another way.
    ResponseEnumRepresentationChanged = "response-enum-representation-changed",
    /// A variant carries something of another kind.
    ResponseEnumPayloadChanged = "response-enum-payload-changed",
    /// Clients are told to expect unknown variants from now on.
    ResponseEnumDeclaredOpen = "response-enum-declared-open",
    /// Clients are told that no variant will be added.
    ResponseEnumDeclaredClosed = "response-enum-declared-closed",
    /// A number is read over a larger range.
    RequestNumberWidened = "request-number-widened",
    /// A number is read over a smaller or other range.
    RequestNumberNarrowed = "request-number-narrowed",
    /// A number is read with less precision.
    RequestNumberPrecisionLost = "request-number-precision-lost",
    /// What is read is of another type.
    RequestTypeChanged = "request-type-changed",
    /// Less is read than before.
    RequestTypeNarrowed = "request-type-narrowed",
    /// More is read than before.
    RequestTypeWidened = "request-type-widened",
    /// Text that is read must have a format now.
    RequestFormatAdded = "request-format-added",
    /// Text that is read needs no format any more.
    RequestFormatRemoved = "request-format-removed",
    /// Text that is read must have another format.
    RequestFormatChanged = "request-format-changed",
    /// An array that is read has another length.
    RequestTupleLengthChanged = "request-tuple-length-changed",
    /// An array that is read may have more elements at its end.
    RequestTupleExtended = "request-tuple-extended",
    /// Code that reads a value, and that the tool cannot judge, changed.
    RequestOpaqueChanged = "request-opaque-changed",
    /// What is read can no longer be known.
    RequestBecameOpaque = "request-became-opaque",
    /// A number is written over a larger or other range.
    ResponseNumberWidened = "response-number-widened",
    /// A number is written over a smaller range.
    ResponseNumberNarrowed = "response-number-narrowed",
    /// What is written is of another type.
    ResponseTypeChanged = "response-type-changed",
    /// Less is written than before.
    ResponseTypeNarrowed = "response-type-narrowed",
    /// More may be written than before.
    ResponseTypeWidened = "response-type-widened",
    /// Text that is written has a format now.
    ResponseFormatAdded = "response-format-added",
    /// Text that is written has no format any more.
    ResponseFormatRemoved = "response-format-removed",
    /// Text that is written has another format.
    ResponseFormatChanged = "response-format-changed",
    /// An array that is written has another length.
    ResponseTupleLengthChanged = "response-tuple-length-changed",
    /// Code that writes a value, and that the tool cannot judge, changed.
    ResponseOpaqueChanged = "response-opaque-changed",
    /// What is written can no longer be known.
    ResponseBecameOpaque = "response-became-opaque",
    /// A feature of a dependency that changes the wire was turned on or off.
    WireFeatureChanged = "wire-feature-changed",
}

impl ChangeKind {
    /// Does it hurt somebody by itself, whatever clients are said to take?
    #[must_use]
    pub fn hurts(self) -> bool {
        matches!(
            self,
            Self::EndpointRemoved
                | Self::DeprecatedEndpointRemoved
                | Self::EndpointUnpublished
                | Self::EndpointDestabilized
                | Self::EndpointRemovalAdvanced
                | Self::EndpointBehaviorChanged
                | Self::EndpointKindChanged
                | Self::EndpointConditionChanged
                | Self::EndpointOperationIdChanged
                | Self::PathNarrowed
                | Self::PathPatternChanged
                | Self::EndpointShadowed
                | Self::EndpointAuthRequired
                | Self::EndpointAuthChanged
                | Self::EndpointAuthUnknown
                | Self::EndpointExtractorAdded
                | Self::EndpointLayerChanged
                | Self::EndpointMountUnknown
                | Self::ItemSignatureChanged
                | Self::ItemAutoImplRemoved
                | Self::ItemKindChanged
                | Self::ItemPathRemoved
                | Self::ItemParameterAdded
                | Self::ItemParameterRemoved
                | Self::ItemParameterTypeChanged
                | Self::ItemReturnTypeChanged
                | Self::ItemLifetimeChanged
                | Self::ItemReceiverChanged
                | Self::ItemGenericsChanged
                | Self::ItemBoundTightened
                | Self::ItemUnsafeAdded
                | Self::ItemConstRemoved
                | Self::ItemAbiChanged
                | Self::ItemFieldAdded
                | Self::ItemFieldRemoved
                | Self::ItemFieldPrivate
                | Self::ItemFieldTypeChanged
                | Self::ItemLayoutChanged
                | Self::ItemVariantAdded
                | Self::ItemVariantRemoved
                | Self::ItemNonExhaustiveAdded
                | Self::ItemDiscriminantChanged
                | Self::ItemReprChanged
                | Self::ItemRequiredMemberAdded
                | Self::ItemMemberRemoved
                | Self::ItemDefaultRemoved
                | Self::ItemSupertraitAdded
                | Self::ItemSupertraitRemoved
                | Self::ItemTraitSealed
                | Self::ItemImplRemoved
                | Self::ItemBlanketImplAdded
                | Self::ItemReferenceImplAdded
                | Self::ItemAssociatedTypeChanged
                | Self::ItemValueTypeChanged
                | Self::ItemMacroArmRemoved
                | Self::ItemMacroOutputRemoved
                | Self::ItemMacroOutputChanged
                | Self::EndpointConditionDoubtful
                | Self::ItemFeatureRemoved
                | Self::ItemFeatureNarrowed
                | Self::ItemFeatureEffectUnknown
                | Self::ItemOptionalDependencyRemoved
                | Self::ItemDependencyChanged
                | Self::ItemAutoTraitRemoved
                | Self::ItemAutoTraitUnknown
                | Self::ItemImplUnknown
                | Self::ItemLengthUnknown
                | Self::ItemConstantPatternRemoved
                | Self::ItemOwnConstantPatternRemoved
                | Self::ItemDiscriminantUnknown
                | Self::ItemTypeUnknown
                | Self::ItemMovedAway
                | Self::ItemDropAdded
                | Self::ItemVarianceChanged
                | Self::ItemParameterVarianceChanged
                | Self::ItemDynRemoved
                | Self::ItemTargetFeatureAdded
                | Self::ItemExportChanged
                | Self::ItemOrderChanged
                | Self::ItemFieldOrderChanged
                | Self::ItemHelperAttributeRemoved
                | Self::ItemCastRemoved
                | Self::UnreadChanged
                | Self::ItemOpennessUnknown
                | Self::RequiredParameterAdded
                | Self::PublishedParameterRequired
                | Self::PublishedParameterRemoved
                | Self::ParameterRemoved
                | Self::ParameterRequired
                | Self::ParameterRenamed
                | Self::ParameterAliasRemoved
                | Self::ParameterMoved
                | Self::ParameterTypeChanged
                | Self::ParameterTypeNarrowed
                | Self::ParameterUnreadable
                | Self::ParameterNotRepeatable
                | Self::ParameterStyleChanged
                | Self::ParameterEmptyMeaningChanged
                | Self::ParameterUnknownDenied
                | Self::ParameterDefaultChanged
                | Self::ParameterDefaultOpaque
                | Self::ParameterConstraintTightened
                | Self::ConfigRequiredKeyAdded
                | Self::ConfigKeyRemoved
                | Self::ConfigKeyRenamed
                | Self::ConfigKeyAliasRemoved
                | Self::ConfigKeyRequired
                | Self::ConfigTypeChanged
                | Self::ConfigTypeNarrowed
                | Self::ConfigUnknownDenied
                | Self::ConfigConstraintTightened
                | Self::RequestBodyRequired
                | Self::RequestBodyRemoved
                | Self::RequestContentTypeRemoved
                | Self::ResponseBodyRemoved
                | Self::ResponseContentTypeRemoved
                | Self::ResponseSuccessStatusChanged
                | Self::ResponseSuccessStatusRemoved
                | Self::ResponseSuccessBodyAdded
                | Self::ResponseErrorStatusChanged
                | Self::ResponseHeaderRemoved
                | Self::ResponseHeaderOptional
                | Self::ResponseHeaderTypeChanged
                | Self::ResponseHeaderTypeWidened
                | Self::RequestRequiredFieldAdded
                | Self::RequestFieldRemoved
                | Self::RequestFieldRequired
                | Self::RequestFieldRenamed
                | Self::RequestFieldAliasRemoved
                | Self::RequestNullDenied
                | Self::RequestNullMeaningChanged
                | Self::RequestUnknownFieldsDenied
                | Self::RequestDefaultChanged
                | Self::RequestDefaultOpaque
                | Self::RequestConstraintTightened
                | Self::RequestPatternChanged
                | Self::RequestPublishedConstraintTightened
                | Self::ResponseFieldRemoved
                | Self::ResponseFieldOptional
                | Self::ResponseFieldRenamed
                | Self::ResponseNullAdded
                | Self::ResponseNullOmitted
                | Self::ResponseAbsentNulled
                | Self::MessageFieldRefused
                | Self::MessageLayoutChanged
                | Self::RequestEnumVariantRemoved
                | Self::RequestEnumVariantRenamed
                | Self::RequestEnumVariantAliasRemoved
                | Self::RequestEnumFallbackRemoved
                | Self::RequestEnumClosed
                | Self::RequestEnumRepresentationChanged
                | Self::RequestEnumPayloadChanged
                | Self::RequestUntaggedVariantShadowed
                | Self::RequestUntaggedOrderChanged
                | Self::ResponseEnumVariantAdded
                | Self::ResponseEnumVariantRenamed
                | Self::ResponseEnumOpened
                | Self::ResponseEnumRepresentationChanged
                | Self::ResponseEnumPayloadChanged
                | Self::RequestNumberNarrowed
                | Self::RequestNumberPrecisionLost
                | Self::RequestTypeChanged
                | Self::RequestTypeNarrowed
                | Self::RequestFormatAdded
                | Self::RequestFormatChanged
                | Self::RequestTupleLengthChanged
                | Self::RequestOpaqueChanged
                | Self::RequestBecameOpaque
                | Self::ResponseNumberWidened
                | Self::ResponseTypeChanged
                | Self::ResponseTypeWidened
                | Self::ResponseFormatRemoved
                | Self::ResponseFormatChanged
                | Self::ResponseTupleLengthChanged
                | Self::ResponseOpaqueChanged
                | Self::ResponseBecameOpaque
                | Self::WireFeatureChanged
        )
    }
}
