/*
 * Times a process's calls of zlib's inflate where they happen, for `ops/bench ws-deflate`.
 *
 *     cc -O2 -shared -fPIC -o inflate_timer.so inflate_timer.c
 *     INFLATE_TIMES=FOLDER LD_PRELOAD=./inflate_timer.so PROGRAM
 *
 * FOLDER/PID holds two 64-bit numbers in the machine's order, mapped: calls, and nanoseconds in them.
 * Measured alone, inflate finds its windows in the cache; between a gateway's other work it does not,
 * and takes several times as long.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

/* A call that takes longer was interrupted: 64 KiB take a fifth of it. */
#define NANOSECONDS_LIMIT 1000000

static struct {
    uint64_t calls, nanoseconds;
} unmapped, *times = (void *)&unmapped;

static int (*real_inflate)(z_streamp, int);

__attribute__((constructor)) static void map_times(void)
{
    const char *folder = getenv("INFLATE_TIMES");
    char path[4096];
    real_inflate = (int (*)(z_streamp, int))dlsym(RTLD_NEXT, "inflate");
    if (!folder || snprintf(path, sizeof path, "%s/%d", folder, (int)getpid()) >= (int)sizeof path)
        return;
    int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0)
        return;
    if (ftruncate(file, sizeof *times) == 0) {
        void *pages = mmap(NULL, sizeof *times, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (pages != MAP_FAILED)
            times = pages;
    }
    close(file);
}

static uint64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

int inflate(z_streamp stream, int flush)
{
    uint64_t start = now();
    int status = real_inflate(stream, flush);
    uint64_t took = now() - start;
    if (took < NANOSECONDS_LIMIT) {
        times->calls++;
        times->nanoseconds += took;
    }
    return status;
}
