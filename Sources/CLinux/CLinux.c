#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#define MAX_DESCRIPTORS 253  // SCM_MAX_FD of the kernel

const void *clinux_memmem(const void *haystack, size_t haystackBytes, const void *needle, size_t needleBytes) {
    return memmem(haystack, haystackBytes, needle, needleBytes);
}
const void *clinux_memrchr(const void *bytes, int byte, size_t count) { return memrchr(bytes, byte, count); }

int clinux_accept4(int fd, struct sockaddr *address, socklen_t *addressBytes, int flags) {
    return accept4(fd, address, addressBytes, flags);
}
int clinux_pipe2(int fds[2], int flags) { return pipe2(fds, flags); }
int clinux_fcntl_int(int fd, int command, int argument) { return fcntl(fd, command, argument); }
int clinux_memfd_create(const char *name, unsigned int flags) { return memfd_create(name, flags); }
int clinux_add_seals(int fd, int seals) { return fcntl(fd, F_ADD_SEALS, seals); }
int clinux_get_seals(int fd) { return fcntl(fd, F_GET_SEALS); }
const int clinux_seal_shrink = F_SEAL_SHRINK, clinux_seal_grow = F_SEAL_GROW, clinux_seal_write = F_SEAL_WRITE,
          clinux_seal_seal = F_SEAL_SEAL;
const unsigned int clinux_mfd_cloexec = MFD_CLOEXEC, clinux_mfd_allow_sealing = MFD_ALLOW_SEALING;

int clinux_peer_user(int fd, unsigned int *user) {
    struct ucred peer;
    socklen_t size = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return -1;
    *user = peer.uid;
    return 0;
}

int clinux_prctl(int option, unsigned long argument) { return prctl(option, argument, 0UL, 0UL, 0UL); }
const int clinux_pr_set_no_new_privs = PR_SET_NO_NEW_PRIVS, clinux_pr_set_pdeathsig = PR_SET_PDEATHSIG,
          clinux_pr_set_name = PR_SET_NAME;
int clinux_set_name(const char *name) { return prctl(PR_SET_NAME, name, 0UL, 0UL, 0UL); }
int clinux_wait_exited(int status) { return WIFEXITED(status); }
int clinux_wait_exit_status(int status) { return WEXITSTATUS(status); }
int clinux_wait_signaled(int status) { return WIFSIGNALED(status); }
int clinux_wait_signal(int status) { return WTERMSIG(status); }
int clinux_drop_groups(void) { return setgroups(0, NULL); }

struct clinux_coroutine {
    ucontext_t inside, outside;
    void (*function)(void *);
    void *argument;
};

// makecontext passes ints only: the pointer comes in two halves.
static void coroutine_main(unsigned int high, unsigned int low) {
    struct clinux_coroutine *coroutine = (struct clinux_coroutine *)((uintptr_t)high << 32 | (uintptr_t)low);
    coroutine->function(coroutine->argument);
    abort();
}

struct clinux_coroutine *clinux_coroutine_create(void *stack, size_t stackBytes, void (*function)(void *), void *argument) {
    struct clinux_coroutine *coroutine = calloc(1, sizeof *coroutine);
    if (!coroutine || getcontext(&coroutine->inside) != 0) {
        free(coroutine);
        return NULL;
    }
    coroutine->function = function;
    coroutine->argument = argument;
    coroutine->inside.uc_stack.ss_sp = stack;
    coroutine->inside.uc_stack.ss_size = stackBytes;
    coroutine->inside.uc_link = NULL;
    uintptr_t bits = (uintptr_t)coroutine;
    makecontext(&coroutine->inside, (void (*)(void))coroutine_main, 2, (unsigned int)(bits >> 32), (unsigned int)bits);
    return coroutine;
}
void clinux_coroutine_resume(struct clinux_coroutine *coroutine) { swapcontext(&coroutine->outside, &coroutine->inside); }
void clinux_coroutine_suspend(struct clinux_coroutine *coroutine) { swapcontext(&coroutine->inside, &coroutine->outside); }
void clinux_coroutine_destroy(struct clinux_coroutine *coroutine) { free(coroutine); }

union control {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(MAX_DESCRIPTORS * sizeof(int))];
};

ssize_t clinux_send_descriptors(int fd, const void *bytes, size_t byteCount, const int *fds, int fdCount, int flags) {
    struct iovec part = {.iov_base = (void *)bytes, .iov_len = byteCount};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    union control control;
    if (fdCount < 0 || fdCount > MAX_DESCRIPTORS) {
        errno = EINVAL;
        return -1;
    }
    if (fdCount > 0) {
        memset(&control, 0, sizeof control);
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE((size_t)fdCount * sizeof(int));
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN((size_t)fdCount * sizeof(int));
        memcpy(CMSG_DATA(header), fds, (size_t)fdCount * sizeof(int));
    }
    return sendmsg(fd, &message, flags | MSG_NOSIGNAL);
}

ssize_t clinux_receive_descriptors(int fd, void *bytes, size_t byteCount, int *fds, int fdCapacity, int *fdCount,
                                   int flags) {
    struct iovec part = {.iov_base = bytes, .iov_len = byteCount};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    union control control;
    if (fdCapacity < 0 || fdCapacity > MAX_DESCRIPTORS) {
        errno = EINVAL;
        return -1;
    }
    message.msg_control = control.bytes;
    message.msg_controllen = CMSG_SPACE((size_t)fdCapacity * sizeof(int));
    *fdCount = 0;
    ssize_t received = recvmsg(fd, &message, flags | MSG_CMSG_CLOEXEC);
    if (received < 0) return received;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
        int count = (int)((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
        for (int i = 0; i < count; i++) {
            int descriptor;
            memcpy(&descriptor, CMSG_DATA(header) + (size_t)i * sizeof(int), sizeof descriptor);
            if (*fdCount < fdCapacity) fds[(*fdCount)++] = descriptor;
            else close(descriptor);
        }
    }
    if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) {
        for (int i = 0; i < *fdCount; i++) close(fds[i]);
        *fdCount = 0;
        errno = EMSGSIZE;
        return -1;
    }
    return received;
}
