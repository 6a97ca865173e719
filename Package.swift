// swift-tools-version: 6.3
// The floors of the gateway: a target imports only targets on floors below its own.
// What a target may not import is not on its list, so the manifest enforces the architecture:
// `Gateway`, the worker, depends on neither `Configuration` nor `SecLang` and so can not parse
// configuration or rule text.

import PackageDescription

/// Continuous integration sets this; a developer's build shows warnings and goes on.
let warningsAreErrors = Context.environment["WAFD_WARNINGS_AS_ERRORS"] == "1"

let houseSettings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableExperimentalFeature("Lifetimes"),
    ] + (warningsAreErrors ? [.treatAllWarnings(as: .error)] : [])

/// For the rule engine, whose state is one object a transaction: telling at run time that no two accesses to
/// it overlap costs a fifth of the instructions of a browser's request (`wafd-benchmarks get`). Debug
/// builds tell it all the same.
let engineSettings: [SwiftSetting] =
    houseSettings + [
        .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))
    ]

func floor(_ name: String, _ dependencies: Target.Dependency...) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: houseSettings)
}

func tests(of name: String, _ dependencies: Target.Dependency...) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies,
        swiftSettings: houseSettings)
}

let package = Package(
    name: "wafd",
    products: [
        .executable(name: "wafd", targets: ["wafd"]),
        .executable(name: "waf-ctl", targets: ["waf-ctl"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
    ],
    targets: [
        // Floor 0: what comes from C.
        .target(name: "CLinux"),
        .systemLibrary(name: "CLibraries"),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),

        // Floor 1: bytes and descriptors.
        .target(name: "Bytes", dependencies: ["CLinux"], swiftSettings: engineSettings),
        floor("Posix", "CLinux", "Bytes"),

        // Floor 2: codecs, matchers, the store.
        .target(name: "Automata", dependencies: ["Bytes", "CLibraries"], swiftSettings: engineSettings),
        floor("Detection", "Bytes"),
        floor("Transport", "Bytes", "Posix"),
        floor("HTTPMessage", "Bytes"),
        floor("WebSocket", "Bytes", "CLibraries"),
        floor("BodyFormats", "Bytes", "CLibraries", "CLibXML2"),
        floor("RuleStore", "Bytes", "Posix", "CLibraries"),
        floor("Metrics", "Bytes", "Posix"),
        floor("SharedDictionary", "Bytes", "Posix"),
        floor("Journal", "Bytes", "Posix"),

        // Floor 3: languages and protocols.
        floor("Configuration", "Bytes", "Automata", "RuleStore", "BodyFormats", "SharedDictionary"),
        floor("SecLang", "Bytes", "Automata", "Detection", "RuleStore", "BodyFormats"),
        floor("HTTP1", "Bytes", "HTTPMessage"),
        floor("Upstreams", "Bytes", "RuleStore"),
        floor("Reports", "Bytes", "Automata", "RuleStore"),
        floor("Pipeline", "Bytes", "RuleStore"),

        // Floor 4: the rule engine.
        .target(
            name: "Inspection",
            dependencies: [
                "Bytes", "Automata", "RuleStore", "BodyFormats", "Detection", "SharedDictionary", "Pipeline",
            ],
            swiftSettings: engineSettings),

        // Floor 4: verdicts of others, and stages of users' own.
        floor("RemoteInspection", "Bytes", "BodyFormats"),
        floor("UserStages", "Pipeline"),

        // Floor 4: what all requests count in: flood limits and bans, here and on other machines.
        floor("SharedState", "Bytes", "CLibraries", "SharedDictionary"),

        // Floor 5: the worker.
        floor(
            "Gateway", "Bytes", "Posix", "Automata", "Transport", "HTTPMessage", "WebSocket",
            "RuleStore", "BodyFormats", "Metrics", "SharedDictionary", "Journal", "HTTP1", "Upstreams",
            "Pipeline", "Inspection", "RemoteInspection", "SharedState", "UserStages"),

        // Floor 6: the master, and what runs without one.
        floor(
            "Supervisor", "Bytes", "Posix", "Automata", "Transport", "RuleStore", "Metrics",
            "SharedDictionary", "Journal", "Configuration", "SecLang", "Reports", "Pipeline", "SharedState",
            "Gateway"),
        floor(
            "Offline", "Bytes", "Automata", "HTTPMessage", "WebSocket", "BodyFormats", "RuleStore", "SharedDictionary",
            "Configuration", "SecLang", "HTTP1", "Reports", "Pipeline", "Inspection", "Gateway"),

        // Floor 7: arguments and exit codes.
        .executableTarget(
            name: "wafd", dependencies: ["Supervisor", "Gateway"], swiftSettings: houseSettings),
        .executableTarget(
            name: "waf-ctl",
            dependencies: [
                "Bytes", "Posix", "RuleStore", "Configuration", "SecLang", "Reports", "Inspection", "Gateway",
                "Offline", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: houseSettings),

        // What tests and benchmarks share: RE2 as a judge, the requests of the conformance kit, and rules
        // taken out of their set. RE2 is linked where `CTestOracles` is imported, in tests alone.
        .target(
            name: "CTestOracles", path: "Tests/CTestOracles", linkerSettings: [.linkedLibrary("re2")]),
        .target(name: "TestCorpus", path: "Tests/TestCorpus", swiftSettings: houseSettings),
        .target(
            name: "LoneRules",
            dependencies: ["Bytes", "Automata", "RuleStore", "SecLang", "Inspection", "TestCorpus"],
            path: "Tests/LoneRules", swiftSettings: houseSettings),

        // Figures of the engine alone; run by hand.
        .executableTarget(
            name: "wafd-benchmarks",
            dependencies: ["Bytes", "Automata", "RuleStore", "SecLang", "Inspection", "LoneRules"],
            path: "Tests/Benchmarks", swiftSettings: houseSettings),

        tests(of: "Bytes"),
        tests(of: "Posix", "Bytes"),
        tests(of: "Automata", "Bytes", "CLibraries", "CTestOracles", "TestCorpus"),
        tests(of: "Detection", "Bytes"),
        tests(of: "Transport", "Posix", "Bytes"),
        tests(of: "HTTPMessage", "Bytes"),
        tests(of: "WebSocket", "Bytes", "CLibraries"),
        tests(of: "BodyFormats", "Bytes", "CLibraries"),
        tests(of: "RuleStore", "Bytes", "Posix"),
        tests(of: "Metrics", "Posix", "Bytes"),
        tests(of: "SharedDictionary", "Posix", "Bytes"),
        tests(of: "Journal", "Posix", "Bytes"),
        tests(of: "Configuration", "Bytes", "Automata", "RuleStore", "SharedDictionary"),
        tests(of: "SecLang", "Bytes", "Automata", "RuleStore"),
        tests(of: "HTTP1", "Bytes", "HTTPMessage"),
        tests(of: "RemoteInspection", "Bytes"),
        tests(of: "Pipeline", "Bytes", "RuleStore"),
        tests(of: "UserStages", "Pipeline"),
        tests(of: "SharedState", "Bytes", "Posix", "SharedDictionary"),
        tests(of: "Upstreams", "Bytes", "RuleStore"),
        tests(
            of: "Inspection", "Bytes", "Automata", "RuleStore", "SecLang", "BodyFormats", "Configuration",
            "SharedDictionary", "TestCorpus", "LoneRules"),
        tests(
            of: "Gateway", "Bytes", "Posix", "Automata", "RuleStore", "BodyFormats", "HTTPMessage", "HTTP1",
            "RemoteInspection", "Transport", "SecLang"),
        tests(of: "Supervisor", "Bytes", "Posix", "RuleStore", "Metrics", "SharedDictionary", "Reports", "SharedState", "Gateway"),
        tests(of: "Reports", "Bytes", "RuleStore", "SecLang"),
        tests(of: "Offline", "Bytes", "RuleStore", "Configuration", "SecLang", "Reports", "Gateway"),
    ]
)
