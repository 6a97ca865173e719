/* Load of WebSocket messages as applications send them: JSON or words, compressed or not.
 *
 * Each connection keeps `depth` messages under way, or, with --rate, messages fall due at even distances
 * whether or not those before are answered; their latency runs from when they were due. The echo is
 * compared byte for byte as it is on the wire: a proxy that compresses anew fails here. One thread, one
 * line of JSON. Exit status: 0, 1 when a connection failed or answers are missing, 2 when nothing ran. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "connection.h"
#include "latencies.h"

#define CONNECTIONS_LIMIT 20000
#define DEPTH_LIMIT 4096
#define SIZE_LIMIT (16u << 20)
#define SECOND 1000000000ULL
/* For handshakes, and for the last answers. */
#define PATIENCE (20 * SECOND)
#define EVENTS 256

static struct {
    size_t connections, size, depth;
    double seconds, warm_up_seconds, rate, inflate_seconds;
    uint64_t seed;
    int cpu_pid;
} options = {.connections = 1, .size = 200, .depth = 1, .seconds = 2, .warm_up_seconds = 0.25, .seed = 1};

static struct load load = {.path = "/", .kind = KIND_JSON};
static struct connection *connections;
static struct latencies latencies;
static bool is_measuring;
static uint64_t messages;

static uint64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * SECOND + (uint64_t)time.tv_nsec;
}

static void answered(uint64_t due_nanoseconds)
{
    if (!is_measuring) return;
    messages++;
    latencies_add(&latencies, now() - due_nanoseconds);
}

static void usage(void)
{
    fputs("usage: ws_load -p PORT [-u PATH] [-c CONNECTIONS] [-s BYTES] [-P DEPTH] [-k json|text|binary]\n"
          "               [-z off|takeover|no-takeover] [-a] [-r MESSAGES_PER_SECOND] [-d SECONDS]\n"
          "               [-w WARM_UP_SECONDS] [-i SECONDS] [-S SEED] [-C PID]\n"
          "  -a  the backend acknowledges instead of echoing (ws_echo -a)\n"
          "  -r  even distances, whatever comes back; DEPTH is then the most that may be under way\n"
          "  -i  measures for so long what zlib's inflate takes for these messages\n"
          "  -C  tells the processor time of this process for each message\n", stderr);
    exit(2);
}

static int choice(const char *word, const char *const *words, int count)
{
    for (int i = 0; i < count; i++) if (!strcmp(word, words[i])) return i;
    usage();
    return 0;
}

static void read_options(int argc, char **argv)
{
    static const char *const kinds[] = {"json", "text", "binary"};
    static const char *const deflates[] = {"off", "takeover", "no-takeover"};
    int port = 0;
    for (int option; (option = getopt(argc, argv, "p:u:c:s:P:k:z:ar:d:w:i:S:C:")) != -1;) {
        switch (option) {
        case 'p': port = atoi(optarg); break;
        case 'u': load.path = optarg; break;
        case 'c': options.connections = strtoull(optarg, NULL, 10); break;
        case 's': options.size = strtoull(optarg, NULL, 10); break;
        case 'P': options.depth = strtoull(optarg, NULL, 10); break;
        case 'k': load.kind = (enum kind)choice(optarg, kinds, 3); break;
        case 'z': load.deflate = (enum deflate)choice(optarg, deflates, 3); break;
        case 'a': load.is_acknowledged = true; break;
        case 'r': options.rate = atof(optarg); break;
        case 'd': options.seconds = atof(optarg); break;
        case 'w': options.warm_up_seconds = atof(optarg); break;
        case 'i': options.inflate_seconds = atof(optarg); break;
        case 'S': options.seed = strtoull(optarg, NULL, 10); break;
        case 'C': options.cpu_pid = atoi(optarg); break;
        default: usage();
        }
    }
    if (optind != argc || port < 1 || port > 65535 || options.size > SIZE_LIMIT || options.connections < 1 ||
        options.connections > CONNECTIONS_LIMIT || options.depth < 1 || options.depth > DEPTH_LIMIT ||
        options.seconds <= 0 || options.rate < 0) usage();
    /* zlib flushes nothing twice: RFC 7692 section 7.2.3.6 has a form of its own for an empty message. */
    if (load.deflate != DEFLATE_OFF && options.size == 0) usage();
    load.address.sin_family = AF_INET;
    load.address.sin_port = htons((uint16_t)port);
    load.address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    load.depth = options.depth;
    load.random = options.seed * 0xD1342543DE82EF95ULL | 1;
    load.answered = answered;
}

