internal import SocialInfluence

/// Bond percolation on random networks: every tie transmits with probability T. The final sizes of SIR epidemics and of
/// independent cascades in the limit of many agents.
///
/// Source: M. E. J. Newman (2002), Phys. Rev. E 66:016128, doi:10.1103/PhysRevE.66.016128.
package struct Percolation {
  /// T in [0, 1].
  package let transmissibility: Double
  /// The chance that a seed starts an epidemic, by its ties: 1 − (1 − T + T u)^k.
  package let takeOff: TriggerSolution
  private let law: GeneratingFunction

  /// - Parameter degrees: p_k for k = 0, 1, …
  package init(degrees: [Double], transmissibility: Double) {
    self.transmissibility = transmissibility
    law = GeneratingFunction(degrees)
    takeOff = Branching.solveUndirected(degrees: degrees) { _ in transmissibility }
  }

  /// T_c = <k> / <k² − k>; infinite where nobody has two ties.
  static func criticalTransmissibility(degrees: [Double]) -> Double {
    let law = GeneratingFunction(degrees)
    return law.pairs > 0 ? law.mean / law.pairs : .infinity
  }

  /// S: the share of the agents that an epidemic reaches, and the chance that a random seed starts one.
  package var size: Double { takeOff.random }

  /// The mean size of the outbreaks that do not become epidemics, in agents, the seed included; nil if every outbreak
  /// becomes one, infinite at the threshold.
  package var meanSmallOutbreak: Double? {
    // takeOff.u is Newman's 1 − T + T u: the chance that a tie leads to no epidemic, whether it transmits or not.
    let y = takeOff.u
    let none = law.value(y)
    guard none > 0 else { return nil }
    let reached = law.excess(y)
    let further = 1 - transmissibility * law.excessSlope(y)
    return further > 0 ? 1 + transmissibility * law.mean * reached * reached / (none * further) : .infinity
  }

  /// S as a share of the original agents, if an agent with k ties is kept with probability `kept`[k] and otherwise
  /// removed with its ties.
  ///
  /// Source: D. S. Callaway, M. E. J. Newman, S. H. Strogatz, D. J. Watts (2000), Phys. Rev. Lett. 85:5468,
  /// doi:10.1103/PhysRevLett.85.5468.
  package static func size(degrees: [Double], transmissibility: Double, kept: [Double]) -> Double {
    guard transmissibility > 0 else { return 0 }
    return Branching.vulnerableCluster(degrees: degrees) { kept[$0] * transmissibility } / transmissibility
  }

  /// The shares kept by degree, if the `fraction` of highest degree is removed.
  package static func removingTop(fraction: Double, of degrees: [Double]) -> [Double] {
    DegreeProbabilities.top(fraction: fraction, of: degrees).map { 1 - $0 }
  }

  /// The shares kept by degree, if a random `fraction` is removed.
  package static func removingRandom(fraction: Double, of degrees: [Double]) -> [Double] {
    degrees.map { _ in 1 - fraction }
  }

  /// Standard deviation over Poisson networks of mean degree R/T of an epidemic's share of `agentCount` agents, given
  /// an epidemic: √(S(1 − S) / N) / (1 − R(1 − S)) with R = z·T > 1. Nil if there is no epidemic.
  package static func giantDeviation(reproduction: Double, agentCount: Int) -> Double? {
    guard reproduction > 1 else { return nil }
    let size = Percolation(degrees: DegreeProbabilities.poisson(mean: reproduction), transmissibility: 1).size
    return (size * (1 - size) / Double(agentCount)).squareRoot() / (1 - reproduction * (1 - size))
  }
}
