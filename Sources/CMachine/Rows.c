#include "CMachine.h"

#if defined(__x86_64__) && defined(__linux__)
#define EVERY_GENERATION __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define EVERY_GENERATION
#endif

// Sorts up to `width` ids by rank, all ids against one at a time: no branch depends on an id. Ids are below UINT32_MAX.
static inline __attribute__((always_inline)) int sort_by_rank(uint32_t *row, size_t length, size_t width) {
  uint32_t ids[32], limits[32], ranks[32], sorted[33];
  for (size_t i = 0; i < width; i++) {
    ids[i] = i < length ? row[i] : UINT32_MAX;
    limits[i] = ids[i];
    ranks[i] = 0;
  }
  // Equal ids keep their order: an earlier one counts as smaller.
  for (size_t j = 0; j < length; j++) {
    uint32_t id = ids[j];
    for (size_t i = 0; i < width; i++) ranks[i] += id < limits[i] + (j < i);
  }
  for (size_t i = 0; i < length; i++) sorted[ranks[i]] = ids[i];
  uint32_t repeats = 0;
  for (size_t i = 0; i + 1 < length; i++) repeats |= sorted[i] == sorted[i + 1];
  for (size_t i = 0; i < length; i++) row[i] = sorted[i];
  return (int)repeats;
}

EVERY_GENERATION
void machine_sort_rows(uint32_t *ids, const uint32_t *ends, uint8_t *is_odd, size_t count) {
  size_t start = 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t *row = ids + start;
    size_t length = ends[i] - start;
    start = ends[i];
    uint32_t descents = 0;
    for (size_t j = 0; j + 1 < length; j++) descents |= row[j] >= row[j + 1];
    if (!descents) {
      is_odd[i] = 0;
    } else if (length <= 8) {
      is_odd[i] = (uint8_t)sort_by_rank(row, length, 8);
    } else if (length <= 16) {
      is_odd[i] = (uint8_t)sort_by_rank(row, length, 16);
    } else if (length <= 32) {
      is_odd[i] = (uint8_t)sort_by_rank(row, length, 32);
    } else {
      is_odd[i] = 1;
    }
  }
}
