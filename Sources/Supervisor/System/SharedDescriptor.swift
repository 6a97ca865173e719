// A descriptor that several owners keep open: a generation's store, a slot's sockets.

package import Posix

/// Closed when the last reference is gone. Arrays and dictionaries can not hold a `Descriptor`.
package final class SharedDescriptor: Sendable {
    private let descriptor: Descriptor

    package init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

    package var number: Int32 { descriptor.number }
}
