// Operators as ModSecurity 3's log lines call them.

internal import RuleStore

extension OperatorName {
    var logName: StaticString {
        switch self {
        case .rx: "Rx"
        case .pm: "Pm"
        case .pmFromFile: "PmFromFile"
        case .streq: "StrEq"
        case .contains: "Contains"
        case .beginsWith: "BeginsWith"
        case .endsWith: "EndsWith"
        case .eq: "Eq"
        case .ge: "Ge"
        case .gt: "Gt"
        case .le: "Le"
        case .lt: "Lt"
        case .ipMatch: "IpMatch"
        case .unconditionalMatch: "UnconditionalMatch"
        case .within: "Within"
        case .strmatch: "StrMatch"
        case .containsWord: "ContainsWord"
        case .noMatch: "NoMatch"
        case .validateByteRange: "ValidateByteRange"
        case .validateUrlEncoding: "ValidateUrlEncoding"
        case .validateUtf8Encoding: "ValidateUtf8Encoding"
        case .verifyCC: "VerifyCC"
        case .verifyCPF: "VerifyCPF"
        case .verifySSN: "VerifySSN"
        case .verifySVNR: "VerifySVNR"
        case .rxGlobal: "RxGlobal"
        case .ipMatchFromFile: "IpMatchFromFile"
        case .detectSQLi: "DetectSQLi"
        case .detectXSS: "DetectXSS"
        case .rsub: "Rsub"
        case .geoLookup: "GeoLookup"
        case .validateDTD: "ValidateDTD"
        case .validateSchema: "ValidateSchema"
        }
    }
}

/// The names of severities 0 to 7.
enum Severity {
    static func name(_ severity: Int) -> StaticString {
        switch severity {
        case 0: "EMERGENCY"
        case 1: "ALERT"
        case 2: "CRITICAL"
        case 3: "ERROR"
        case 4: "WARNING"
        case 5: "NOTICE"
        case 6: "INFO"
        default: "DEBUG"
        }
    }
}
