// TargetPolicy in the policy blob; PolicyFormat.swift has the layout.

extension PolicyEncoder {
    mutating func append(_ target: TargetPolicy) {
        append(target.uri)
        append(optional: target.location)
        append(target.timeoutMilliseconds)
        append(byte: target.failure.rawValue)
        append(byte: target.mode.rawValue)
        append(target.samplePercent)
        append(target.maxBodyBytes)
        append(target.inFlight)
        append(target.asksMessages)
        append(target.breakerFailures)
        append(target.breakerMilliseconds)
        append(target.cacheMilliseconds)
        append(target.cacheKey != nil)
        if let key = target.cacheKey { append(key) }
    }
}

extension TargetPolicy {
    init(reading reader: inout PolicyReader) throws(PolicyError) {
        uri = try reader.text("target.uri")
        location = try reader.optionalNumber("target.location")
        timeoutMilliseconds = try reader.number("target.timeout")
        failure = try reader.tag("target.failure")
        mode = try reader.tag("target.mode")
        samplePercent = try reader.number("target.sample", limit: 100)
        maxBodyBytes = try reader.number("target.maxBody")
        inFlight = try reader.number("target.inFlight")
        asksMessages = try reader.flag("target.asksMessages")
        breakerFailures = try reader.number("target.breakerFailures")
        breakerMilliseconds = try reader.number("target.breakerTime")
        cacheMilliseconds = try reader.number("target.cacheTime")
        cacheKey = try reader.flag("target.cacheKey") ? try PolicyDecoder.template(&reader) : nil
    }
}
