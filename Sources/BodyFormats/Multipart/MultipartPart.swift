// One part of a form.

package import Bytes

/// A field or, with a file name, a file.
package struct MultipartPart: Sendable {
    /// Name of the form's field, unquoted and unescaped.
    package var name: ByteView
    /// nil for a field; may be empty, as a browser sends it where no file was chosen.
    package var filename: ByteView?
    /// The bytes between the headers and the line end before the next boundary: a slice of the
    /// body, in no way decoded.
    package var content: ByteView
    /// Where the content starts in the body.
    package var contentOffset: Int

    package var isFile: Bool { filename != nil }
}
