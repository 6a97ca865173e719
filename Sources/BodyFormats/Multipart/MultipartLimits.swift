// What one multipart body may cost.

/// Limits of ``MultipartParser`` and of ``MultipartBoundary``.
package struct MultipartLimits: Equatable, Sendable {
    /// Longest Content-Type value that is looked at.
    package var contentTypeBytes: Int
    /// Parts that a body may have.
    package var parts: Int
    /// Parts with a file name that are no cause for a flag; further ones are delivered all the same.
    package var files: Int
    /// Header lines of one part, folded ones counted once.
    package var headersPerPart: Int
    /// One header line with its continuations, line ends included.
    package var headerLineBytes: Int

    package init(
        contentTypeBytes: Int = 1_024, parts: Int = 2_000, files: Int = 100, headersPerPart: Int = 32,
        headerLineBytes: Int = 4_096
    ) {
        precondition(
            contentTypeBytes >= 0 && parts >= 0 && files >= 0 && headersPerPart >= 0 && headerLineBytes >= 0,
            "a limit can not be negative")
        self.contentTypeBytes = contentTypeBytes
        self.parts = parts
        self.files = files
        self.headersPerPart = headersPerPart
        self.headerLineBytes = headerLineBytes
    }
}
