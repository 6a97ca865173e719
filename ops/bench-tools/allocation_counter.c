/*
 * Counts a process's heap calls, for `ops/bench allocations`.
 *
 *     cc -O2 -shared -fPIC -o allocation_counter.so allocation_counter.c
 *     ALLOCATION_COUNTS=FOLDER LD_PRELOAD=./allocation_counter.so PROGRAM
 *
 * Each process keeps its counts in FOLDER/PID, four 64-bit numbers in the machine's order: memory
 * taken (malloc, calloc, memalign and its kin), memory resized (realloc), memory given back (free of
 * anything but NULL), bytes asked for. The file is mapped, so that it can be read at any time without
 * the process's help. Without FOLDER nothing is counted.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* glibc's own, under the names that it keeps for this purpose. */
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

struct counts {
    uint64_t taken, resized, freed, bytes;
};

/* Counts of calls before the file is mapped, and of a process that has none. */
static struct counts unmapped;
static struct counts *counts = &unmapped;

static void add(uint64_t *number, uint64_t amount)
{
    __atomic_fetch_add(number, amount, __ATOMIC_RELAXED);
}

__attribute__((constructor)) static void map_counts(void)
{
    const char *folder = getenv("ALLOCATION_COUNTS");
    char path[4096];
    if (!folder || snprintf(path, sizeof path, "%s/%d", folder, (int)getpid()) >= (int)sizeof path)
        return;
    int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0)
        return;
    if (ftruncate(file, sizeof *counts) == 0) {
        void *pages = mmap(NULL, sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (pages != MAP_FAILED)
            counts = pages;
    }
    close(file);
}

static void *taken(void *memory, size_t size)
{
    add(&counts->taken, 1);
    add(&counts->bytes, size);
    return memory;
}

void *malloc(size_t size)
{
    return taken(__libc_malloc(size), size);
}

void *calloc(size_t count, size_t size)
{
    return taken(__libc_calloc(count, size), count * size);
}

void *realloc(void *memory, size_t size)
{
    add(&counts->resized, 1);
    add(&counts->bytes, size);
    return __libc_realloc(memory, size);
}

void *memalign(size_t alignment, size_t size)
{
    return taken(__libc_memalign(alignment, size), size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size)
{
    if (alignment % sizeof(void *) != 0 || (alignment & (alignment - 1)) != 0 || alignment == 0)
        return EINVAL;
    void *memory = memalign(alignment, size);
    if (!memory)
        return ENOMEM;
    *result = memory;
    return 0;
}

void free(void *memory)
{
    if (memory)
        add(&counts->freed, 1);
    __libc_free(memory);
}
