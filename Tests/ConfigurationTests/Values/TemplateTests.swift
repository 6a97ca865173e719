import RuleStore
import Testing

@testable import Configuration

@Suite("Templates: text with variables")
struct TemplateTests {
    static func parse(_ text: String) -> Result<[TemplateText.Part], ConfigurationError.Reason> {
        TemplateParser.parse(text).map(\.parts)
    }

    @Test func literalsAndVariables() {
        #expect(Self.parse("") == .success([]))
        #expect(Self.parse("plain") == .success([.literal("plain")]))
        #expect(Self.parse("$host") == .success([.variable(.host)]))
        #expect(
            Self.parse("a${host}b$uri/")
                == .success([.literal("a"), .variable(.host), .literal("b"), .variable(.uri), .literal("/")]))
        #expect(
            Self.parse("$uri$is_args$args")
                == .success([.variable(.uri), .variable(.isArgs), .variable(.args)]))
        #expect(Self.parse("$host-x") == .success([.variable(.host), .literal("-x")]))
        #expect(Self.parse("{$host}") == .success([.literal("{"), .variable(.host), .literal("}")]))
    }

    @Test(arguments: [
        ("http_X_Real_IP", TemplateVariable.requestField("x-real-ip")), ("HTTP_HOST", .requestField("host")),
        ("arg_Page", .argument("Page")), ("cookie_SID", .cookie("SID")), ("document_uri", .uri),
        ("query_string", .args), ("Remote_Addr", .remoteAddress),
    ]) func names(_ name: String, _ want: TemplateVariable) {
        #expect(Self.parse("$" + name) == .success([.variable(want)]))
    }

    @Test func everyFixedNameIsRead() {
        for (name, variable) in TemplateVariable.fixedNames {
            #expect(Self.parse("${\(name)}") == .success([.variable(variable)]))
        }
        #expect(Set(TemplateVariable.fixedNames.values).count == 17)
    }

    @Test(arguments: ["$", "a$", "$$", "$-", "${", "${}", "${host", "${host-}", "$é", "100$ "])
    func brokenText(_ text: String) {
        #expect(Self.parse(text) == .failure(.badVariable(text: text)))
    }

    @Test(
        arguments: [
            ("hots", "host"), ("request_urri", "request_uri"), ("http_", nil), ("arg_", "args"),
            ("cookie_", nil), ("1", nil), ("body_bytes_sent", nil),
        ] as [(String, String?)])
    func unknownNames(_ name: String, _ closest: String?) {
        #expect(Self.parse("$" + name) == .failure(.unknownVariable(name, closest: closest)))
    }
}
