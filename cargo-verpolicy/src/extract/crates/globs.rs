//! Names that globs of well-known modules bind, for modules with several globs that lead to other crates.

/// Does a glob of this module bind this name?
pub(crate) fn glob_binds(module: &str, name: &str) -> bool {
    GLOBS.iter().find(|(path, _)| *path == module).is_some_and(|(_, names)| names.split(' ').any(|n| n == name))
}

const GLOBS: &[(&str, &str)] = &[
    (
        "actix_web",
        "App Either Error FromRequest HttpMessage HttpRequest HttpResponse HttpResponseBuilder HttpServer \
         Responder ResponseError Result connect delete get head options patch post put route routes scope trace \
         web",
    ),
    (
        "actix_web::web",
        "Bytes BytesMut Data Form Header Html Json Path Payload Query ReqData ServiceConfig delete get head patch \
         post put resource route scope to",
    ),
    ("anyhow", "Context Error Ok Result"),
    ("axum", "BoxError Error Extension Form Json RequestExt RequestPartsExt Router"),
    (
        "axum::extract",
        "ConnectInfo DefaultBodyLimit Extension Form FromRef FromRequest FromRequestParts Host Json MatchedPath \
         Multipart NestedPath OriginalUri Path Query RawForm RawPathParams RawQuery Request State \
         WebSocketUpgrade",
    ),
    (
        "axum::middleware",
        "Next from_extractor from_extractor_with_state from_fn from_fn_with_state map_request map_request_with_state \
         map_response map_response_with_state",
    ),
    ("axum::response", "AppendHeaders Html IntoResponse IntoResponseParts Json Redirect Response Sse"),
    (
        "axum::routing",
        "MethodFilter MethodRouter Router any any_service delete delete_service get get_service head head_service on \
         on_service options options_service patch patch_service post post_service put put_service trace trace_service",
    ),
    ("chrono", "DateTime Duration FixedOffset Local NaiveDate NaiveDateTime NaiveTime TimeDelta TimeZone Utc"),
    ("chrono::prelude", "DateTime Datelike FixedOffset Local NaiveDate NaiveDateTime NaiveTime TimeZone Timelike Utc"),
    (
        "diesel",
        "AsChangeset AsExpression Associations FromSqlRow Identifiable Insertable MultiConnection QueryId \
         QueryResult Queryable QueryableByName Selectable SqlType allow_tables_to_appear_in_same_query joinable \
         table",
    ),
    (
        "diesel::prelude",
        "AsChangeset Associations BoolExpressionMethods Connection ExpressionMethods HasQuery Identifiable \
         Insertable JoinOnDsl OptionalExtension PgConnection QueryDsl QueryResult Queryable QueryableByName \
         RunQueryDsl Selectable SelectableHelper SqliteConnection allow_tables_to_appear_in_same_query joinable \
         table",
    ),
    (
        "dropshot",
        "ApiDescription ApiEndpoint Body ClientErrorStatusCode EmptyScanParams FreeformBody Header HttpError \
         HttpResponseAccepted HttpResponseCreated HttpResponseDeleted HttpResponseFound HttpResponseHeaders \
         HttpResponseOk HttpResponseSeeOther HttpResponseTemporaryRedirect HttpResponseUpdatedNoContent \
         MultipartBody PaginationParams Path Query RequestContext ResultsPage ServerContext StreamingBody \
         TypedBody UntypedBody WhichPage api_description channel endpoint",
    ),
    (
        "loco_rs::prelude",
        "AppContext BackgroundWorker Date DateTime DateTimeUtc DateTimeWithTimeZone Decimal Error Form Format Initializer \
         IntoResponse Json ModelError ModelResult Path Query RespondTo Response Result Routes State TeraView Uuid Validate \
         ViewEngine ViewRenderer async_trait auth bad_request delete format get head mailer not_found options patch post \
         put trace unauthorized",
    ),
    (
        "poem",
        "Body Endpoint EndpointExt Error FromRequest IntoEndpoint IntoResponse Middleware Request Response Result Route \
         RouteDomain RouteMethod RouteScheme Server connect delete get handler head options patch post put trace",
    ),
    (
        "poem_openapi",
        "ApiExtractor ApiRequest ApiResponse Enum Multipart NewType OAuthScopes Object OpenApi OpenApiService \
         OpenApiTag OperationId ResponseContent SecurityScheme Tags Union Webhook",
    ),
    ("poem_openapi::param", "Cookie CookiePrivate CookieSigned Header Path Query"),
    (
        "poem_openapi::payload",
        "Attachment Base64 Binary EventStream Form Html Json Payload PlainText Response Xml Yaml",
    ),
    (
        "poem_openapi::types",
        "Any Email Example Hostname MaybeUndefined ParseFromJSON ParseFromMultipartField ParseFromParameter \
         ParseFromXML ParseFromYAML Password ToHeader ToJSON ToXML ToYAML Type",
    ),
    ("poem_openapi::types::multipart", "JsonField Upload"),
    (
        "rocket",
        "Build Catcher Config Data Either FromForm FromFormField Ignite Orbit Request Responder Response Rocket \
         Route State UriDisplayPath UriDisplayQuery catch catchers delete get head launch main options patch post \
         put route routes uri",
    ),
    ("rocket::serde", "Deserialize DeserializeOwned Serialize json"),
    ("salvo", "Depot Error FlowCtrl Listener Request Response Router Scribe Server Service Writer async_trait handler"),
    (
        "salvo::oapi",
        "Components EndpointOutRegister OpenApi Operation ToParameters ToResponse ToResponses ToSchema endpoint",
    ),
    ("salvo::oapi::extract", "CookieParam FormBody FormFile HeaderParam JsonBody PathParam QueryParam"),
    (
        "salvo::prelude",
        "Depot Extractible FlowCtrl Handler Json Listener OpenApi RapiDoc ReDoc Redirect Request Response Router Scalar Scribe \
         Server Service StaticDir StaticFile StatusCode StatusError SwaggerUi Text ToParameters ToResponse ToResponses ToSchema Writer async_trait endpoint \
         handler",
    ),
    ("schemars", "JsonSchema JsonSchema_repr Schema SchemaGenerator"),
    (
        "sea_orm::prelude",
        "ActiveEnum ActiveModelBehavior ActiveModelTrait BigDecimal ChronoDate ChronoDateTime ChronoDateTimeLocal \
         ChronoDateTimeUtc ChronoDateTimeWithTimeZone ChronoTime ColumnTrait CursorTrait Date DateTime DateTimeLocal \
         DateTimeUtc DateTimeWithTimeZone DbErr Decimal DeriveActiveEnum DeriveEntityModel DeriveRelation \
         EntityName EntityTrait EnumIter Expr HasMany HasOne Iterable Json Linked ModelTrait PaginatorTrait PrimaryKeyTrait \
         QueryFilter Related RelationDef RelationTrait Select Time TimeDate TimeDateTime TimeDateTimeWithTimeZone TimeTime \
         Uuid",
    ),
    (
        "sea_orm::entity::prelude",
        "ActiveEnum ActiveModelBehavior ActiveModelTrait BigDecimal ChronoDate ChronoDateTime ChronoDateTimeLocal \
         ChronoDateTimeUtc ChronoDateTimeWithTimeZone ChronoTime ColumnTrait CursorTrait Date DateTime DateTimeLocal \
         DateTimeUtc DateTimeWithTimeZone DbErr Decimal DeriveActiveEnum DeriveEntityModel DeriveRelation \
         EntityName EntityTrait EnumIter Expr HasMany HasOne Iterable Json Linked ModelTrait PaginatorTrait PrimaryKeyTrait \
         QueryFilter Related RelationDef RelationTrait Select Time TimeDate TimeDateTime TimeDateTimeWithTimeZone TimeTime \
         Uuid",
    ),
    ("serde", "Deserialize Deserializer Serialize Serializer"),
    ("serde_with", "DeserializeFromStr DisplayFromStr SerializeDisplay serde_as skip_serializing_none"),
    ("std::collections", "BTreeMap BTreeSet BinaryHeap HashMap HashSet LinkedList VecDeque"),
    ("std::fmt", "Alignment Arguments Binary Debug Display Error Formatter LowerHex Pointer Result UpperHex Write"),
    ("std::io", "BufRead BufReader BufWriter Cursor Error ErrorKind Read Result Seek SeekFrom Write"),
    ("std::net", "IpAddr Ipv4Addr Ipv6Addr SocketAddr SocketAddrV4 SocketAddrV6 TcpListener TcpStream UdpSocket"),
    ("std::sync", "Arc Barrier Condvar LazyLock Mutex MutexGuard Once OnceLock RwLock Weak"),
    ("std::time", "Duration Instant SystemTime UNIX_EPOCH"),
    ("utoipa", "IntoParams IntoResponses Modify OpenApi PartialSchema ToResponse ToSchema path schema"),
    ("versioning_macros", "api"),
];
