// What flows from one stage into the next.

/// The types of slots. A stage takes some of them in (`sink`) and gives some of them on (`src`).
public enum SlotType: String, CaseIterable, Sendable {
    case request = "http.request"
    case response = "http.response"
    case message = "ws.message"
}
