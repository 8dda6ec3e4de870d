#include "CMachine.h"

// The same bits on every machine: no multiplication is fused with an addition.
#pragma STDC FP_CONTRACT OFF

// Each loop is compiled for several generations of processors; the loader takes the one that fits.
#if defined(__x86_64__) && defined(__linux__)
#define EVERY_GENERATION __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define EVERY_GENERATION
#endif

// Philox 4x32 with ten rounds, as in Philox.swift, of eight blocks at once. The 32 bits of each lane of a block have 64 to
// themselves, of which the upper may hold anything.
enum { LANES = 8 };
typedef uint64_t lanes __attribute__((vector_size(8 * LANES), aligned(8), may_alias));
typedef uint32_t halves __attribute__((vector_size(8 * LANES), aligned(4), may_alias));
typedef uint32_t ids __attribute__((vector_size(4 * LANES), aligned(4), may_alias));

static const uint64_t lower = 0xFFFFFFFFu;

// The upper halves of the lanes by a shuffle, which leaves the port of multiplications and shifts alone.
#define UPPER(x) \
  ((lanes)__builtin_shufflevector((halves)(x), (halves)(x), 1, 1, 3, 3, 5, 5, 7, 7, 9, 9, 11, 11, 13, 13, 15, 15))

// Two lower halves in one lane.
#define TOGETHER(low, high)                                                                                           \
  ((lanes)__builtin_shufflevector((halves)(low), (halves)(high), 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30))

