#include "CMachine.h"

// The same bits on every machine: no multiplication is fused with an addition.
#pragma STDC FP_CONTRACT OFF

// Each loop is compiled for several generations of processors; the loader takes the one that fits.
#if defined(__x86_64__) && defined(__linux__)
#define EVERY_GENERATION __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define EVERY_GENERATION
#endif

// Philox 4x32 with ten rounds, as in Philox.swift: lanes of one block.
static inline __attribute__((always_inline)) void philox(uint32_t x0, uint32_t x1, uint32_t x2, uint32_t x3,
                                                         uint64_t key, uint64_t *first, uint64_t *second) {
  uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
#pragma clang loop unroll(full)
  for (int round = 0; round < 10; round++) {
    uint64_t left = (uint64_t)x0 * 0xD2511F53u, right = (uint64_t)x2 * 0xCD9E8D57u;
    x0 = (uint32_t)(right >> 32) ^ x1 ^ k0;
    x2 = (uint32_t)(left >> 32) ^ x3 ^ k1;
    x1 = (uint32_t)right;
    x3 = (uint32_t)left;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  *first = (uint64_t)x0 | (uint64_t)x1 << 32;
  *second = (uint64_t)x2 | (uint64_t)x3 << 32;
}

EVERY_GENERATION
void machine_draw_range(uint64_t *restrict first, uint64_t *restrict second, uint64_t key, uint32_t lane0,
                        uint32_t lane1, uint32_t lane2, uint32_t lane3, uint64_t start, size_t count) {
  for (size_t i = 0; i < count; i++) {
    uint64_t entity = start + i;
    philox(lane0, lane1 | (uint32_t)entity << 4, lane2 | (uint32_t)(entity >> 28), lane3, key, first + i, second + i);
  }
}

EVERY_GENERATION
void machine_draw_listed(uint64_t *restrict first, uint64_t *restrict second, uint64_t key, uint32_t lane0,
                         uint32_t lane1, uint32_t lane2, uint32_t lane3, const uint32_t *restrict entities,
                         size_t count) {
  for (size_t i = 0; i < count; i++) {
    uint32_t entity = entities[i];
    philox(lane0, lane1 | entity << 4, lane2 | entity >> 28, lane3, key, first + i, second + i);
  }
}

EVERY_GENERATION
void machine_draw_blocks(uint64_t *restrict words, uint64_t key, uint32_t start, uint32_t lane1, uint32_t lane2,
                         uint32_t lane3, size_t count) {
  for (size_t i = 0; i < count; i++) {
    philox(start + (uint32_t)i, lane1, lane2, lane3, key, words + 2 * i, words + 2 * i + 1);
  }
}

EVERY_GENERATION
void machine_table_skips(uint32_t *restrict skips, const uint64_t *restrict words, const uint32_t *restrict numbers,
                         const uint64_t *restrict cuts, uint32_t shift, size_t count) {
  for (size_t i = 0; i < count; i++) {
    uint64_t word = words[i], slot = word >> shift;
    skips[i] = numbers[slot] + (word < cuts[slot]);
  }
}

EVERY_GENERATION
void machine_log_skips(uint32_t *restrict skips, const uint64_t *restrict words, double spacing, size_t count) {
  for (size_t i = 0; i < count; i++) {
    double x = -machine_unit_log(((double)(int64_t)(words[i] >> 12) + 0.5) * 0x1p-52) * spacing;
    skips[i] = (uint32_t)(int64_t)(x < 4294967295.0 ? x : 4294967295.0);
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
