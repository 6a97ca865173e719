// The transformations by name.

internal import Bytes
internal import RuleStore

extension TransformationName {
    /// The transformed value: `input` itself when nothing in it can change, else bytes in `arena`.
    /// No transformation makes a value longer.
    func apply(to input: ByteView, in arena: Arena) -> ByteView {
        switch self {
        case .lowercase: Lowercase.apply(input, in: arena)
        case .urlDecode: URLDecode.apply(input, in: arena)
        case .urlDecodeUni: URLDecodeUnicode.apply(input, in: arena)
        case .htmlEntityDecode: HTMLEntityDecode.apply(input, in: arena)
        case .removeNulls: RemoveNulls.apply(input, in: arena)
        case .compressWhitespace: CompressWhitespace.apply(input, in: arena)
        }
    }
}
