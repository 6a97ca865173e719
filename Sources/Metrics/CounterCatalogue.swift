// Every counter, declared once. The layout of the slab, the text of the metrics and what the
// command line prints derive from this table.

package enum CounterCatalogue {
    private typealias Definition = CounterDefinition

    /// All definitions in the order of ``Counter``'s raw values.
    package static let definitions: [CounterDefinition] = Counter.allCases.map(definition(of:))

    package static func definition(of counter: Counter) -> CounterDefinition {
        switch counter {
        case .requests:
            count(
                "requests", "wafd_requests_total", .requests,
                "Requests whose head was read. The base of all shares; a sudden fall means that clients do not get here."
            )
        case .requestsBlocked:
            count(
                "requests_blocked", "wafd_requests_blocked_total", .requests,
                "Requests stopped by a rule. A rise without an attack is a false positive: look at the matched-rule lines of the error log."
            )
        case .requestsRejected:
            count(
                "requests_rejected", "wafd_requests_rejected_total", .requests,
                "Requests refused as malformed or too large before any rule ran. Look at the error log; raise client_max_body_size if uploads are meant to pass."
            )
        case .requestsWithRules:
            count(
                "requests_with_rules", "wafd_requests_with_rules_total", .requests,
                "Requests that a rule set judged. If it is lower than requests, some locations have no rules or waf off."
            )
        case .responses2xx: responses("2xx", "Responses that succeeded. Nothing to do.")
        case .responses3xx: responses("3xx", "Responses that redirect or are not modified. Nothing to do.")
        case .responses4xx:
            responses(
                "4xx",
                "Responses that blame the client, blocked requests included. Compare with requests_blocked and requests_rejected."
            )
        case .responses5xx:
            responses(
                "5xx",
                "Responses that blame the server. Compare with upstream_failures and upstream_timeouts, then look at the application."
            )
        case .upstreamFailures:
            count(
                "upstream_failures", "wafd_upstream_failures_total", .failures,
                "Upstream connections refused, reset or with an invalid answer. Check that the upstream runs and the error log for its address."
            )
        case .upstreamTimeouts:
            count(
                "upstream_timeouts", "wafd_upstream_timeouts_total", .failures,
                "Upstreams that did not connect, take or answer in time. Check the application's load; see proxy_connect_timeout and proxy_read_timeout."
            )
        case .connectionsAccepted:
            count(
                "connections_accepted", "wafd_connections_accepted_total", .connections,
                "Client connections taken. Much fewer requests than connections: keep-alive is off or clients only probe."
            )
        case .connectionsOpen:
            gauge(
                "connections_open", "wafd_connections_open", .connections,
                "Client connections open now, idle ones included. Near worker_connections new ones wait: raise it or shorten keepalive_timeout."
            )
        case .webSocketConnections:
            count(
                "websocket_connections", "wafd_websocket_connections_total", .connections,
                "WebSocket connections opened. Nothing to do.")
        case .webSocketConnectionsOpen:
            gauge(
                "websocket_connections_open", "wafd_websocket_connections", .connections,
                "WebSocket connections open now. They stay open over reloads; a fall at a reload is a fault.")
        case .webSocketMessagesFromClient:
            messages("client_to_server", "Whole WebSocket messages from clients. Nothing to do.")
        case .webSocketMessagesFromUpstream:
            messages("server_to_client", "Whole WebSocket messages from upstreams. Nothing to do.")
        case .webSocketMessagesBlocked:
            count(
                "websocket_messages_blocked", "wafd_websocket_messages_blocked_total", .messages,
                "WebSocket messages stopped by a rule. A rise without an attack is a false positive: look at the matched-rule lines of the error log."
            )
        case .webSocketViolations:
            count(
                "websocket_violations", "wafd_websocket_violations_total", .connections,
                "WebSocket connections closed for breaking the protocol or a size limit. See waf_websocket_max_message if clients are well-behaved."
            )
        case .clientBytesReceived: bytes("client", "received", "Bytes that clients sent.")
        case .clientBytesSent: bytes("client", "sent", "Bytes sent to clients.")
        case .upstreamBytesReceived: bytes("upstream", "received", "Bytes that upstreams sent.")
        case .upstreamBytesSent: bytes("upstream", "sent", "Bytes sent to upstreams.")
        case .generation:
            Definition(
                name: "generation", metricName: "wafd_generation", label: nil, kind: .gauge, unit: .number,
                aggregation: .lowest,
                help:
                    "Number of the configuration and rules in use; of several workers the oldest one's. If it stays behind after a reload, look at the error log for the refusal."
            )
        case .evaluationTurns:
            count(
                "evaluation_turns", "wafd_evaluation_turns_total", .turns,
                "Turns after which the judgement of a long body or message was interrupted to let other connections go on. If it grows fast, look for who sends large bodies."
            )
        case .matcherCacheHits:
            count(
                "matcher_cache_hits", "wafd_matcher_cache_hits_total", .lookups,
                "Matcher states found in the worker's cache. Nothing to do.")
        case .matcherCacheMisses:
            count(
                "matcher_cache_misses", "wafd_matcher_cache_misses_total", .lookups,
                "Matcher states that had to be built. A lasting share above some percent costs CPU: the traffic is unusual or an attack on the matcher."
            )
        case .dictionaryInsertions:
            count(
                "dictionary_insertions", "wafd_dictionary_insertions_total", .entries,
                "Entries that were made in shared dictionaries: records of collections and their members. Nothing to do."
            )
        case .dictionaryEvictions:
            count(
                "dictionary_evictions", "wafd_dictionary_evictions_total", .entries,
                "Entries of shared dictionaries that had to go before their time to make room. If it grows, rules forget: raise the size in shared_dict, or shorten SecCollectionTimeout."
            )
        case .dictionaryRefusals:
            count(
                "dictionary_refusals", "wafd_dictionary_refusals_total", .failures,
                "Writes to shared dictionaries that did not come about. A few at a worker's death are its unfinished writes; else look for one key that everybody writes texts to."
            )
        case .matcherCacheFlushes:
            count(
                "matcher_cache_flushes", "wafd_matcher_cache_flushes_total", .flushes,
                "Times the matcher's cache was full and started anew. Many a minute: look for one client with unusual requests."
            )
        case .logLinesDropped:
            count(
                "log_lines_dropped", "wafd_log_lines_dropped_total", .lines,
                "Access and audit lines that found no room on their way to the master. Look at the disk that logs are written to; the traffic was not held up."
            )
        case .targetNormal: inquiries("normal", "Requests that a waf_target found normal. Nothing to do.")
        case .targetUrgent:
            inquiries(
                "urgent",
                "Requests that a waf_target found urgent. They are blocked; under waf detect they are logged and pass."
            )
        case .targetUnknown:
            inquiries(
                "unknown",
                "Requests of which a waf_target knew nothing. waf_target_failure says what becomes of them.")
        case .targetFailed:
            inquiries(
                "failed",
                "Inquiries without an answer: no connection or no valid response. Look at the error log for the target."
            )
        case .targetTimedOut:
            inquiries(
                "timeout",
                "Inquiries that were not answered within waf_target_timeout. Look at the target's load.")
        case .targetSkipped:
            inquiries(
                "skipped",
                "Requests not asked about, as the target had failed too often. Look at the target, and at waf_target_breaker."
            )
        case .redisConnections:
            gauge(
                "redis_connections", "wafd_redis_connections", .connections,
                "Connections to Redis that are up: one for each worker and shared_dict with redis=. If it is lower, limits are counted by this machine alone: look at the error log."
            )
        case .redisExchanges:
            count(
                "redis_exchanges", "wafd_redis_exchanges_total", .exchanges,
                "Times that counts and bans were exchanged with Redis. Nothing to do.")
        case .redisFailures:
            count(
                "redis_failures", "wafd_redis_failures_total", .failures,
                "Connections to Redis that were refused, lost, or not answered in time. Counting went on locally: look at the error log and at Redis."
            )
        case .redisDropped:
            count(
                "redis_dropped", "wafd_redis_dropped_total", .entries,
                "Counts and bans that other machines were not told of, as too many waited for Redis. Bring Redis back; limits are looser meanwhile."
            )
        }
    }

    /// Changes with every change of names or order, so that a slab of another build is refused.
    package static let fingerprint: UInt64 = {
        // FNV-1a, 64 bits.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for definition in definitions {
            for byte in definition.name.utf8 + [0] {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
            }
        }
        return hash
    }()

    private static func count(
        _ name: String, _ metricName: String, _ unit: CounterDefinition.Unit, _ help: String
    ) -> CounterDefinition {
        Definition(
            name: name, metricName: metricName, label: nil, kind: .counter, unit: unit,
            aggregation: .sum, help: help)
    }

    private static func gauge(
        _ name: String, _ metricName: String, _ unit: CounterDefinition.Unit, _ help: String
    ) -> CounterDefinition {
        Definition(
            name: name, metricName: metricName, label: nil, kind: .gauge, unit: unit,
            aggregation: .sum, help: help)
    }

    private static func responses(_ statusClass: String, _ help: String) -> CounterDefinition {
        Definition(
            name: "responses_\(statusClass)", metricName: "wafd_responses_total",
            label: .init(name: "class", value: statusClass), kind: .counter, unit: .responses,
            aggregation: .sum, help: help)
    }

    private static func messages(_ direction: String, _ help: String) -> CounterDefinition {
        Definition(
            name: "websocket_messages_\(direction)", metricName: "wafd_websocket_messages_total",
            label: .init(name: "direction", value: direction), kind: .counter, unit: .messages,
            aggregation: .sum, help: help)
    }

    private static func inquiries(_ result: String, _ help: String) -> CounterDefinition {
        Definition(
            name: "target_requests_\(result)", metricName: "wafd_target_requests_total",
            label: .init(name: "result", value: result), kind: .counter, unit: .requests,
            aggregation: .sum, help: help)
    }

    private static func bytes(_ side: String, _ direction: String, _ what: String) -> CounterDefinition {
        Definition(
            name: "\(side)_bytes_\(direction)", metricName: "wafd_\(side)_bytes_total",
            label: .init(name: "direction", value: direction), kind: .counter, unit: .bytes,
            aggregation: .sum, help: what + " What the wire carried, with heads and frames. Nothing to do.")
    }
}
