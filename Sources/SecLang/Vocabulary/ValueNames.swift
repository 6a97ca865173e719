// Names for numbers in the values of actions and directives.

internal import RuleStore

enum ValueNames {
    /// `phase:`; request and response are those of the bodies.
    static let phases: [String: UInt32] = ["request": 2, "response": 4, "logging": 5]

    /// `severity:`, as syslog numbers them; the index is the number.
    static let severities = [
        "emergency", "alert", "critical", "error", "warning", "notice", "info", "debug",
    ]

    static let engineModes: [String: EngineSettings.Mode] = [
        "on": .on, "off": .off, "detectiononly": .detectionOnly,
    ]

    /// `allow:`
    static let allowScopes: [String: Disruption] = [
        "": .allow, "phase": .allowPhase, "request": .allowRequest,
    ]

    static let auditModes: [String: EngineSettings.AuditMode] = [
        "on": .on, "off": .off, "relevantonly": .relevantOnly,
    ]

    /// `ctl:requestBodyProcessor=`
    static let bodyProcessors: [String: BodyProcessorName] = [
        "urlencoded": .urlEncoded, "multipart": .multipart, "json": .json, "xml": .xml,
    ]

    static let switches = ["on": true, "off": false]

    static let limitActions: [String: EngineSettings.LimitAction] = [
        "reject": .reject, "processpartial": .processPartial,
    ]
}
