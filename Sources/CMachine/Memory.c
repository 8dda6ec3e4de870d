// For madvise.
#define _GNU_SOURCE
#include "CMachine.h"

#if defined(__linux__)
#include <malloc.h>
#include <sys/mman.h>

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

// Advice only: where the system refuses, the memory is as it was.
static void advise(const void *start, size_t bytes, int is_written) {
  const uintptr_t page = 2u << 20;
  uintptr_t first = ((uintptr_t)start + page - 1) & ~(page - 1), end = ((uintptr_t)start + bytes) & ~(page - 1);
  if (end < first + 2 * page) return;
  madvise((void *)first, end - first, MADV_HUGEPAGE);
  // In pieces: the system lets no process end within a call, and a whole array takes seconds.
  const uintptr_t piece = 16 * page;
  for (; is_written && first < end; first += piece)
    madvise((void *)first, end - first < piece ? end - first : piece, MADV_COLLAPSE);
}

void machine_reuse_memory(void) {
#if defined(__GLIBC__)
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  mallopt(M_TRIM_THRESHOLD, 2 << 20);
#endif
}

void machine_prefer_huge_pages(const void *start, size_t bytes) { advise(start, bytes, 0); }
void machine_use_huge_pages(const void *start, size_t bytes) { advise(start, bytes, 1); }
#else
void machine_reuse_memory(void) {}
void machine_prefer_huge_pages(const void *start, size_t bytes) {
  (void)start;
  (void)bytes;
}
void machine_use_huge_pages(const void *start, size_t bytes) {
  (void)start;
  (void)bytes;
}
#endif
