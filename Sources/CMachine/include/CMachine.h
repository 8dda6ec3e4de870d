#ifndef INFLUENTS_CMACHINE_H
#define INFLUENTS_CMACHINE_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/// The elementary functions of the C library, for a module that imports neither Foundation nor Glibc.
static inline double machine_log(double x) { return log(x); }
static inline double machine_log1p(double x) { return log1p(x); }
static inline double machine_exp(double x) { return exp(x); }
static inline double machine_expm1(double x) { return expm1(x); }
static inline double machine_sin(double x) { return sin(x); }
static inline double machine_pow(double x, double y) { return pow(x, y); }

/// ln x of a normal number above 0, to about one unit in the last place, the same bits on every machine: only additions,
/// multiplications and one division, in this order.
///
/// x = 2^k m with m in [sqrt(1/2), sqrt 2), s = (m - 1)/(m + 1): ln m = 2 artanh s, by its power series to s^21
/// (|s| < .172: what is left out is below 2^-60 of the whole), in the arrangement of fdlibm, which subtracts what the
/// series rounds.
static inline double machine_unit_log(double x) {
#pragma STDC FP_CONTRACT OFF
  const uint64_t root_of_half = 0x3FE6A09E667F3BCDu;
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  uint64_t shifted = bits + (0x3FF0000000000000u - root_of_half);
  double exponent = (double)((int64_t)(shifted >> 52) - 1023);
  uint64_t mantissa = (shifted & 0x000FFFFFFFFFFFFFu) + root_of_half;
  double m;
  memcpy(&m, &mantissa, sizeof m);
  double f = m - 1, s = f / (2 + f), s2 = s * s, s4 = s2 * s2;
  // Two short chains instead of a long one.
  double odd = s2 * (2 / 3.0 + s4 * (2 / 7.0 + s4 * (2 / 11.0 + s4 * (2 / 15.0 + s4 * (2 / 19.0)))));
  double even = s4 * (2 / 5.0 + s4 * (2 / 9.0 + s4 * (2 / 13.0 + s4 * (2 / 17.0 + s4 * (2 / 21.0)))));
  double half_square = 0.5 * f * f;
  // ln 2 in two parts; the first times any exponent is exact.
  double low = s * (half_square + (odd + even)) + exponent * 0x1.A39EF35793C76p-33;
  return exponent * 0x1.62E42FEE00000p-1 - ((half_square - low) - f);
}

/// Asks for the cache line that holds `address`; never faults.
static inline void machine_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }
/// The same, no closer than the second cache: for more lines at a time than the first can wait for.
static inline void machine_prefetch_many(const void *address) { __builtin_prefetch(address, 0, 2); }

/// units[i] = values[i] * first * second, at most `largest`, in units of 1 / `scale`, to the nearest; 0 where a factor is
/// not positive.
void machine_exposures(uint64_t *units, const double *values, double first, double second, double largest, double scale,
                       size_t count);

/// The two words of one Philox block for each of `count` entities, from `start` on or as listed: the counter's lanes with
/// the entity's bits still 0, as RandomAddress lays them out.
void machine_draw_range(uint64_t *first, uint64_t *second, uint64_t key, uint32_t lane0, uint32_t lane1,
                        uint32_t lane2, uint32_t lane3, uint64_t start, size_t count);
void machine_draw_listed(uint64_t *first, uint64_t *second, uint64_t key, uint32_t lane0, uint32_t lane1,
                         uint32_t lane2, uint32_t lane3, const uint32_t *entities, size_t count);

/// The words of `count` blocks of one entity, whose lowest lane is `start`, `start` + 1 and so on: two per block, in order.
///
/// Precondition: `start` + `count` <= 2^32.
void machine_draw_blocks(uint64_t *words, uint64_t key, uint32_t start, uint32_t lane1, uint32_t lane2, uint32_t lane3,
                         size_t count);

/// -ln(1 - U) of each word's U in [0, 1).
void machine_exponentials(double *values, const uint64_t *words, size_t count);

