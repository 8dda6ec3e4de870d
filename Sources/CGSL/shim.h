#ifndef INFLUENTS_CGSL_H
#define INFLUENTS_CGSL_H
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_statistics_double.h>

/// Brent's solver; the type descriptor is a mutable global, which Swift cannot read safely.
static inline gsl_root_fsolver *influents_brent_solver(void) { return gsl_root_fsolver_alloc(gsl_root_fsolver_brent); }

#endif
