#include "CMachine.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

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
size_t machine_gather_rows(uint32_t *restrict copies, size_t room, const uint32_t *restrict speakers, size_t start,
                           size_t end, size_t known, const uint32_t *restrict offsets, const uint32_t *restrict values,
                           size_t value_count, size_t *restrict taken) {
  const size_t rows_ahead = 24, values_ahead = 12, count = end - start;
  size_t filled = 0, i = 0;
  speakers += start;
  known -= start;
  for (; i < count; i++) {
    if (i + rows_ahead < known) machine_prefetch(offsets + speakers[i + rows_ahead]);
    if (i + values_ahead < known) {
      uint32_t soon = speakers[i + values_ahead];
      machine_prefetch(values + offsets[soon]);
      machine_prefetch(values + offsets[soon + 1]);
    }
    size_t row = offsets[speakers[i]], length = offsets[speakers[i] + 1] - row;
    if (filled + length > room) break;
    if (filled + BLOCK <= room && row + BLOCK <= value_count) {
      *(narrow_block *)(copies + filled) = *(const narrow_block *)(values + row);
      for (size_t j = BLOCK; j < length; j++) copies[filled + j] = values[row + j];
    } else {
      for (size_t j = 0; j < length; j++) copies[filled + j] = values[row + j];
    }
    filled += length;
  }
  *taken = i;
  return filled;
}

EVERY_GENERATION
void machine_gather_wide_rows(uint64_t *restrict copies, size_t room, const uint32_t *restrict speakers, size_t start,
                              size_t end, size_t known, const uint32_t *restrict offsets,
                              const uint64_t *restrict values, size_t value_count) {
  const size_t values_ahead = 12, count = end - start;
  size_t filled = 0;
  speakers += start;
  known -= start;
  for (size_t i = 0; i < count; i++) {
    if (i + values_ahead < known) {
      uint32_t soon = speakers[i + values_ahead];
      for (size_t place = offsets[soon]; place < offsets[soon + 1] + 7u; place += 8) machine_prefetch(values + place);
    }
    size_t row = offsets[speakers[i]], length = offsets[speakers[i] + 1] - row;
    if (filled + BLOCK <= room && row + BLOCK <= value_count) {
      *(wide_block *)(copies + filled) = *(const wide_block *)(values + row);
      for (size_t j = BLOCK; j < length; j++) copies[filled + j] = values[row + j];
    } else {
      for (size_t j = 0; j < length; j++) copies[filled + j] = values[row + j];
    }
    filled += length;
  }
}

EVERY_GENERATION
void machine_mark_met(uint64_t *restrict bits, const uint64_t *restrict exposures, const uint64_t *restrict needs,
                      const uint32_t *restrict targets, size_t count) {
  for (size_t start = 0; start < count; start += 64) {
    uint64_t word = 0;
    size_t width = count - start < 64 ? count - start : 64;
    for (size_t i = 0; i < width; i++) word |= (uint64_t)(exposures[start + i] >= needs[targets[start + i]]) << i;
    bits[start >> 6] = word;
  }
}

EVERY_GENERATION
void machine_mark_outside(uint64_t *restrict marks, const uint64_t *restrict members, const uint32_t *restrict targets,
                          size_t count) {
  for (size_t start = 0; start < count; start += 64) {
    uint64_t word = 0;
    size_t width = count - start < 64 ? count - start : 64;
    for (size_t i = 0; i < width; i++) {
      uint32_t target = targets[start + i];
      word |= (~members[target >> 6] >> (target & 63) & 1) << i;
    }
    marks[start >> 6] = word;
  }
}

EVERY_GENERATION
size_t machine_adopt_marked(uint64_t *marks, uint64_t *members, size_t others, size_t stride, size_t count) {
  size_t fresh = 0;
  for (size_t word = 0; word < count; word++) {
    uint64_t marked = marks[word];
    for (size_t other = 1; other <= others; other++) {
      marked |= marks[other * stride + word];
      marks[other * stride + word] = 0;
    }
    marked &= ~members[word];
    members[word] |= marked;
    marks[word] = marked;
    fresh += (size_t)__builtin_popcountll(marked);
  }
  return fresh;
}

static size_t take_one_by_one(uint32_t *ids, uint64_t word, uint32_t first) {
  size_t taken = 0;
  for (; word != 0; word &= word - 1) ids[taken++] = first + (uint32_t)__builtin_ctzll(word);
  return taken;
}

