// Giving up rights, for good: what a worker does first.

internal import CLinux
internal import Glibc

package enum Privileges {
    /// Becomes the given account, without supplementary groups and without a way back.
    ///
    /// Groups before user: a user without rights can not change its groups any more.
    /// - Throws: When a call fails, or when the rights could be taken back afterwards.
    package static func drop(to account: Account) throws(SystemError) {
        guard clinux_drop_groups() == 0 else { throw .last("setgroups") }
        guard setgid(account.groupID) == 0 else { throw .last("setgid(\(account.groupID))") }
        guard setuid(account.userID) == 0 else { throw .last("setuid(\(account.userID))") }
        if account.userID != 0, setuid(0) == 0 {
            throw SystemError(call: "setuid(0) after setuid(\(account.userID))", code: EPERM)
        }
        try forbidNewPrivileges()
    }

    /// No program started from here gains rights by its set-user-id bit (prctl(2)).
    package static func forbidNewPrivileges() throws(SystemError) {
        guard clinux_prctl(clinux_pr_set_no_new_privs, 1) == 0 else {
            throw .last("prctl(PR_SET_NO_NEW_PRIVS)")
        }
    }

    /// The kernel sends SIGKILL to this process when its parent ends.
    package static func dieWithParent() throws(SystemError) {
        guard clinux_prctl(clinux_pr_set_pdeathsig, UInt(SIGKILL)) == 0 else {
            throw .last("prctl(PR_SET_PDEATHSIG)")
        }
    }
}