/// Skips by a table of 1,024 slots, for each entity and each of the two words of one or two blocks: the highest ten bits of
/// the word's slot, and one more where the rest of the word lies below the rest of the slot. Word w of entity i gives
/// skips[w * stride + i].
///
/// Meanwhile, so that memory has something to do, asks for places[j] of `values` and for entry speakers[j] of `offsets`,
/// `place_count` and `speaker_count` of them, which will be read next.
void machine_draw_skips(uint32_t *skips, size_t stride, uint64_t key, uint32_t lane0, uint32_t lane1, uint32_t lane2,
                        uint32_t lane3, const uint32_t *entities, const uint64_t *slots, size_t blocks, size_t count,
                        const uint32_t *values, const uint32_t *places, size_t place_count, const uint32_t *offsets,
                        const uint32_t *speakers, size_t speaker_count);

/// The whole part of -ln(U) times `spacing` for each word's U in (0, 1); UINT32_MAX where that is too large.
void machine_log_skips(uint32_t *skips, const uint64_t *words, double spacing, size_t count);

/// The number below `bound` that each word stands for.
void machine_pick(uint32_t *picks, const uint64_t *words, uint32_t bound, size_t count);

/// `count` pairs of distinct numbers below `bound`, two words each: the second is one of the numbers that are left.
void machine_pick_pairs(uint32_t *ones, uint32_t *others, size_t start, const uint64_t *words, uint32_t bound, size_t count);

/// How many of the limits lie below each word's U in (0, 1).
void machine_count_less(uint32_t *counts, const uint64_t *words, const double *limits, size_t limit_count, size_t count);

/// Each value times `factor`, rounded up to a whole number, at least 1; UINT32_MAX where that is too large.
void machine_round_up(uint32_t *counts, const double *values, double factor, size_t count);

/// The same as whole numbers of 64 bits; each value times `factor` lies below 2^62.
void machine_round_up_wide(uint64_t *units, const double *values, double factor, size_t count);

/// The voices that each listener needs: thresholds as shares of its voices or as counts, divided by the responsiveness, to
/// be reached or exceeded up to 1e-9; at least 1, UINT32_MAX where there are no voices or a share exceeds 1.
void machine_threshold_counts(uint32_t *counts, const double *thresholds, const uint32_t *voices,
                              double responsiveness, int is_share, int must_exceed, size_t count);

/// Sorts each of `count` rows, which end at `ends` and begin where the one before ends, the first at 0. Rows of more than 32
/// are left as they are; `is_odd[i]` tells that row i was left, or has an id twice.
void machine_sort_rows(uint32_t *ids, const uint32_t *ends, uint8_t *is_odd, size_t count);

/// The same in fixed-point units of 1 / `unit` voices, moved by half a unit per voice so that rounding never refuses an
/// exact sum (must_exceed: never grants one); UINT64_MAX where nothing suffices.
void machine_threshold_units(uint64_t *units, const double *thresholds, const uint32_t *voices, double responsiveness,
                             double unit, int is_share, int must_exceed, size_t count);

/// Whether voice i of `count` gives its listener, targets[i], at least what it needs: bit i % 64 of bits[i / 64].
void machine_mark_met(uint64_t *bits, const uint64_t *exposures, const uint64_t *needs, const uint32_t *targets,
                      size_t count);
/// Whether targets[i] is no member of the set with these bits: bit i % 64 of marks[i / 64].
void machine_mark_outside(uint64_t *marks, const uint64_t *members, const uint32_t *targets, size_t count);
/// Who is newly marked: marks &= ~members, and members |= marks, word by word, where `others` more sets of marks, each
/// `stride` words after the one before, are united with the first and emptied. Returns the number of those new.
size_t machine_adopt_marked(uint64_t *marks, uint64_t *members, size_t others, size_t stride, size_t count);
/// The members of a set in order of their ids, the first word holding id `first` and those after; the set is emptied.
/// Precondition: `ids` has room for all of them, of which there are `room`.
void machine_take_members(uint32_t *ids, size_t room, uint64_t *words, uint32_t first, size_t count);
/// How many bits are set from `start` up to `end`.
size_t machine_count_bits(const uint64_t *bits, size_t start, size_t end);
/// counts[roles] = how many of `count` agents have these roles, of eight combinations.
void machine_count_roles(size_t counts[8], const uint8_t *roles, const uint32_t *agents, size_t count);
/// How many of `count` listeners, from targets[start] on, need one voice.
size_t machine_count_ones(const uint32_t *needs, const uint32_t *targets, size_t start, size_t count);

