// Files as C sees them: bytes by their address.
#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

int process_write(int file, const void *bytes, size_t count) {
  for (size_t done = 0; done < count;) {
    ssize_t written = write(file, (const char *)bytes + done, count - done);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return -1;
    done += (size_t)written;
  }
  return 0;
}

const struct process_words *process_map_words(int file, size_t count) {
  void *words = mmap(NULL, 4 * count, PROT_READ, MAP_PRIVATE, file, 0);
  return words == MAP_FAILED ? NULL : words;
}

void process_unmap_words(const struct process_words *words, size_t count) { munmap((void *)(uintptr_t)words, 4 * count); }

void process_release_words(const struct process_words *words, size_t count) {
  madvise((void *)(uintptr_t)words, 4 * count, MADV_DONTNEED);
}
