// What a matching rule does besides its verdict and its log line.

/// One non-disruptive action; runs at once for each matching value of each link, in the order written.
package enum ActionDraft: Equatable, Hashable, Sendable {
    /// setvar, setenv
    case assign(AssignmentDraft)
    /// initcol, setsid, setuid, setrsc
    case openCollection(CollectionOpening)
    /// expirevar, deprecatevar
    case age(CollectionAging)
    /// ctl
    case control(ControlDraft)
    /// sanitiseArg and its like
    case sanitise(SanitiseSubject, name: MacroText)
    /// append, prepend
    case inject(InjectionPlace, MacroText)
    /// pause: milliseconds. Acts for the whole chain, when its last link has matched.
    case pause(MacroText)
}

/// Where rules put text into a response.
package enum InjectionPlace: UInt32, Sendable { case before = 1, behind }

/// `setvar:tx.name=+value` and its other forms.
package struct AssignmentDraft: Equatable, Hashable, Sendable {
    package enum Kind: UInt32, Sendable { case set = 1, add, subtract, remove }
    /// TX, ENV or one of the collections that rules open.
    package var collection: VariableName
    package var name: MacroText
    package var kind: Kind
    package var value: MacroText

    package init(collection: VariableName, name: MacroText, kind: Kind, value: MacroText) {
        self.collection = collection
        self.name = name
        self.kind = kind
        self.value = value
    }
}

/// `initcol:ip=%{REMOTE_ADDR}`, `setsid:%{REQUEST_COOKIES.sid}`
package struct CollectionOpening: Equatable, Hashable, Sendable {
    package var collection: VariableName
    package var key: MacroText
    /// Written as setsid, setuid or setrsc: the key is one of the application that SecWebAppId names, and
    /// SESSIONID or USERID is the key from then on.
    package var isOfApplication: Bool

    package init(collection: VariableName, key: MacroText, isOfApplication: Bool) {
        self.collection = collection
        self.key = key
        self.isOfApplication = isOfApplication
    }
}

/// `expirevar:ip.x=60`, `deprecatevar:session.score=60/300`
package struct CollectionAging: Equatable, Hashable, Sendable {
    package enum Kind: UInt32, Sendable { case expire = 1, deprecate }
    package var kind: Kind
    package var collection: VariableName
    package var name: MacroText
    /// Seconds, or an amount, a slash and seconds.
    package var value: MacroText

    package init(kind: Kind, collection: VariableName, name: MacroText, value: MacroText) {
        self.kind = kind
        self.collection = collection
        self.name = name
        self.value = value
    }
}

/// What the audit log shows as asterisks.
package enum SanitiseSubject: UInt32, Sendable {
    case argument = 1, requestHeader, responseHeader
    /// The values that the rule matched, whole.
    case matched
    /// The bytes of them that the operator matched.
    case matchedBytes
}

extension ActionDraft {
    /// The texts whose macros are expanded when the action runs.
    var texts: [MacroText] {
        switch self {
        case .assign(let assignment): [assignment.name, assignment.value]
        case .openCollection(let opening): [opening.key]
        case .age(let aging): [aging.name, aging.value]
        case .control: []
        case .sanitise(_, let name): [name]
        case .inject(_, let text), .pause(let text): [text]
        }
    }
}
