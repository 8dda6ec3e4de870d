// The C library's allocation, with one word about memory that cannot be had: Swift would trap without one.
#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif

#if defined(__GLIBC__) && !defined(HAS_SANITIZER)
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

static void *or_leave(void *memory, size_t bytes) {
  if (memory || bytes == 0) return memory;
  static char text[] =
      "influents: memory ran out; this run needs more than this machine, or its limit, has; nothing was written\n"
      "  = write fewer agents or a smaller mean degree, or use fewer --workers\n";
  process_leave(69, text);
}

void *malloc(size_t bytes) { return or_leave(__libc_malloc(bytes), bytes); }
void *calloc(size_t count, size_t bytes) { return or_leave(__libc_calloc(count, bytes), count && bytes); }
void *realloc(void *memory, size_t bytes) { return or_leave(__libc_realloc(memory, bytes), bytes); }
void *memalign(size_t alignment, size_t bytes) { return or_leave(__libc_memalign(alignment, bytes), bytes); }
void *aligned_alloc(size_t alignment, size_t bytes) { return or_leave(__libc_memalign(alignment, bytes), bytes); }
int posix_memalign(void **memory, size_t alignment, size_t bytes) {
  *memory = or_leave(__libc_memalign(alignment, bytes), bytes);
  return 0;
}
#endif
