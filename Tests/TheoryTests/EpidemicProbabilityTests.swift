@testable import SocialInfluence
import Testing
@testable import Theory

@Suite struct EpidemicProbabilityTests {
  @Test(arguments: [(0.1, 0.2, 0.357143), (0.05, 0.1, 0.344828), (0.3, 1, 0.3), (0, 0.5, 0)])
  func transmissibilityOfRounds(infection: Double, recovery: Double, expected: Double) {
    let period = InfectiousPeriod.geometric(infection: infection, recovery: recovery)
    #expect(agrees(period.transmissibility, expected, digits: 6))
  }

  @Test func otherTransmissibilities() {
    #expect(InfectiousPeriod.rounds(infection: 0.5, rounds: 3).transmissibility == 0.875)
    #expect(InfectiousPeriod.rounds(infection: 0.5, rounds: 0).transmissibility == 0)
    #expect(InfectiousPeriod.exponential(contact: 3, recovery: 1).transmissibility == 0.75)
    #expect(abs(InfectiousPeriod.constant(contact: 2, duration: 0.5).transmissibility - 0.6321205588) < 1e-10)
  }

  /// Where all cases have the same period, the chance equals the size.
  @Test(arguments: [
    InfectiousPeriod.rounds(infection: 0.2, rounds: 3), .constant(contact: 1, duration: 0.6),
    .geometric(infection: 0.4, recovery: 1),
  ])
  func equalPeriods(period: InfectiousPeriod) throws {
    let percolation = Percolation(degrees: Law.poisson(4), transmissibility: period.transmissibility)
    let chance = try EpidemicProbability(degrees: Law.poisson(4), period: period)
    #expect(abs(chance.random - percolation.size) < 1e-12)
    #expect(abs(chance.probability(seedDegree: 3) - percolation.takeOff.probability(seedDegree: 3)) < 1e-12)
  }

  /// Periods that differ make epidemics rarer, never larger; both vanish at the same threshold.
  @Test(arguments: [
    InfectiousPeriod.geometric(infection: 0.1, recovery: 0.2), .exponential(contact: 0.5, recovery: 1),
    .exponential(contact: 0.33, recovery: 1), .geometric(infection: 0.02, recovery: 0.1),
  ])
  func differingPeriods(period: InfectiousPeriod) throws {
    let size = Percolation(degrees: Law.poisson(4), transmissibility: period.transmissibility).size
    let chance = try EpidemicProbability(degrees: Law.poisson(4), period: period).random
    #expect(size == 0 ? chance == 0 : chance > 0 && chance < size)
  }

  /// Exponential periods against a midpoint sum over the quantiles of the period: 1 − T = v^(β/γ), v uniform.
  @Test(arguments: [0.4, 1, 2.5])
  func exponentialAgainstMidpoints(contact: Double) throws {
    let chance = try EpidemicProbability(
      degrees: Law.poisson(4), period: .exponential(contact: contact, recovery: 1))
    let points = 20_000
    func mean(_ u: Double) -> Double {
      (0..<points).reduce(0) { sum, i in
        let missed = power((Double(i) + 0.5) / Double(points), contact)
        return sum + exponential(-4 * (1 - missed) * (1 - u))
      } / Double(points)
    }
    #expect(chance.u < 1 && abs(mean(chance.u) - chance.u) < 1e-6)
    // Poisson: further ties follow the law of all ties.
    #expect(abs(1 - chance.random - chance.u) < 1e-9)
  }

  /// Geometric periods against the sum over rounds, on networks where everybody has three ties.
  @Test func geometricAgainstTheSum() throws {
    let (b, g) = (0.3, 0.25)
    let chance = try EpidemicProbability(
      degrees: Law.regular(3), period: .geometric(infection: b, recovery: g))
    func mean(_ exponent: Double) -> Double {
      (1...400).reduce(0) { sum, d in
        let t = 1 - power(1 - b, Double(d))
        return sum + g * power(1 - g, Double(d - 1)) * power(1 - t + t * chance.u, exponent)
      }
    }
    #expect(chance.u < 1 && abs(mean(2) - chance.u) < 1e-12 && abs(1 - mean(3) - chance.random) < 1e-12)
  }

  /// BetaBinomial(n; 1, 1/β): P(none) = 1/(1 + nβ), mean nβ/(1 + β), variance above the binomial one.
  @Test(arguments: [(1, 0.5), (5, 1.0), (30, 0.2)])
  func star(leaves: Int, contact: Double) {
    let law = StarOutbreak.leaves(leaves, contactRate: contact, recoveryRate: 1)
    let mean = law.indices.reduce(0) { $0 + Double($1) * law[$1] }
    #expect(abs(law.reduce(0, +) - 1) < 1e-12 && abs(law[0] - 1 / (1 + Double(leaves) * contact)) < 1e-12)
    #expect(abs(mean - Double(leaves) * contact / (1 + contact)) < 1e-11)
  }

  /// β = γ: every number of infected leaves is equally likely.
  @Test func evenStar() {
    for chance in StarOutbreak.leaves(4, contactRate: 2, recoveryRate: 2) { #expect(abs(chance - 0.2) < 1e-12) }
  }

  @Test func noContacts() throws {
    let chance = try EpidemicProbability(degrees: Law.poisson(4), period: .exponential(contact: 0, recovery: 1))
    #expect(chance.random == 0 && chance.probability(seedDegree: 9) == 0)
  }
}
