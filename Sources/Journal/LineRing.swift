// The ring that a worker's access and audit lines go through to the master.
//
//     record   u32 bytes of the line, u32 check, u64 number of the file, the line, padding to 8
//
// A record is there once `written` has passed it: a worker that dies in the middle of one leaves
// nothing behind, and the next one writes over it.

internal import Bytes
package import Posix

/// The form of records, shared by both ends.
package enum LineRing {
    static let headerBytes = 16
    static let alignmentBytes = 8

    /// Bytes that a line takes with its header.
    static func recordBytes(_ lineBytes: Int) -> Int {
        (headerBytes + lineBytes + alignmentBytes - 1) / alignmentBytes * alignmentBytes
    }

    /// What stands beside the length, so that a reader that has lost its way notices.
    static func check(lineBytes: UInt32, file: LogFileNumber) -> UInt32 {
        let mixed = file.value ^ file.value >> 32
        return ~lineBytes ^ UInt32(truncatingIfNeeded: mixed)
    }

    /// Makes the memory of one ring.
    package static func create(capacityBytes: Int = JournalLimits.ringBytes) throws(SystemError) -> Descriptor {
        try SharedRingMemory.create(name: "wafd-lines", capacityBytes: capacityBytes)
    }
}