/// Copies the rows of the speakers from speakers[start] on, one after the other, as many up to speakers[end - 1] as fit
/// into `room` values: row s of `values` is offsets[s] up to offsets[s + 1]. What later speakers will need is asked for, up
/// to speakers[known - 1].
///
/// Sets `taken` to the number of rows copied and returns that of values. Up to 16 values beyond them may be overwritten,
/// but none beyond `room`.
size_t machine_gather_rows(uint32_t *copies, size_t room, const uint32_t *speakers, size_t start, size_t end,
                           size_t known, const uint32_t *offsets, const uint32_t *values, size_t value_count,
                           size_t *taken);
/// The same for wide values, without asking ahead for rows' starts: call it second, with the rows taken by the first.
void machine_gather_wide_rows(uint64_t *copies, size_t room, const uint32_t *speakers, size_t start, size_t end,
                              size_t known, const uint32_t *offsets, const uint64_t *values, size_t value_count);

/// Exchanges ones[i] and others[i] where the second is less.
void machine_lesser_first(uint32_t *ones, uint32_t *others, size_t count);

/// The row of each place, numbered from `first` on, where row i ends at ends[i]: up to `room` places are written.
void machine_row_owners(uint32_t *owners, size_t room, const uint32_t *ends, uint32_t first, size_t count);

/// Sets has_loop[i] where row i, of agent `first` + i, holds that agent; the rest stay. Rows end at `ends`, the first begins
/// at 0.
///
/// Returns whether any row does.
int machine_mark_loops(uint8_t *has_loop, const uint32_t *targets, size_t target_count, const uint32_t *ends,
                       uint32_t first, size_t count);

/// Copies row i of `values`, which stand one after the other, to rows + places[i]. Places ascend; up to 15 values beyond a
/// row may be overwritten, but none beyond `room` and none of an earlier row.
void machine_place_rows(uint32_t *rows, size_t room, const uint32_t *places, const uint32_t *values, size_t value_count,
                        const uint32_t *lengths, size_t count);

/// Drops pairs that repeat the one before, and takes them off the counts of their ids.
///
/// Returns the number of pairs kept.
size_t machine_drop_repeats(uint32_t *firsts, uint32_t *seconds, uint32_t *of_first, uint32_t *of_second, size_t count);

/// Where four skips lead each of up to 64 speakers along its row.
struct machine_leaps {
  /// Where each row starts.
  uint32_t starts[64];
  /// Four places of each row, counted from its start, and how many of them are successes.
  uint32_t fours[4 * 64], counts[64];
  /// The speakers, by number and by id, all of whose places are successes or whose row is too long; and room for one more.
  uint32_t eager[65], eager_speakers[65];
};

/// Who is eager, by number and by id.
static inline size_t machine_eager_number(const struct machine_leaps *leaps, size_t k) { return leaps->eager[k]; }
static inline const uint32_t *machine_eager_speakers(const struct machine_leaps *leaps) {
  return leaps->eager_speakers;
}

/// The places of `count` speakers, whose rows are offsets[s] up to offsets[s + 1]: skip w of speaker i, at most 2^29, is
/// skips[w * stride + i]. Rows longer than `longest` are too long.
///
/// Returns the number of eager speakers.
size_t machine_find_successes(struct machine_leaps *leaps, const uint32_t *speakers, const uint32_t *offsets,
                              const uint32_t *skips, size_t stride, uint32_t longest, size_t count);

/// Appends the successes of the speakers `start` up to `end` to the `filled` places of the network in `places`, and returns
/// how many there are then. Up to four beyond may be overwritten.
size_t machine_append_successes(uint32_t *places, size_t filled, const struct machine_leaps *leaps, size_t start,
                                size_t end);

/// Lets memory that one replicate frees be taken by the next, up to 2 MiB, instead of going back to the system in between.
void machine_reuse_memory(void);

/// Asks for huge pages under the memory at `start` that has not been written yet: fewer faults, too.
void machine_prefer_huge_pages(const void *start, size_t bytes);

/// Asks for huge pages under the memory already written at `start`: fewer translations of addresses for random reads. Does
/// nothing where there is less than a few of them or the system has none.
void machine_use_huge_pages(const void *start, size_t bytes);

#endif
