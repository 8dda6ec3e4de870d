import SocialInfluence
import Testing
import Theory

@Suite struct BranchingTests {
  private func poisson(_ mean: Double) -> [Double] {
    DegreeProbabilities.of(PoissonLaw(ParameterValues(["mean": .number(mean)])))
  }

  /// Watts & Dodds 2007 on undirected Poisson networks, φ = .18: derived to four digits from the window equations.
  @Test(arguments: [
    (1.25, 0.3381), (1.5, 0.5489), (2, 0.7542), (2.5, 0.8388), (3, 0.8735), (4, 0.8653), (5, 0.6953), (5.5, 0.3761),
    (5.75, 0.0276), (6, 0),
  ])
  func undirectedThresholds(z: Double, expected: Double) {
    let chance = Branching.undirected(degrees: poisson(z)) { 0.18 * Double($0) <= 1 ? 1 : 0 }
    #expect(abs(chance - expected) < 6e-5)
  }

  /// The directed reading: a reached agent has one voice more.
  @Test(arguments: [(1.5, 0.5642), (2, 0.7655), (6.5, 0.5515), (7, 0.3269), (7.5, 0)])
  func directedThresholds(n: Double, expected: Double) {
    let chance = Branching.directed(degrees: poisson(n)) { 0.18 * Double($0) <= 1 ? 1 : 0 }
    #expect(abs(chance - expected) < 6e-5)
  }

  /// Bond percolation, Newman 2002: the size of the epidemic is the chance that a random seed starts one.
  @Test(arguments: [
    (3.0, 0.4, 0.31369833), (3, 0.5, 0.58281164), (3, 0.6, 0.73242997), (3, 0.8, 0.87859582), (3, 1, 0.94047979),
    (4, 0.2, 0), (4, 0.3, 0.31369833), (4, 0.5, 0.79681213), (4, 1, 0.98017260),
  ])
  func percolationOnPoisson(z: Double, transmissibility: Double, expected: Double) {
    let chance = Branching.undirected(degrees: poisson(z)) { _ in transmissibility }
    #expect(abs(chance - expected) < 1e-7)
  }

  @Test(arguments: [(0.2, 0.27525513), (0.5, 0.63397460), (1, 0.79289322)])
  func percolationOnGeometric(transmissibility: Double, expected: Double) throws {
    let law = try NegativeBinomial(ParameterValues(["mean": .number(4), "cv": .number((20.0).squareRoot() / 4)]))
    let chance = Branching.undirected(degrees: DegreeProbabilities.of(law)) { _ in transmissibility }
    #expect(abs(chance - expected) < 1e-7)
  }

  @Test(arguments: [
    (2.0, 20.0, 2.091089, 0.2, 0.01811940), (2, 20, 2.091089, 0.5, 0.31705277), (2, 40, 2.423056, 0.2, 0.10894967),
    (2.5, 100, 1.724639, 0.5, 0.18952682),
  ])
  func percolationOnPowerLaws(
    exponent: Double, cutoff: Double, mean: Double, transmissibility: Double, expected: Double
  ) {
    let law = PowerLaw(exponent: exponent, cutoff: cutoff)
    #expect(abs(law.mean - mean) < 1e-6)
    let chance = Branching.undirected(degrees: DegreeProbabilities.of(law)) { _ in transmissibility }
    #expect(abs(chance - expected) < 1e-7)
  }

  /// At T = .3533450872 hub-rich and even networks of mean degree 4 give the same size .5214686.
  @Test func hubsAgainstEvennessCross() throws {
    let law = try NegativeBinomial(ParameterValues(["mean": .number(4), "cv": .number((20.0).squareRoot() / 4)]))
    let hubs = Branching.undirected(degrees: DegreeProbabilities.of(law)) { _ in 0.3533450872 }
    let even = Branching.undirected(degrees: poisson(4)) { _ in 0.3533450872 }
    #expect(abs(hubs - 0.5214686) < 1e-6 && abs(even - 0.5214686) < 1e-6)
  }

  @Test func noTiesNoCascade() {
    #expect(Branching.undirected(degrees: [1]) { _ in 1 } == 0)
    #expect(Branching.directed(degrees: [1]) { _ in 1 } == 0)
  }
}
