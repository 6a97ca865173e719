// Names of users and groups to numbers: getpwnam_r(3), getgrnam_r(3).

internal import Glibc

/// A user and the group that its processes run under.
package struct Account: Equatable, Sendable {
    package var userID: UInt32
    package var groupID: UInt32

    package init(userID: UInt32, groupID: UInt32) {
        self.userID = userID
        self.groupID = groupID
    }

    /// - Parameter group: nil takes the user's own group.
    /// - Returns: nil when either name is unknown.
    package static func named(user: String, group: String?) -> Account? {
        guard var account = lookUp(user: user) else { return nil }
        if let group {
            guard let groupID = lookUp(group: group) else { return nil }
            account.groupID = groupID
        }
        return account
    }

    /// Whether this process may change its user.
    package static var isPrivileged: Bool { geteuid() == 0 }

    /// Room for the strings of one entry, doubled while the library asks for more.
    private static let firstRoomBytes = 4_096
    private static let lastRoomBytes = 1 << 20

    private static func lookUp(user: String) -> Account? {
        var account: Account?
        // SAFETY: the library writes to `entry`, `found` and the room, each for its length; what
        // `entry` points to lies in the room and is not used after it.
        _ = unsafe withGrowingRoom { room in
            var entry = unsafe passwd()
            var found: UnsafeMutablePointer<passwd>?
            let code = unsafe getpwnam_r(user, &entry, room.baseAddress!, room.count, &found)
            if code == 0, unsafe found != nil {
                unsafe account = Account(userID: entry.pw_uid, groupID: entry.pw_gid)
            }
            return code
        }
        return account
    }

    private static func lookUp(group: String) -> UInt32? {
        var groupID: UInt32?
        // SAFETY: as above.
        _ = unsafe withGrowingRoom { room in
            var entry = unsafe Glibc.group()
            var found: UnsafeMutablePointer<Glibc.group>?
            let code = unsafe getgrnam_r(group, &entry, room.baseAddress!, room.count, &found)
            if code == 0, unsafe found != nil { unsafe groupID = entry.gr_gid }
            return code
        }
        return groupID
    }

    private static func withGrowingRoom(_ body: (UnsafeMutableBufferPointer<CChar>) -> Int32) -> Int32 {
        var bytes = firstRoomBytes
        while true {
            var room = [CChar](repeating: 0, count: bytes)
            let code = unsafe room.withUnsafeMutableBufferPointer { unsafe body($0) }
            guard code == ERANGE, bytes < lastRoomBytes else { return code }
            bytes *= 2
        }
    }
}
