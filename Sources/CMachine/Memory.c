// For madvise.
#define _GNU_SOURCE
#include "CMachine.h"

#if defined(__linux__)
#include <sys/mman.h>

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

void machine_use_huge_pages(const void *start, size_t bytes) {
  const uintptr_t page = 2u << 20;
  uintptr_t first = ((uintptr_t)start + page - 1) & ~(page - 1), end = ((uintptr_t)start + bytes) & ~(page - 1);
  if (end < first + 2 * page) return;
  // Advice only: where the system refuses, the memory is as it was.
  madvise((void *)first, end - first, MADV_HUGEPAGE);
  madvise((void *)first, end - first, MADV_COLLAPSE);
}
#else
void machine_use_huge_pages(const void *start, size_t bytes) {
  (void)start;
  (void)bytes;
}
#endif
