#ifndef INFLUENTS_CMACHINE_H
#define INFLUENTS_CMACHINE_H

#include <math.h>
#include <stdlib.h>

/// The elementary functions of the C library, for a module that imports neither Foundation nor Glibc.
static inline double machine_log(double x) { return log(x); }
static inline double machine_log1p(double x) { return log1p(x); }
static inline double machine_exp(double x) { return exp(x); }
static inline double machine_expm1(double x) { return expm1(x); }
static inline double machine_sin(double x) { return sin(x); }
static inline double machine_pow(double x, double y) { return pow(x, y); }

/// Asks for the cache line that holds `address`; never faults.
static inline void machine_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }

/// A variable of the environment; NULL where it is not set.
static inline const char *machine_environment(const char *name) { return getenv(name); }

#endif
