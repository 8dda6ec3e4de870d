@testable import SocialInfluence
import Testing
@testable import Theory

@Suite struct DegreeProbabilitiesTests {
  @Test(arguments: [0.5, 4, 60])
  func poissonAgreesWithTheNamedLaw(mean: Double) {
    let terms = DegreeProbabilities.poisson(mean: mean)
    let law = DegreeProbabilities.of(PoissonLaw(ParameterValues(["mean": .number(mean)])))
    #expect(zip(terms, law).allSatisfy { abs($0 - $1) < 1e-14 })
    #expect(abs(terms.reduce(0, +) - 1) < 1e-13 && abs(DegreeProbabilities.mean(terms) - mean) < 1e-12 * mean)
  }

  @Test func nobodyHasTies() { #expect(DegreeProbabilities.poisson(mean: 0) == [1]) }

  @Test func mixture() {
    #expect(DegreeProbabilities.mixture([(0.25, [1]), (0.75, [0, 0, 1])]) == [0.25, 0, 0.75])
    #expect(DegreeProbabilities.mixture([]) == [])
  }

  /// A tenth with ten times the ties: the mean stays, the variance is z plus that of the expected ties.
  @Test func connectors() {
    let law = DegreeProbabilities.connectors(fraction: 0.1, multiple: 10, meanDegree: 4)
    let ordinary = 4 / 1.9
    let mean = DegreeProbabilities.mean(law)
    let second = law.indices.reduce(0) { $0 + Double($1 * $1) * law[$1] }
    let expected = 4 + 0.9 * ordinary * ordinary + 0.1 * 100 * ordinary * ordinary
    #expect(abs(mean - 4) < 1e-12 && abs(second - expected) < 1e-9)
    let plain = DegreeProbabilities.connectors(fraction: 0, multiple: 10, meanDegree: 4)
    #expect(zip(plain, Law.poisson(4)).allSatisfy { abs($0 - $1) < 1e-16 })
  }

  @Test func topShares() {
    #expect(DegreeProbabilities.top(fraction: 0.5, of: [0.5, 0.25, 0, 0.25]) == [0, 1, 0, 1])
    #expect(DegreeProbabilities.top(fraction: 0, of: [0.5, 0.5]) == [0, 0])
    #expect(DegreeProbabilities.top(fraction: 1, of: [0.5, 0.5]) == [1, 1])
  }
}