// Vectors go by address: not every generation has registers that are wide enough.
static inline __attribute__((always_inline)) void philox(const lanes counter[4], uint64_t key, lanes words[2]) {
  lanes x0 = counter[0], x1 = counter[1], x2 = counter[2], x3 = counter[3];
  uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
#pragma clang loop unroll(full)
  for (int round = 0; round < 10; round++) {
    lanes left = (x0 & lower) * 0xD2511F53u, right = (x2 & lower) * 0xCD9E8D57u;
    x0 = UPPER(right) ^ x1 ^ (uint64_t)k0;
    x2 = UPPER(left) ^ x3 ^ (uint64_t)k1;
    x1 = right;
    x3 = left;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  words[0] = TOGETHER(x0, x1);
  words[1] = TOGETHER(x2, x3);
}

// The words of one block for up to eight entities.
static inline __attribute__((always_inline)) void draw_entities(uint64_t *first, uint64_t *second,
                                                                const lanes *entities, size_t count, uint64_t key,
                                                                uint32_t lane0, uint32_t lane1, uint32_t lane2,
                                                                uint32_t lane3) {
  const lanes zero = {0};
  lanes words[2],
      counter[4] = {zero + lane0, *entities << 4 | (uint64_t)lane1, *entities >> 28 | (uint64_t)lane2, zero + lane3};
  philox(counter, key, words);
  if (count >= LANES) {
    *(lanes *)first = words[0];
    *(lanes *)second = words[1];
  } else {
    memcpy(first, &words[0], count * sizeof *first);
    memcpy(second, &words[1], count * sizeof *second);
  }
}

// The next up to eight entities of a list.
static inline __attribute__((always_inline)) void read_listed(lanes *some, const uint32_t *entities, size_t count) {
  uint32_t few[LANES] = {0};
  if (count < LANES) entities = memcpy(few, entities, count * sizeof *few);
  *some = __builtin_convertvector(*(const ids *)entities, lanes);
}

EVERY_GENERATION
void machine_draw_range(uint64_t *restrict first, uint64_t *restrict second, uint64_t key, uint32_t lane0,
                        uint32_t lane1, uint32_t lane2, uint32_t lane3, uint64_t start, size_t count) {
  const lanes steps = {0, 1, 2, 3, 4, 5, 6, 7};
  for (size_t i = 0; i < count; i += LANES) {
    lanes entities = steps + (start + i);
    draw_entities(first + i, second + i, &entities, count - i, key, lane0, lane1, lane2, lane3);
  }
}

EVERY_GENERATION
void machine_draw_listed(uint64_t *restrict first, uint64_t *restrict second, uint64_t key, uint32_t lane0,
                         uint32_t lane1, uint32_t lane2, uint32_t lane3, const uint32_t *restrict entities,
                         size_t count) {
  for (size_t i = 0; i < count; i += LANES) {
    lanes some;
    read_listed(&some, entities + i, count - i);
    draw_entities(first + i, second + i, &some, count - i, key, lane0, lane1, lane2, lane3);
  }
}

EVERY_GENERATION
void machine_draw_blocks(uint64_t *restrict words, uint64_t key, uint32_t start, uint32_t lane1, uint32_t lane2,
                         uint32_t lane3, size_t count) {
  const lanes zero = {0}, steps = {0, 1, 2, 3, 4, 5, 6, 7};
  for (size_t i = 0; i < count; i += LANES) {
    lanes drawn[2], counter[4] = {steps + (uint64_t)(start + (uint32_t)i), zero + lane1, zero + lane2, zero + lane3};
    philox(counter, key, drawn);
    uint64_t pairs[2 * LANES];
    for (size_t j = 0; j < LANES; j++) {
      pairs[2 * j] = drawn[0][j];
      pairs[2 * j + 1] = drawn[1][j];
    }
    memcpy(words + 2 * i, pairs, 2 * (count - i < LANES ? count - i : LANES) * sizeof *words);
  }
}

// Asks for items `done` to `end` of a list.
static inline __attribute__((always_inline)) size_t ask(const uint32_t *values, const uint32_t *places, size_t done,
                                                        size_t end) {
  for (; done < end; done++) machine_prefetch_many(values + places[done]);
  return done;
}

EVERY_GENERATION
void machine_draw_skips(uint32_t *restrict skips, size_t stride, uint64_t key, uint32_t lane0, uint32_t lane1,
                        uint32_t lane2, uint32_t lane3, const uint32_t *restrict entities,
                        const uint64_t *restrict slots, size_t blocks, size_t count, const uint32_t *values,
                        const uint32_t *places, size_t place_count, const uint32_t *offsets, const uint32_t *speakers,
                        size_t speaker_count) {
  enum { WIDTH = 64 };
  const uint64_t within = UINT64_MAX >> 10;
  uint64_t words[4][WIDTH];
  // Lines can be asked for only a few at a time: some after each block of eight.
  size_t groups = (count + LANES - 1) / LANES, place = 0, speaker = 0;
  size_t places_each = groups ? (place_count + groups - 1) / groups : 0;
  size_t speakers_each = groups ? (speaker_count + groups - 1) / groups : 0;
  for (size_t start = 0; start < count; start += WIDTH) {
    size_t width = count - start < WIDTH ? count - start : WIDTH;
    for (size_t i = 0; i < width; i += LANES) {
      lanes some;
      read_listed(&some, entities + start + i, width - i);
      draw_entities(words[0] + i, words[1] + i, &some, LANES, key, lane0, lane1, lane2, lane3);
      if (blocks > 1) draw_entities(words[2] + i, words[3] + i, &some, LANES, key, lane0 + 1, lane1, lane2, lane3);
      place = ask(values, places, place, place + places_each < place_count ? place + places_each : place_count);
      speaker = ask(offsets, speakers, speaker,
                    speaker + speakers_each < speaker_count ? speaker + speakers_each : speaker_count);
    }
    for (size_t w = 0; w < 2 * blocks; w++) {
      for (size_t i = 0; i < width; i++) {
        uint64_t word = words[w][i], slot = slots[word >> 54];
        skips[w * stride + start + i] = (uint32_t)((slot >> 54) + ((word & within) < (slot & within)));
      }
    }
  }
}

EVERY_GENERATION
void machine_log_skips(uint32_t *restrict skips, const uint64_t *restrict words, double spacing, size_t count) {
  for (size_t i = 0; i < count; i++) {
    double x = -machine_unit_log(((double)(int64_t)(words[i] >> 12) + 0.5) * 0x1p-52) * spacing;
    skips[i] = (uint32_t)(int64_t)(x < 4294967295.0 ? x : 4294967295.0);
  }
}

// The higher word of word * bound, as UInt64.below in Samplers.swift.
static inline __attribute__((always_inline)) uint32_t below(uint64_t word, uint64_t bound) {
  return (uint32_t)(((word >> 32) * bound + (((word & 0xFFFFFFFFu) * bound) >> 32)) >> 32);
}

EVERY_GENERATION
void machine_pick(uint32_t *restrict picks, const uint64_t *restrict words, uint32_t bound, size_t count) {
  for (size_t i = 0; i < count; i++) picks[i] = below(words[i], bound);
}

EVERY_GENERATION
void machine_pick_pairs(uint32_t *restrict ones, uint32_t *restrict others, size_t start,
                        const uint64_t *restrict words, uint32_t bound, size_t count) {
  ones += start;
  others += start;
  for (size_t i = 0; i < count; i++) {
    uint32_t one = below(words[2 * i], bound), other = below(words[2 * i + 1], bound - 1);
    ones[i] = one;
    others[i] = other + (other >= one);
  }
}

EVERY_GENERATION
void machine_count_less(uint32_t *restrict counts, const uint64_t *restrict words, const double *restrict limits,
                        size_t limit_count, size_t count) {
  // Sixteen words against one limit at a time.
  enum { WIDTH = 16 };
  for (size_t start = 0; start < count; start += WIDTH) {
    double u[WIDTH];
    uint64_t less[WIDTH];
    for (size_t i = 0; i < WIDTH; i++) {
      uint64_t word = start + i < count ? words[start + i] : 0;
      u[i] = ((double)(int64_t)(word >> 12) + 0.5) * 0x1p-52;
      less[i] = 0;
    }
    for (size_t j = 0; j < limit_count; j++) {
      for (size_t i = 0; i < WIDTH; i++) less[i] += limits[j] < u[i];
    }
    for (size_t i = 0; i < WIDTH && start + i < count; i++) counts[start + i] = (uint32_t)less[i];
  }
}

EVERY_GENERATION
void machine_exposures(uint64_t *restrict units, const double *restrict values, double first, double second,
                       double largest, double scale, size_t count) {
  for (size_t i = 0; i < count; i++) {
    double x = values[i] * first * second;
    x = values[i] > 0 && second > 0 && x > 0 ? x : 0;
    units[i] = (uint64_t)(int64_t)((x < largest ? x : largest) * scale + 0.5);
  }
}

EVERY_GENERATION
void machine_round_up(uint32_t *restrict counts, const double *restrict values, double factor, size_t count) {
  const double never = 4294967295;
  for (size_t i = 0; i < count; i++) {
    double x = values[i] * factor;
    x = x < never - 1 ? x : never;
    double whole = (double)(int64_t)x;
    uint32_t rounded = (uint32_t)(int64_t)(whole < x ? whole + 1 : whole);
    counts[i] = rounded < 1 ? 1 : rounded;
  }
}

EVERY_GENERATION
void machine_round_up_wide(uint64_t *restrict units, const double *restrict values, double factor, size_t count) {
  for (size_t i = 0; i < count; i++) {
    double x = values[i] * factor, whole = (double)(int64_t)x;
    double rounded = whole < x ? whole + 1 : whole;
    units[i] = (uint64_t)(int64_t)(rounded < 1 ? 1 : rounded);
  }
}

EVERY_GENERATION
void machine_threshold_counts(uint32_t *restrict counts, const double *restrict thresholds,
                              const uint32_t *restrict voices, double responsiveness, int is_share, int must_exceed,
                              size_t count) {
  const double never = 4294967295;
  for (size_t i = 0; i < count; i++) {
    double needed = thresholds[i] * (is_share ? (double)voices[i] : 1.0) / responsiveness;
    needed = is_share && thresholds[i] > 1 ? never : needed;
    needed = voices[i] == 0 ? never : needed;
    needed = needed < never ? needed : never;
    double x = must_exceed ? (double)(int64_t)(needed + 1e-9) + 1 : needed - 1e-9;
    x = x < never - 1 ? x : never;
    double whole = (double)(int64_t)x;
    double rounded = whole < x ? whole + 1 : whole;
    counts[i] = rounded < 1 ? 1 : (uint32_t)(int64_t)rounded;
  }
}

EVERY_GENERATION
void machine_threshold_units(uint64_t *restrict units, const double *restrict thresholds,
                             const uint32_t *restrict voices, double responsiveness, double unit, int is_share,
                             int must_exceed, size_t count) {
  const double never = 0x1p37;
  for (size_t i = 0; i < count; i++) {
    double needed = thresholds[i] * (is_share ? (double)voices[i] : 1.0) / responsiveness;
    needed = is_share && thresholds[i] > 1 ? never : needed;
    int is_never = voices[i] == 0 || !(needed < never);
    double x = is_never ? 0 : needed;
    double slack = (double)((voices[i] >> 1) + (voices[i] & 1));
    x = must_exceed ? (x + 1e-9) * unit : (x - 1e-9) * unit;
    double whole = (double)(int64_t)x;
    double rounded = must_exceed ? whole + 1 + slack : (whole < x ? whole + 1 : whole) - slack;
    units[i] = is_never ? UINT64_MAX : (uint64_t)(int64_t)(rounded < 1 ? 1 : rounded);
  }
}

EVERY_GENERATION
void machine_exponentials(double *restrict values, const uint64_t *restrict words, size_t count) {
  for (size_t i = 0; i < count; i++) {
    values[i] = -machine_unit_log(1.0 - (double)(words[i] >> 11) * 0x1p-53);
  }
}
