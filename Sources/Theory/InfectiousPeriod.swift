internal import CGSL
internal import SocialInfluence

/// How long and how strongly a case transmits: together they decide the transmissibility T of a tie.
package enum InfectiousPeriod {
  /// Rounds: in each round a case infects each susceptible neighbor with probability `infection` in [0, 1], then
  /// recovers with probability `recovery` in (0, 1]; at least one round of attempts.
  case geometric(infection: Double, recovery: Double)
  /// Exactly `rounds` ≥ 0 rounds of attempts, each with probability `infection` in [0, 1].
  case rounds(infection: Double, rounds: Int)
  /// Continuous time: contacts along a tie at rate `contact` ≥ 0, recovery at rate `recovery` > 0 (per unit of time).
  case exponential(contact: Double, recovery: Double)
  /// Continuous time: contacts along a tie at rate `contact` ≥ 0 for exactly `duration` ≥ 0.
  case constant(contact: Double, duration: Double)

  /// T, the chance that a case ever transmits along a given tie: b / (b + g − bg), 1 − (1 − b)^d, β / (β + γ),
  /// 1 − e^(−βτ).
  ///
  /// Source: M. E. J. Newman (2002), Phys. Rev. E 66:016128, doi:10.1103/PhysRevE.66.016128.
  package var transmissibility: Double {
    switch self {
    case .geometric(let infection, let recovery):
      infection > 0 ? infection / (infection + recovery - infection * recovery) : 0
    case .rounds(let infection, let rounds): 1 - gsl_pow_uint(1 - infection, UInt32(rounds))
    case .exponential(let contact, let recovery): contact / (contact + recovery)
    case .constant(let contact, let duration): probability(ofHazard: contact * duration)
    }
  }

  /// The approximate number of pairs of `transmissibilities(degree:)`.
  package func pairCount(degree: Int) -> Double {
    switch self {
    case .rounds, .constant: 1
    case .geometric(_, let recovery): recovery < 1 ? 1 + 40 / hazard(ofProbability: recovery) : 1
    case .exponential: Double(min(200, max(16, degree / 2 + 1)))
    }
  }

  /// The law of T over the periods of cases, as (weight, T) pairs whose weights sum to 1: means over it are exact for
  /// polynomials in T up to `degree` (≤ 399 for exponential periods, and converge fast beyond).
  func transmissibilities(degree: Int) throws(NumericalFailure) -> [(weight: Double, value: Double)] {
    switch self {
    case .rounds, .constant: return [(1, transmissibility)]
    case .geometric(let infection, let recovery):
      var (points, left, missed) = ([(weight: Double, value: Double)](), 1.0, 1 - infection)
      while left > 1e-17 && recovery < 1 {
        points.append((left * recovery, 1 - missed))
        left *= 1 - recovery
        missed *= 1 - infection
      }
      points.append((left, 1 - missed))
      return points
    case .exponential(let contact, let recovery):
      guard contact > 0 else { return [(1, 0)] }
      return try Self.exponentialRule(ratio: recovery / contact, count: min(200, max(16, degree / 2 + 1)))
    }
  }

  /// 1 − T = e^(−βD) with D exponential has density a w^(a−1) on (0, 1), a = γ/β: Gauss–Jacobi quadrature.
  private static func exponentialRule(
    ratio: Double, count: Int
  ) throws(NumericalFailure) -> [(weight: Double, value: Double)] {
    var nodes = [Double](repeating: 0, count: count)
    var weights = nodes
    guard influents_jacobi_rule(count, 0, ratio - 1, &nodes, &weights) == 1 else {
      throw NumericalFailure(what: "the quadrature over infectious periods", status: Int(GSL_EINVAL))
    }
    return zip(nodes, weights).map { (ratio * $1, 1 - $0) }
  }
}
