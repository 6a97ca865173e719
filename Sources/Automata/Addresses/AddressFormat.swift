// The layout of a compiled address set. All numbers are little endian.
//
//     0  magic, version, number of IPv4 ranges, number of IPv6 ranges: 32 bits each
//    16  IPv4 ranges: first and last address, 32 bits each
//        IPv6 ranges: first and last address, each as its upper and lower 64 bits
//
// Ranges are sorted, disjoint and do not touch.

enum AddressFormat {
    static var magic: UInt32 { 0x5041_4657 }  // "WFAP"
    static var version: UInt32 { 1 }
    static var headerBytes: Int { 16 }
    static var v4RangeBytes: Int { 8 }
    static var v6RangeBytes: Int { 32 }
}