/* Of all threads; schedstat, whose unit is finer than the ticks of stat. */
static uint64_t processor_nanoseconds(int pid)
{
    char path[300];
    uint64_t total = 0;
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    DIR *tasks = opendir(path);
    if (!tasks) return 0;
    for (struct dirent *task; (task = readdir(tasks));) {
        unsigned long long nanoseconds;
        snprintf(path, sizeof path, "/proc/%d/task/%.20s/schedstat", pid, task->d_name);
        FILE *file = task->d_name[0] == '.' ? NULL : fopen(path, "r");
        if (!file) continue;
        if (fscanf(file, "%llu", &nanoseconds) == 1) total += nanoseconds;
        fclose(file);
    }
    closedir(tasks);
    return total;
}

/* Ticks of 10 ms in user code and in the kernel: only their proportion is of use. */
static void processor_ticks(int pid, unsigned long long ticks[2])
{
    char path[64], line[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "r");
    if (!file) return;
    /* The program's name stands in brackets and may hold any. */
    char *rest = fgets(line, sizeof line, file) ? strrchr(line, ')') : NULL;
    static const char fields[] = " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu";
    if (rest) sscanf(rest + 1, fields, &ticks[0], &ticks[1]);
    fclose(file);
}

/* Handles what is ready, at most for so long. */
static void turn(int milliseconds)
{
    struct epoll_event events[EVENTS];
    int count = epoll_wait(load.poll, events, EVENTS, milliseconds);
    for (int i = 0; i < count; i++) {
        struct connection *connection = events[i].data.ptr;
        if (!connection) continue;
        if (connection->state != ENDED) connection_ready(connection, &load, events[i].events);
    }
}

/* How many are not yet, or no longer, in the state. */
static size_t missing(enum connection_state state)
{
    size_t count = 0;
    for (size_t i = 0; i < options.connections; i++) count += connections[i].state != state;
    return count;
}

static void report_failure(void)
{
    for (size_t i = 0; i < options.connections; i++) {
        if (connections[i].state != ENDED || !connections[i].failure) continue;
        fprintf(stderr, "ws_load: connection %zu, after %llu answers: %s\n", i,
                (unsigned long long)connections[i].done, connections[i].failure);
        exit(1);
    }
}

static void open_all(void)
{
    uint64_t deadline = now() + PATIENCE;
    for (size_t i = 0; i < options.connections; i++) {
        if (!connection_start(&connections[i], &load)) connection_end(&connections[i], "no socket");
        /* One after the other, so that no backlog overflows. */
        while (connections[i].state < OPEN && now() < deadline) turn(10);
    }
    report_failure();
    if (missing(OPEN) == 0) return;
    fprintf(stderr, "ws_load: %zu handshakes without an answer\n", missing(OPEN));
    exit(1);
}

/* Closed: whoever has an answer asks again. */
static void run_closed(uint64_t until)
{
    while (now() < until) {
        for (size_t i = 0; i < options.connections; i++) {
            bool has_asked = false;
            while (connection_ask(&connections[i], &load, now())) has_asked = true;
            if (has_asked) connection_send(&connections[i], &load);
        }
        turn(5);
        report_failure();
    }
}

