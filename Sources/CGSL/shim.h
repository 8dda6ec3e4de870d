#ifndef INFLUENTS_CGSL_H
#define INFLUENTS_CGSL_H
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <gsl/gsl_odeiv2.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_statistics_double.h>

// The type descriptors below are globals, which Swift cannot read safely.

/// Brent's solver.
static inline gsl_root_fsolver *influents_brent_solver(void) { return gsl_root_fsolver_alloc(gsl_root_fsolver_brent); }

/// Brent's minimiser.
static inline gsl_min_fminimizer *influents_brent_minimizer(void) {
  return gsl_min_fminimizer_alloc(gsl_min_fminimizer_brent);
}

/// Runge–Kutta Prince–Dormand (8, 9) with step control on absolute and relative error.
static inline gsl_odeiv2_driver *influents_ode_driver(
    const gsl_odeiv2_system *system, double first_step, double tolerance) {
  return gsl_odeiv2_driver_alloc_y_new(system, gsl_odeiv2_step_rk8pd, first_step, tolerance, tolerance);
}

/// `count` nodes and weights for the weight (1 − x)^alpha x^beta on (0, 1); 0 where there are none.
static inline int influents_jacobi_rule(size_t count, double alpha, double beta, double *nodes, double *weights) {
  gsl_integration_fixed_workspace *rule = gsl_integration_fixed_alloc(gsl_integration_fixed_jacobi, count, 0, 1, alpha, beta);
  if (!rule) return 0;
  for (size_t place = 0; place < count; place++) {
    nodes[place] = gsl_integration_fixed_nodes(rule)[place];
    weights[place] = gsl_integration_fixed_weights(rule)[place];
  }
  gsl_integration_fixed_free(rule);
  return 1;
}

/// Levenberg–Marquardt trust region with central differences for the Jacobian.
static inline gsl_multifit_nlinear_workspace *influents_least_squares(size_t observations, size_t parameters) {
  gsl_multifit_nlinear_parameters settings = gsl_multifit_nlinear_default_parameters();
  settings.fdtype = GSL_MULTIFIT_NLINEAR_CTRDIFF;
  return gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &settings, observations, parameters);
}

#endif
