// The engine's settings.

/// What the Sec* directives outside rules set.
package struct EngineSettings: Equatable, Sendable {
    package enum Mode: UInt32, Sendable { case off = 0, detectionOnly, on }
    package enum LimitAction: UInt32, Sendable { case reject = 0, processPartial }
    package enum AuditMode: UInt32, Sendable { case off = 0, relevantOnly, on }

    package var mode = Mode.on
    package var inspectsRequestBody = true
    package var inspectsResponseBody = true
    /// Bytes; SecRequestBodyLimit.
    package var requestBodyLimitBytes = 13_107_200
    /// Bytes; SecRequestBodyNoFilesLimit.
    package var requestBodyNoFilesLimitBytes = 131_072
    package var requestBodyLimitAction = LimitAction.reject
    /// Bytes; SecResponseBodyLimit.
    package var responseBodyLimitBytes = 524_288
    package var responseBodyLimitAction = LimitAction.processPartial
    /// Whether append and prepend act; SecContentInjection.
    package var injectsContent = false
    /// Whether STREAM_INPUT_BODY is there; SecStreamInBodyInspection.
    package var streamsRequestBody = false
    /// Whether STREAM_OUTPUT_BODY is there; SecStreamOutBodyInspection.
    package var streamsResponseBody = false
    /// Whether JSON and XML bodies are read as such without a rule that says so, as the rules of
    /// ModSecurity's recommended file have it. For rule sets that bring no settings for bodies.
    package var readsDocuments = false
    /// Lower case, without parameters; SecResponseBodyMimeType.
    package var responseBodyTypes = ["text/plain", "text/html", "text/xml"]
    /// SecArgumentSeparator.
    package var argumentSeparator = UInt8(ascii: "&")
    /// Whether cookies are read as RFC 2965 has them; SecCookieFormat 1.
    package var readsVersion1Cookies = false
    /// SecArgumentsLimit; nil: the engine's own limit alone.
    package var argumentsLimit: Int?
    /// Arrays and objects inside one another; SecRequestBodyJsonDepthLimit.
    package var jsonDepthLimit = 512
    /// Files of a multipart body that raise no flag; SecUploadFileLimit.
    package var fileLimit = 100
    /// Steps of a backtracking match; SecPcreMatchLimit.
    package var matchLimit = 100_000
    /// SecPcreMatchLimitRecursion.
    package var matchDepthLimit = 100_000
    /// Seconds that an unused record of a collection is kept; SecCollectionTimeout.
    package var collectionTimeoutSeconds = 3_600
    /// SecAuditEngine; nil where no rule file says.
    package var auditMode: AuditMode?
    package var auditParts = AuditParts.standard
    /// Statuses whose transactions are worth an audit record, as a pattern: an index into the
    /// set's programs; SecAuditLogRelevantStatus.
    package var auditRelevantStatus: Int?
    /// SecAuditLog; empty: none.
    package var auditLog = ""
    /// SecComponentSignature, one a line.
    package var componentSignatures = ""
    /// SecWebAppId.
    package var webAppID = "default"
    /// SecServerSignature; empty: the origin's own.
    package var serverSignature = ""
    /// SecSensorId.
    package var sensorID = ""
    /// SecDebugLog; empty: none.
    package var debugLog = ""
    /// 0 to 9; SecDebugLogLevel.
    package var debugLogLevel = 0

    package init() {}
}