/* Open: message k is due at k / rate. */
static void run_open(int timer, uint64_t start, uint64_t until, uint64_t *number)
{
    for (;;) {
        uint64_t due, time = now();
        if (time >= until) return;
        while ((due = start + (uint64_t)((double)*number * 1e9 / options.rate)) <= time) {
            struct connection *connection = &connections[(*number)++ % options.connections];
            if (!connection_ask(connection, &load, due)) {
                fprintf(stderr, "ws_load: the rate is too high: %zu wait on a connection\n", options.depth);
                exit(1);
            }
            connection_send(connection, &load);
        }
        struct itimerspec next = {.it_value = {(time_t)(due / SECOND), (long)(due % SECOND)}};
        timerfd_settime(timer, TFD_TIMER_ABSTIME, &next, NULL);
        turn(50);
        report_failure();
    }
}

static bool drain(void)
{
    uint64_t deadline = now() + PATIENCE;
    for (size_t i = 0; i < options.connections; i++)
        while (connections[i].state == OPEN && connections[i].done < connections[i].asked) {
            if (now() >= deadline) return false;
            turn(5);
        }
    report_failure();
    return true;
}

int main(int argc, char **argv)
{
    read_options(argc, argv);
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    struct cycle cycle = cycle_make(load.kind, options.size, load.deflate, options.seed);
    load.cycle = &cycle;
    double inflate_microseconds = 0;
    if (options.inflate_seconds > 0 && load.deflate != DEFLATE_OFF)
        /* Both directions of each connection. */
        inflate_microseconds = cycle_inflate_microseconds(&cycle, load.deflate, 2 * options.connections,
                                                          options.inflate_seconds);
    connections = calloc(options.connections, sizeof *connections);
    load.poll = epoll_create1(EPOLL_CLOEXEC);
    int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    /* Edge-triggered: setting it anew makes it silent again without a read. */
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.ptr = NULL};
    if (!connections || load.poll < 0 || timer < 0 ||
        epoll_ctl(load.poll, EPOLL_CTL_ADD, timer, &event) != 0) {
        perror("ws_load");
        return 2;
    }
    open_all();

    uint64_t start = now(), measured = start + (uint64_t)(options.warm_up_seconds * 1e9), number = 0;
    uint64_t until = measured + (uint64_t)(options.seconds * 1e9);
    if (options.rate > 0) run_open(timer, start, measured, &number); else run_closed(measured);
    unsigned long long ticks[2] = {0}, last_ticks[2] = {0};
    processor_ticks(options.cpu_pid, ticks);
    uint64_t processor = processor_nanoseconds(options.cpu_pid), began = now();
    is_measuring = true;
    if (options.rate > 0) run_open(timer, start, until, &number); else run_closed(until);
    is_measuring = false;
    double elapsed = (double)(now() - began) / 1e9;
    processor = processor_nanoseconds(options.cpu_pid) - processor;
    processor_ticks(options.cpu_pid, last_ticks);
    double user = (double)(last_ticks[0] - ticks[0]), system = (double)(last_ticks[1] - ticks[1]);
    double microseconds = (double)processor / 1e3 / (double)(messages ? messages : 1);
    if (!drain() || messages == 0) {
        fprintf(stderr, "ws_load: answers are missing\n");
        return 1;
    }
    printf("{\"messages\": %llu, \"per_second\": %.1f, \"p50_microseconds\": %.2f, "
           "\"p99_microseconds\": %.2f, \"cpu_microseconds\": %.4f, \"user_microseconds\": %.4f, "
           "\"wire_bytes\": %.1f, \"inflate_microseconds\": %.4f}\n",
           (unsigned long long)messages, (double)messages / elapsed, latencies_quantile(&latencies, 0.5),
           latencies_quantile(&latencies, 0.99), microseconds,
           user + system > 0 ? microseconds * user / (user + system) : 0, cycle.wire_bytes_mean,
           inflate_microseconds);
    return 0;
}
