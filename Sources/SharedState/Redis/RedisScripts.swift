// What runs inside of Redis, each in one step.
//
// Moments are those of Redis' own clock, so that the machines need not agree on the time: they tell and are
// told differences. All keys of a dictionary share one hash tag.

enum RedisScripts {
    /// Counts of some keys are brought together.
    ///
    /// KEYS: the counts. ARGV: three numbers a key, in microseconds: what was consumed, how long ago that
    /// began, how far ahead it may get at most. Answers for each how far ahead of now it is.
    static let counts = """
        local time = redis.call('TIME')
        local now = (time[1] - 1735689600) * 1000000 + time[2]
        local answer = {}
        for i, key in ipairs(KEYS) do
          local arrival = tonumber(redis.call('GET', key) or '0')
          arrival = math.max(arrival, now - ARGV[3 * i - 1])
          arrival = math.min(arrival + ARGV[3 * i - 2], math.max(arrival, now + ARGV[3 * i]))
          local ahead = arrival - now
          local life = math.ceil(math.max(ahead, 0) / 1000) + 60000
          redis.call('SET', key, string.format('%.3f', arrival), 'PX', string.format('%.0f', life))
          answer[i] = math.floor(ahead)
        end
        return answer
        """

    /// A key is banned, or no longer so. Each change has a number that is higher than all before, those
    /// before a loss of Redis' memory included: a moment in microseconds.
    ///
    /// KEYS: the list of changes, the ban. ARGV: the banned key, milliseconds (0: no longer), changes that
    /// are remembered, seconds that the end of a ban is, what the keys of bans begin with.
    static let ban = """
        local time = redis.call('TIME')
        local number = time[1] * 1000000 + time[2]
        local last = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
        if last[2] and tonumber(last[2]) >= number then number = last[2] + 1 end
        if tonumber(ARGV[2]) > 0 then
          redis.call('SET', KEYS[2], '1', 'PX', ARGV[2])
        else
          redis.call('DEL', KEYS[2])
        end
        redis.call('ZADD', KEYS[1], string.format('%.0f', number), ARGV[1])
        redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - ARGV[3])
        local old = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf',
          string.format('%.0f', number - ARGV[4] * 1000000), 'LIMIT', 0, 16)
        for _, member in ipairs(old) do
          if redis.call('EXISTS', ARGV[5] .. member) == 0 then redis.call('ZREM', KEYS[1], member) end
        end
        return 1
        """

    /// Changes of bans behind a number.
    ///
    /// KEYS: the list of changes. ARGV: the number, how many at most, what the keys of bans begin with.
    /// Answers three items a change: the banned key, the change's number, milliseconds (below 0: no longer).
    static let changes = """
        local found = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[1], '+inf', 'WITHSCORES',
          'LIMIT', 0, ARGV[2])
        local answer = {}
        for i = 1, #found, 2 do
          answer[#answer + 1] = found[i]
          answer[#answer + 1] = found[i + 1]
          answer[#answer + 1] = redis.call('PTTL', ARGV[3] .. found[i])
        end
        return answer
        """
}