#if defined(__x86_64__)
// Sixteen bits at a time, without a question whose answer cannot be foreseen.
__attribute__((target("avx512f,popcnt"))) static void take_sixteen(uint32_t *ids, size_t room, uint64_t *words,
                                                                   uint32_t first, size_t count) {
  const __m512i steps = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  size_t taken = 0, word = 0;
  // Sixteen are written, whatever counts.
  for (; word < count && taken + 64 + 16 <= room; word++) {
    uint64_t bits = words[word];
    words[word] = 0;
    for (uint32_t part = 0; part < 4; part++, bits >>= 16) {
      __mmask16 own = (__mmask16)bits;
      __m512i all = _mm512_add_epi32(steps, _mm512_set1_epi32((int)(first + 64 * (uint32_t)word + 16 * part)));
      _mm512_storeu_si512(ids + taken, _mm512_maskz_compress_epi32(own, all));
      taken += (size_t)__builtin_popcount(own);
    }
  }
  for (; word < count; word++) {
    taken += take_one_by_one(ids + taken, words[word], first + 64 * (uint32_t)word);
    words[word] = 0;
  }
}
#endif

void machine_take_members(uint32_t *ids, size_t room, uint64_t *words, uint32_t first, size_t count) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) {
    take_sixteen(ids, room, words, first, count);
    return;
  }
#endif
  for (size_t word = 0, taken = 0; word < count; word++) {
    if (words[word] == 0) continue;
    taken += take_one_by_one(ids + taken, words[word], first + 64 * (uint32_t)word);
    words[word] = 0;
  }
}

EVERY_GENERATION
size_t machine_count_bits(const uint64_t *bits, size_t start, size_t end) {
  if (start >= end) return 0;
  size_t first = start >> 6, last = (end - 1) >> 6, count = 0;
  uint64_t from = UINT64_MAX << (start & 63), to = UINT64_MAX >> (63 - ((end - 1) & 63));
  if (first == last) return (size_t)__builtin_popcountll(bits[first] & from & to);
  for (size_t word = first + 1; word < last; word++) count += (size_t)__builtin_popcountll(bits[word]);
  return count + (size_t)__builtin_popcountll(bits[first] & from) + (size_t)__builtin_popcountll(bits[last] & to);
}

void machine_count_roles(size_t counts[8], const uint8_t *restrict roles, const uint32_t *restrict agents,
                         size_t count) {
  // Eight counts of a byte each in one register, emptied before one could overflow.
  static const uint64_t one[8] = {1, 1u << 8, 1u << 16, 1u << 24, 1ull << 32, 1ull << 40, 1ull << 48, 1ull << 56};
  for (size_t i = 0; i < 8; i++) counts[i] = 0;
  for (size_t start = 0; start < count; start += 255) {
    size_t end = count - start < 255 ? count : start + 255;
    uint64_t packed = 0;
    for (size_t i = start; i < end; i++) packed += one[roles[agents[i]] & 7];
    for (size_t i = 0; i < 8; i++) counts[i] += packed >> (8 * i) & 255;
  }
}

EVERY_GENERATION
size_t machine_count_ones(const uint32_t *restrict needs, const uint32_t *restrict targets, size_t start,
                          size_t count) {
  size_t ones = 0;
  for (size_t i = start; i < start + count; i++) ones += needs[targets[i]] == 1;
  return ones;
}

EVERY_GENERATION
void machine_lesser_first(uint32_t *restrict ones, uint32_t *restrict others, size_t count) {
  for (size_t i = 0; i < count; i++) {
    uint32_t one = ones[i], other = others[i];
    ones[i] = one < other ? one : other;
    others[i] = one < other ? other : one;
  }
}

EVERY_GENERATION
void machine_row_owners(uint32_t *restrict owners, size_t room, const uint32_t *restrict ends, uint32_t first,
                        size_t count) {
  size_t start = 0;
  for (size_t i = 0; i < count; i++) {
    size_t end = ends[i];
    uint32_t owner = first + (uint32_t)i;
    size_t done = start;
    if (start + BLOCK <= room) {
      *(narrow_block *)(owners + start) = (narrow_block){} + owner;
      done = start + BLOCK;
    }
    for (; done < end; done++) owners[done] = owner;
    start = end;
  }
}

EVERY_GENERATION
int machine_mark_loops(uint8_t *restrict has_loop, const uint32_t *restrict targets, size_t target_count,
                       const uint32_t *restrict ends, uint32_t first, size_t count) {
  size_t start = 0;
  uint32_t loops = 0;
  for (size_t i = 0; i < count; i++) {
    size_t length = ends[i] - start, j = 0;
    uint32_t owner = first + (uint32_t)i, found = 0;
    if (start + BLOCK <= target_count) {
      for (; j < BLOCK; j++) found |= (targets[start + j] == owner) & (j < length);
    }
    for (; j < length; j++) found |= targets[start + j] == owner;
    has_loop[i] = (uint8_t)(has_loop[i] | found);
    loops |= found;
    start = ends[i];
  }
  return loops != 0;
}

