// Variables of the environment.

internal import Glibc

package enum Environment {
    package static func value(_ name: String) -> String? {
        // SAFETY: nobody changes the environment; the string is copied at once.
        guard let text = unsafe getenv(name) else { return nil }
        return unsafe String(cString: text)
    }
}
