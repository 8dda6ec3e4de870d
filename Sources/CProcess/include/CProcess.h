// What becomes of the process when the machine, or its user, has had enough: standard files that may be closed, signals
// that ask for a stop, memory that cannot be had, and a temporary folder that must not stay behind.
#ifndef CPROCESS_H
#define CPROCESS_H

#include <stddef.h>
#include <stdint.h>

/// Once, before any other thread is made: opens what is closed of standard input, output and error (a file opened later
/// would take its number and receive what was meant for it), makes a broken pipe and a file beyond its limit errors of the
/// call, and holds back the signals that ask for a stop, for `process_next_signal`.
void process_begin(void);

/// Calls `heard` once on a thread of its own. Where no thread can be made, signals act as they do by default; returns 0.
int process_listen(void (*heard)(void));

/// Whether `count` threads can be made at once: the system's own pools wait for ever for one that they cannot get.
int process_can_make_threads(int count);

/// The next of SIGINT, SIGTERM, SIGHUP (unless the caller of the program ignores it); 0 after `milliseconds` without one,
/// below 0: waits for ever.
int process_next_signal(int milliseconds);

/// What `process_leave` removes: the files of these `count` names, one behind the zero of the other, in `folder`; then, where `is_own` is not 0, the folder; then, where
/// `parent` is not null, the folder above it. Folders only where they are empty by then. Copies what it is given. The last
/// call holds; a null folder forgets.
void process_will_remove(const char *folder, const char *names, size_t count, int is_own, const char *parent);

/// Renames `from` to `to` where nothing stands there; returns 0, or -1 with `errno` (EEXIST where something does).
int process_move_to_free_place(const char *from, const char *to);

/// Removes what was registered, writes `message` (may be null) to standard error and ends the process. Calls nothing that
/// allocates, so that it also serves where memory has run out.
_Noreturn void process_leave(int code, const char *message);

/// No more than `bytes` of memory will be had from now on; beyond it an allocation ends the process with 69, before the
/// system ends it without a word. Returns 0 where the system knows no such limit.
int process_limit_memory(uint64_t bytes);

/// Writes all bytes, in as many calls as the system needs; returns 0, or -1 with `errno`.
int process_write(int file, const void *bytes, size_t count);

/// Words of 32 bits in a file, mapped into memory to be read.
struct process_words;

/// Maps the first `count` words of a file, at least one; NULL with `errno` where that fails.
const struct process_words *process_map_words(int file, size_t count);
void process_unmap_words(const struct process_words *words, size_t count);
/// Gives back the pages of mapped words; they are read again on access.
void process_release_words(const struct process_words *words, size_t count);
/// The word at `place`, which must be one of those mapped.
static inline uint32_t process_word(const struct process_words *words, size_t place) {
  return ((const uint32_t *)(const void *)words)[place];
}

/// Turns a trap or a fault, which is a bug in the program, into exit code 70 with nothing left behind.
void process_catch_faults(void);

#endif
