// What `import Glibc` lacks on Linux: calls behind _GNU_SOURCE, macros and variadic functions.
//
// The Glibc module was built without _GNU_SOURCE, so what such a header hides can not be
// declared again here by including it; those calls have wrappers with a prefix, defined in
// CLinux.c. One line each, no logic.

#ifndef WAFD_CLINUX_H
#define WAFD_CLINUX_H

#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/un.h>

// Strings of bytes.
const void *clinux_memmem(const void *haystack, size_t haystackBytes, const void *needle, size_t needleBytes);
const void *clinux_memrchr(const void *bytes, int byte, size_t count);

// Descriptors.
int clinux_accept4(int fd, struct sockaddr *address, socklen_t *addressBytes, int flags);
int clinux_pipe2(int fds[2], int flags);
int clinux_fcntl_int(int fd, int command, int argument);
int clinux_memfd_create(const char *name, unsigned int flags);
int clinux_add_seals(int fd, int seals);
int clinux_get_seals(int fd);
extern const int clinux_seal_shrink, clinux_seal_grow, clinux_seal_write, clinux_seal_seal;
extern const unsigned int clinux_mfd_cloexec, clinux_mfd_allow_sealing;
int clinux_peer_user(int fd, unsigned int *user);

// Processes.
int clinux_prctl(int option, unsigned long argument);
extern const int clinux_pr_set_no_new_privs, clinux_pr_set_pdeathsig, clinux_pr_set_name;
int clinux_set_name(const char *name);
int clinux_wait_exited(int status);
int clinux_wait_exit_status(int status);
int clinux_wait_signaled(int status);
int clinux_wait_signal(int status);
int clinux_drop_groups(void);

// A second stack to run a function on (makecontext(3)), on the thread that resumes it.
struct clinux_coroutine;
// The function must not return. NULL with errno when memory is short.
struct clinux_coroutine *clinux_coroutine_create(void *stack, size_t stackBytes, void (*function)(void *), void *argument);
// From outside: runs the function until it suspends itself.
void clinux_coroutine_resume(struct clinux_coroutine *coroutine);
// From inside: back to the caller of resume.
void clinux_coroutine_suspend(struct clinux_coroutine *coroutine);
// The stack stays the caller's.
void clinux_coroutine_destroy(struct clinux_coroutine *coroutine);

// Ancillary data: descriptors sent over a unix socket (SCM_RIGHTS, unix(7)).
// Sends `byteCount` bytes with `fdCount` descriptors; returns as sendmsg(2).
ssize_t clinux_send_descriptors(int fd, const void *bytes, size_t byteCount, const int *fds, int fdCount, int flags);
// Receives up to `byteCount` bytes and at most `fdCapacity` descriptors, close-on-exec; what
// does not fit is closed by the kernel. Sets `fdCount`; returns as recvmsg(2), or -1 with
// errno EMSGSIZE when the bytes or the descriptors were cut short.
ssize_t clinux_receive_descriptors(int fd, void *bytes, size_t byteCount, int *fds, int fdCapacity, int *fdCount, int flags);

#endif