EVERY_GENERATION
void machine_place_rows(uint32_t *restrict rows, size_t room, const uint32_t *restrict places,
                        const uint32_t *restrict values, size_t value_count, const uint32_t *restrict lengths,
                        size_t count) {
  size_t start = 0;
  for (size_t i = 0; i < count; i++) {
    size_t place = places[i], length = lengths[i], done = 0;
    if (place + BLOCK <= room && start + BLOCK <= value_count) {
      *(narrow_block *)(rows + place) = *(const narrow_block *)(values + start);
      done = BLOCK;
    }
    for (; done < length; done++) rows[place + done] = values[start + done];
    start += length;
  }
}

static size_t drop_one_by_one(uint32_t *firsts, uint32_t *seconds, uint32_t *of_first, uint32_t *of_second, size_t start,
                              size_t end, size_t kept) {
  for (size_t i = start; i < end; i++) {
    // What stands before i is the last pair kept or repeats it.
    if (firsts[i] == firsts[kept - 1] && seconds[i] == seconds[kept - 1]) {
      of_first[firsts[i]]--;
      of_second[seconds[i]]--;
    } else {
      firsts[kept] = firsts[i];
      seconds[kept] = seconds[i];
      kept++;
    }
  }
  return kept;
}

EVERY_GENERATION
size_t machine_drop_repeats(uint32_t *firsts, uint32_t *seconds, uint32_t *of_first, uint32_t *of_second,
                            size_t count) {
  if (count == 0) return 0;
  size_t kept = 1, i = 1;
  for (; i + BLOCK <= count; i += BLOCK) {
    uint32_t repeats = 0;
    for (size_t j = i; j < i + BLOCK; j++) repeats |= (firsts[j] == firsts[j - 1]) & (seconds[j] == seconds[j - 1]);
    if (!repeats && kept == i) {
      kept += BLOCK;
    } else if (!repeats) {
      *(narrow_block *)(firsts + kept) = *(const narrow_block *)(firsts + i);
      *(narrow_block *)(seconds + kept) = *(const narrow_block *)(seconds + i);
      kept += BLOCK;
    } else {
      kept = drop_one_by_one(firsts, seconds, of_first, of_second, i, i + BLOCK, kept);
    }
  }
  return drop_one_by_one(firsts, seconds, of_first, of_second, i, count, kept);
}

static inline __attribute__((always_inline)) void leap(
    uint32_t *restrict starts, uint32_t *restrict fours, uint32_t *restrict counts, uint32_t *restrict is_eager,
    const uint32_t *restrict speakers, const uint32_t *restrict offsets, const uint32_t *restrict skips, size_t stride,
    uint32_t longest, size_t count) {
  for (size_t i = 0; i < count; i++) {
    uint32_t start = offsets[speakers[i]], length = offsets[speakers[i] + 1] - start;
    uint32_t first = skips[i], second = first + 1 + skips[stride + i], third = second + 1 + skips[2 * stride + i],
             fourth = third + 1 + skips[3 * stride + i];
    starts[i] = start;
    fours[4 * i] = first;
    fours[4 * i + 1] = second;
    fours[4 * i + 2] = third;
    fours[4 * i + 3] = fourth;
    counts[i] = (first < length) + (second < length) + (third < length) + (fourth < length);
    is_eager[i] = (fourth < length) | (length > longest);
  }
}

EVERY_GENERATION
size_t machine_find_successes(struct machine_leaps *leaps, const uint32_t *speakers, const uint32_t *offsets,
                              const uint32_t *skips, size_t stride, uint32_t longest,
                              size_t count) {
  uint32_t is_eager[64];
  leap(leaps->starts, leaps->fours, leaps->counts, is_eager, speakers, offsets, skips, stride, longest, count);
  size_t eager = 0;
  for (size_t i = 0; i < count; i++) {
    leaps->eager[eager] = (uint32_t)i;
    leaps->eager_speakers[eager] = speakers[i];
    eager += is_eager[i];
  }
  return eager;
}

EVERY_GENERATION
size_t machine_append_successes(uint32_t *restrict places, size_t filled, const struct machine_leaps *leaps,
                                size_t start, size_t end) {
  typedef uint32_t four __attribute__((vector_size(16), aligned(4), may_alias));
  for (size_t i = start; i < end; i++) {
    *(four *)(places + filled) = *(const four *)(leaps->fours + 4 * i) + leaps->starts[i];
    filled += leaps->counts[i];
  }
  return filled;
}
