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

// Sixteen values at once, where there is room on both sides: how long a row is, is as good as random.
enum { BLOCK = 16 };
typedef uint32_t narrow_block __attribute__((vector_size(4 * BLOCK), aligned(4), may_alias));
typedef uint64_t wide_block __attribute__((vector_size(8 * BLOCK), aligned(8), may_alias));

EVERY_GENERATION
size_t machine_gather_rows(uint32_t *restrict copies, size_t room, const uint32_t *restrict speakers, size_t count,
                           size_t known, const uint32_t *restrict offsets, const uint32_t *restrict values,
                           size_t value_count, size_t *restrict taken) {
  const size_t rows_ahead = 24, values_ahead = 12;
  size_t filled = 0, i = 0;
  for (; i < count; i++) {
    if (i + rows_ahead < known) machine_prefetch(offsets + speakers[i + rows_ahead]);
    if (i + values_ahead < known) {
      uint32_t soon = speakers[i + values_ahead];
      machine_prefetch(values + offsets[soon]);
      machine_prefetch(values + offsets[soon + 1]);
    }
    size_t start = offsets[speakers[i]], length = offsets[speakers[i] + 1] - start;
    if (filled + length > room) break;
    if (filled + BLOCK <= room && start + BLOCK <= value_count) {
      *(narrow_block *)(copies + filled) = *(const narrow_block *)(values + start);
      for (size_t j = BLOCK; j < length; j++) copies[filled + j] = values[start + j];
    } else {
      for (size_t j = 0; j < length; j++) copies[filled + j] = values[start + j];
    }
    filled += length;
  }
  *taken = i;
  return filled;
}

EVERY_GENERATION
void machine_gather_wide_rows(uint64_t *restrict copies, size_t room, const uint32_t *restrict speakers, size_t count,
                              size_t known, const uint32_t *restrict offsets, const uint64_t *restrict values,
                              size_t value_count) {
  const size_t values_ahead = 12;
  size_t filled = 0;
  for (size_t i = 0; i < count; i++) {
    if (i + values_ahead < known) {
      uint32_t soon = speakers[i + values_ahead];
      for (size_t place = offsets[soon]; place < offsets[soon + 1] + 7u; place += 8) machine_prefetch(values + place);
    }
    size_t start = offsets[speakers[i]], length = offsets[speakers[i] + 1] - start;
    if (filled + BLOCK <= room && start + BLOCK <= value_count) {
      *(wide_block *)(copies + filled) = *(const wide_block *)(values + start);
      for (size_t j = BLOCK; j < length; j++) copies[filled + j] = values[start + j];
    } else {
      for (size_t j = 0; j < length; j++) copies[filled + j] = values[start + j];
    }
    filled += length;
  }
}

EVERY_GENERATION
size_t machine_count_met(const uint64_t *restrict exposures, const uint64_t *restrict needs,
                         const uint32_t *restrict targets, size_t count) {
  size_t met = 0;
  for (size_t i = 0; i < count; i++) met += exposures[i] >= needs[targets[i]];
  return met;
}

EVERY_GENERATION
size_t machine_count_ones(const uint32_t *restrict needs, const uint32_t *restrict targets, size_t count) {
  size_t ones = 0;
  for (size_t i = 0; i < count; i++) ones += needs[targets[i]] == 1;
  return ones;
}
