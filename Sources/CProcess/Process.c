#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static sigset_t asking;

void process_begin(void) {
  for (int file = 0; file < 3; file++) {
    // Read-only: what is written there fails, as it would have.
    if (fcntl(file, F_GETFD) < 0 && errno == EBADF && open("/dev/null", O_RDONLY) != file) return;
  }
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
  sigemptyset(&asking);
  sigaddset(&asking, SIGINT);
  sigaddset(&asking, SIGTERM);
  struct sigaction hangup;
  if (sigaction(SIGHUP, NULL, &hangup) == 0 && hangup.sa_handler != SIG_IGN) sigaddset(&asking, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &asking, NULL);
}

static void *listen_for_signals(void *heard) {
  ((void (*)(void))heard)();
  return NULL;
}

int process_listen(void (*heard)(void)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, listen_for_signals, (void *)heard) != 0) {
    pthread_sigmask(SIG_UNBLOCK, &asking, NULL);
    return 0;
  }
  pthread_detach(thread);
  return 1;
}

static void *wait_for_end(void *end) {
  pthread_barrier_wait(end);
  return NULL;
}

int process_can_make_threads(int count) {
  enum { most = 64 };
  pthread_t threads[most];
  if (count > most) count = most;
  // Each stays until all are there: as many as could be made, and this one.
  int made = 0;
  pthread_barrier_t end;
  pthread_barrier_init(&end, NULL, (unsigned)count + 1);
  while (made < count && pthread_create(&threads[made], NULL, wait_for_end, &end) == 0) made++;
  if (made == count) {
    pthread_barrier_wait(&end);
    for (int place = 0; place < made; place++) pthread_join(threads[place], NULL);
    pthread_barrier_destroy(&end);
  }
  return made == count;
}

int process_next_signal(int milliseconds) {
  for (;;) {
    int number;
    if (milliseconds < 0) {
      number = sigwaitinfo(&asking, NULL);
    } else {
      struct timespec wait = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
      number = sigtimedwait(&asking, NULL, &wait);
    }
    if (number > 0) return number;
    if (errno != EINTR) return 0;
  }
}

int process_move_to_free_place(const char *from, const char *to) {
#if defined(RENAME_NOREPLACE)
  if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return -1;
#endif
  // Some file systems know no such rename: there the place is looked at first.
  if (faccessat(AT_FDCWD, to, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
    errno = EEXIST;
    return -1;
  }
  return rename(from, to);
}

// MARK: What must not stay behind

enum { most_names = 32, name_size = 64, path_size = 4096 };

static struct {
  atomic_flag is_taken;
  int is_set, is_own, has_parent;
  size_t count;
  char folder[path_size], parent[path_size], names[most_names][name_size];
} leftovers = {.is_taken = ATOMIC_FLAG_INIT};

static void take_leftovers(void) {
  // Short, and bounded: whoever holds it may have been the one that failed.
  for (int tries = 0; atomic_flag_test_and_set(&leftovers.is_taken) && tries < 1000; tries++) usleep(1000);
}

void process_will_remove(const char *folder, const char *names, size_t count, int is_own, const char *parent) {
  take_leftovers();
  leftovers.is_set = 0;
  int fits = folder && count <= most_names && strlen(folder) < path_size && (!parent || strlen(parent) < path_size);
  const char *name = names;
  for (size_t place = 0; fits && place < count; place++) {
    fits = strlen(name) < name_size;
    name += strlen(name) + 1;
  }
  if (fits) {
    strcpy(leftovers.folder, folder);
    leftovers.is_own = is_own;
    leftovers.has_parent = parent != NULL;
    if (parent) strcpy(leftovers.parent, parent);
    name = names;
    for (size_t place = 0; place < count; place++) {
      strcpy(leftovers.names[place], name);
      name += strlen(name) + 1;
    }
    leftovers.count = count;
    leftovers.is_set = 1;
  }
  atomic_flag_clear(&leftovers.is_taken);
}

static void remove_leftovers(void) {
  if (!leftovers.is_set) return;
  int folder = open(leftovers.folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder < 0) return;
  for (size_t place = 0; place < leftovers.count; place++) unlinkat(folder, leftovers.names[place], 0);
  if (leftovers.is_own) rmdir(leftovers.folder);
  if (leftovers.has_parent) rmdir(leftovers.parent);
}

static void say(const char *message) {
  size_t left = strlen(message);
  while (left > 0) {
    ssize_t count = write(2, message, left);
    if (count <= 0) return;
    message += count;
    left -= (size_t)count;
  }
}

_Noreturn void process_leave(int code, const char *message) {
  static atomic_flag is_leaving = ATOMIC_FLAG_INIT;
  // Whoever comes second waits for the first to end the process.
  if (atomic_flag_test_and_set(&is_leaving)) {
    for (int tries = 0; tries < 2000; tries++) usleep(1000);
    _exit(code);
  }
  take_leftovers();
  remove_leftovers();
  if (message) say(message);
  _exit(code);
}

// MARK: Memory

// A sanitizer takes terabytes of addresses for itself.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif

int process_limit_memory(uint64_t bytes) {
#if defined(RLIMIT_DATA) && !defined(HAS_SANITIZER)
  struct rlimit limit;
  if (getrlimit(RLIMIT_DATA, &limit) != 0) return 0;
  if (limit.rlim_max != RLIM_INFINITY && bytes > limit.rlim_max) bytes = limit.rlim_max;
  limit.rlim_cur = bytes;
  return setrlimit(RLIMIT_DATA, &limit) == 0;
#else
  (void)bytes;
  return 0;
#endif
}

// MARK: Faults

/// Whether the machine has room for the stack of one more thread, and for one more process: libraries that cannot start a thread trap.
static int has_room(void) {
  size_t stack = 9 << 20;
  void *room = mmap(NULL, stack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (room == MAP_FAILED) return 0;
  munmap(room, stack);
  pid_t child = fork();
  if (child == 0) _exit(0);
  if (child > 0) waitpid(child, NULL, 0);
  return child > 0;
}

static void fault(int number) {
  (void)number;
  if (!has_room()) process_leave(69, "influents: error: no more memory or threads can be had; nothing was written\n");
  process_leave(70, "influents: this is a bug in influents: please report it, with the scenario; nothing was written\n");
}

void process_catch_faults(void) {
  static char stack[1 << 16];
  stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&own, NULL);
  struct sigaction action = {.sa_handler = fault, .sa_flags = (int)SA_ONSTACK};
  const int numbers[] = {SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE};
  for (size_t place = 0; place < sizeof numbers / sizeof *numbers; place++) sigaction(numbers[place], &action, NULL);
  // The runtime's own handler prints a backtrace and goes on: a user who asks for an end gets one.
  signal(SIGQUIT, SIG_DFL);
  sigset_t quit;
  sigemptyset(&quit);
  sigaddset(&quit, SIGQUIT);
  pthread_sigmask(SIG_UNBLOCK, &quit, NULL);
}
