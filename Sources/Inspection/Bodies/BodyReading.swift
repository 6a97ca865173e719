// What reading the request's body found out, beside the arguments.

internal import BodyFormats
internal import Bytes

/// The outcome of a body processor: REQBODY_ERROR and its relatives, parts and files, the tree.
struct BodyReading {
    /// REQBODY_ERROR, REQBODY_PROCESSOR_ERROR.
    var hasFailed = false
    /// REQBODY_ERROR_MSG.
    var failure = ByteView.empty
    /// A percent sign without two digits behind it, in query or form: URLENCODED_ERROR.
    var hasEncodingFault = false
    /// The body is longer than what was inspected: INBOUND_DATA_ERROR.
    var isCutShort = false
    var parts = MultipartValues()

    mutating func removeAll() {
        hasFailed = false
        failure = .empty
        hasEncodingFault = false
        isCutShort = false
        parts.removeAll()
    }
}

/// The parts of a multipart body.
struct MultipartValues {
    struct File {
        var field: NamedValue
        var content: ByteView
    }

    /// Whether the body was read as multipart.
    var isPresent = false
    var flags: MultipartFlags = []
    /// Field and file name, with the content.
    private(set) var files: ContiguousArray<File> = []
    private(set) var fileBytes = 0
    /// Field and whole header line.
    var headers = NamedValues()
    /// MULTIPART_NAME and MULTIPART_FILENAME: what was read last.
    var lastName: ByteView?
    var lastFilename: ByteView?

    mutating func append(field: ByteView, filename: ByteView, content: ByteView) {
        let value = NamedValue(name: field, value: filename, nameHash: field.caseInsensitiveHash)
        files.append(File(field: value, content: content))
        fileBytes += content.count
    }

    mutating func removeAll() {
        isPresent = false
        flags = []
        files.removeAll(keepingCapacity: true)
        fileBytes = 0
        headers.removeAll()
        lastName = nil
        lastFilename = nil
    }
}
