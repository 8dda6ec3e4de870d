internal import CGSL

/// Chance that one seed starts an epidemic if infectious periods differ between cases, and all ties of a case share its
/// period: u = E_D[G1(1 − T_D + T_D u)], and 1 − E_D[G0(1 − T_D + T_D u)] for a random seed.
///
/// The final *size* depends on the mean T alone (``Percolation``); the chance is at most that size, and equal to it if
/// every case has the same period.
/// Sources: E. Kenah, J. M. Robins (2007), Phys. Rev. E 76:036113, doi:10.1103/PhysRevE.76.036113; J. C. Miller (2007),
/// Phys. Rev. E 76:010101, doi:10.1103/PhysRevE.76.010101.
package struct EpidemicProbability {
  /// The chance that a case reached along a tie starts no epidemic; 1 below the threshold.
  package let u: Double
  private let law: GeneratingFunction
  private let periods: [(weight: Double, value: Double)]

  /// - Parameter degrees: p_k for k = 0, 1, …
  /// - Throws: ``NumericalFailure`` if the quadrature over exponential periods fails.
  package init(degrees: [Double], period: InfectiousPeriod) throws(NumericalFailure) {
    let law = GeneratingFunction(degrees)
    let periods = try period.transmissibilities(degree: degrees.count)
    self.law = law
    self.periods = periods
    u = Roots.smallestFixedPoint(
      { u in periods.reduce(0) { $0 + $1.weight * law.excess(1 - $1.value + $1.value * u) } },
      slopeAtOne: period.transmissibility * law.excessSlope(1))
  }

  /// Chance of a seed drawn at random.
  package var random: Double { 1 - mean(law.value) }

  /// Chance of a seed with `seedDegree` ≥ 0 ties.
  package func probability(seedDegree: Int) -> Double { 1 - mean { gsl_pow_uint($0, UInt32(seedDegree)) } }

  private func mean(_ value: (Double) -> Double) -> Double {
    u >= 1 ? 1 : periods.reduce(0) { $0 + $1.weight * value(1 - $1.value + $1.value * u) }
  }
}
