@testable import SocialInfluence
import Testing
@testable import Theory

@Suite struct EdgeBasedSIRTests {
  static let laws = [
    NamedLaw("Poisson 4", Law.poisson(4)), NamedLaw("geometric 4", Law.geometric(4)),
    NamedLaw("regular 3", Law.regular(3)), NamedLaw("power law 2, cut-off 20", Law.powerLaw(2, 20)),
  ]

  init() { Quantile.prepare() }

  /// Pairs of agents: S = (1 − ρ)(1 − ρT(1 − e^(−(β+γ)t))), T = β/(β + γ).
  @Test func pairs() throws {
    let model = EdgeBasedSIR(degrees: [0, 1], contactRate: 0.7, recoveryRate: 0.3, seedShare: 0.2)
    let times = [0, 0.5, 1, 4, 40]
    for (time, shares) in zip(times, try model.shares(at: times)) {
      let expected = 0.8 * (1 - 0.2 * 0.7 * (1 - exponential(-time)))
      #expect(abs(shares.susceptible - expected) < 1e-10)
      #expect(abs(shares.susceptible + shares.infectious + shares.recovered - 1) < 1e-15)
    }
    #expect(abs(model.finalShare - (1 - 0.8 * 0.86)) < 1e-12)
  }

  /// The course ends at the final share, and for a vanishing seed share at the size of Newman's epidemic.
  @Test(arguments: laws)
  func endsAtPercolation(law: NamedLaw) throws {
    let degrees = law.degrees
    let seeded = EdgeBasedSIR(degrees: degrees, contactRate: 0.6, recoveryRate: 0.4, seedShare: 0.01)
    let end = try #require(try seeded.shares(at: [400]).last)
    #expect(abs(end.recovered - seeded.finalShare) < 1e-9 && abs(end.infectious) < 1e-9)
    let size = Percolation(degrees: degrees, transmissibility: 0.6).size
    let vanishing = EdgeBasedSIR(degrees: degrees, contactRate: 0.6, recoveryRate: 0.4, seedShare: 1e-9)
    #expect(abs(vanishing.finalShare - size) < 1e-7)
    let limit = EdgeBasedSIR(degrees: degrees, contactRate: 0.6, recoveryRate: 0.4, seedShare: 0)
    #expect(limit.finalShare == size)
  }

  /// Pairs in rounds, b = 1/2, g = 1, ρ = .1: after one round a susceptible agent stays so with chance .95, and for good.
  @Test func pairsInRounds() {
    let model = EdgeBasedRounds(degrees: [0, 1], infection: 0.5, recovery: 1, seedShare: 0.1)
    let shares = model.shares(rounds: 3)
    for (share, expected) in zip(shares.map(\.susceptible), [0.9, 0.855, 0.855, 0.855]) {
      #expect(abs(share - expected) < 1e-15)
    }
    for (share, expected) in zip(shares.map(\.infectious), [0.1, 0.045, 0, 0]) {
      #expect(abs(share - expected) < 1e-15)
    }
    #expect(abs(model.finalShare - 0.145) < 1e-14)
  }

  /// A path of three in rounds by hand: everybody has two ties, g = 1, b = 1; a share ρ of seeds on a long ring takes one
  /// neighbour a side and round: S after n rounds is (1 − ρ)^(2n+1).
  @Test func ringInRounds() {
    let model = EdgeBasedRounds(degrees: [0, 0, 1], infection: 1, recovery: 1, seedShare: 0.1)
    for (round, shares) in model.shares(rounds: 6).enumerated() {
      #expect(abs(shares.susceptible - power(0.9, Double(2 * round + 1))) < 1e-14)
    }
  }

  @Test(arguments: laws)
  func roundsEndAtPercolation(law: NamedLaw) throws {
    let degrees = law.degrees
    let (b, g) = (0.3, 0.2)
    let seeded = EdgeBasedRounds(degrees: degrees, infection: b, recovery: g, seedShare: 0.01)
    let end = try #require(seeded.shares(rounds: 600).last)
    #expect(abs(end.recovered - seeded.finalShare) < 1e-10)
    let limit = EdgeBasedRounds(degrees: degrees, infection: b, recovery: g, seedShare: 0)
    #expect(limit.finalShare == Percolation(degrees: degrees, transmissibility: b / (b + g - b * g)).size)
  }

  /// Short rounds approach continuous time.
  @Test func shortRounds() throws {
    let continuous = EdgeBasedSIR(degrees: Law.poisson(4), contactRate: 0.5, recoveryRate: 0.3, seedShare: 0.02)
    let rounds = EdgeBasedRounds(degrees: Law.poisson(4), infection: 0.0005, recovery: 0.0003, seedShare: 0.02)
    let course = rounds.shares(rounds: 6000)
    for (time, shares) in zip([1, 3, 6], try continuous.shares(at: [1, 3, 6])) {
      #expect(abs(course[1000 * time].infectious - shares.infectious) < 1e-3)
      #expect(abs(course[1000 * time].recovered - shares.recovered) < 1e-3)
    }
  }
}
