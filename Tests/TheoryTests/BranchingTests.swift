@testable import SocialInfluence
import Testing
@testable import Theory

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

  /// Undirected, φ = .18: vulnerable cluster, chance of a random and of a top 10 % seed, degree ratio, multiplier.
  @Test(arguments: [
    [1.05, 0.0549, 0.0551, 0.1608, 3.022, 2.919], [1.25, 0.3364, 0.3381, 0.7444, 2.797, 2.202],
    [1.5, 0.5444, 0.5489, 0.9380, 2.599, 1.709], [2, 0.7377, 0.7542, 0.9953, 2.376, 1.320],
    [2.5, 0.7968, 0.8388, 0.9991, 2.248, 1.191], [3, 0.7896, 0.8735, 0.9990, 2.115, 1.144],
    [4, 0.6526, 0.8653, 0.9948, 1.962, 1.150], [5, 0.3680, 0.6953, 0.9141, 1.844, 1.315],
    [5.5, 0.1477, 0.3761, 0.5888, 1.813, 1.565], [5.75, 0.0089, 0.0276, 0.0487, 1.785, 1.769],
  ])
  func undirectedTable(row: [Double]) {
    let degrees = Law.poisson(row[0])
    let cluster = Branching.vulnerableCluster(degrees: degrees, vulnerable: Law.vulnerable(0.18))
    #expect(agrees(cluster, row[1], digits: 4), "\(cluster)")
    check(Branching.solveUndirected(degrees: degrees, vulnerable: Law.vulnerable(0.18)), Array(row.dropFirst(2)))
  }

  /// Directed, φ = .18: chance of a random and of a top 10 % seed, influence ratio, multiplier.
  @Test(arguments: [
    [1.5, 0.5642, 0.9480, 2.599, 1.680], [2, 0.7655, 0.9967, 2.376, 1.302], [6.5, 0.5515, 0.7704, 1.736, 1.397],
    [7, 0.3269, 0.5016, 1.716, 1.535],
  ])
  func directedTable(row: [Double]) {
    let degrees = Law.poisson(row[0])
    check(Branching.solveDirected(degrees: degrees, vulnerable: Law.vulnerable(0.18)), Array(row.dropFirst()))
  }

  private func check(_ solution: TriggerSolution, _ expected: [Double]) {
    let top = solution.top(fraction: 0.1)
    let topDegree = DegreeProbabilities.meanOverTop(fraction: 0.1, of: solution.degrees) { Double($0) }
    let ratio = topDegree / DegreeProbabilities.mean(solution.degrees)
    #expect(agrees(solution.random, expected[0], digits: 4), "\(solution.random)")
    #expect(agrees(top, expected[1], digits: 4), "\(top)")
    #expect(agrees(ratio, expected[2], digits: 3), "\(ratio)")
    #expect(agrees(top / solution.random, expected[3], digits: 3), "\(top / solution.random)")
    #expect(top / solution.random <= ratio)
  }

  /// Geometric out-ties: P = 1 − 1 / (n·v).
  @Test func directedGeometric() {
    let others = Law.poisson(4)
    let v = others.indices.reduce(0) { $0 + ($1 <= 4 ? others[$1] : 0) }
    let chance = Branching.directed(degrees: Law.geometric(4), vulnerable: Law.vulnerable(0.18))
    #expect(abs(chance - (1 - 1 / (4 * v))) < 1e-10)
  }

  /// z = 3, φ = .2: "at least" .873, "more than" .626; z = 5: .695 and never.
  @Test func tieRule() {
    let moreThan: (Int) -> Double = { 0.2 * Double($0) < 1 - 1e-9 ? 1 : 0 }
    #expect(agrees(Branching.undirected(degrees: Law.poisson(3), vulnerable: Law.vulnerable(0.2)), 0.8735, digits: 4))
    #expect(agrees(Branching.undirected(degrees: Law.poisson(3), vulnerable: moreThan), 0.626, digits: 3))
    #expect(agrees(Branching.undirected(degrees: Law.poisson(5), vulnerable: Law.vulnerable(0.2)), 0.6953, digits: 4))
    #expect(Branching.undirected(degrees: Law.poisson(5), vulnerable: moreThan) == 0)
  }

  /// Early adopters have more ties than average in sparse networks, fewer in dense ones.
  @Test func earlyAdopters() throws {
    for (z, isAbove) in [(1.5, true), (2, true), (5, false)] {
      let mean = try #require(
        Branching.earlyAdopterDegree(degrees: Law.poisson(z), vulnerable: Law.vulnerable(0.18)))
      #expect((mean > z) == isAbove, "\(mean)")
    }
    #expect(Branching.earlyAdopterDegree(degrees: [0, 1]) { _ in 0 } == nil)
  }

  /// A geometric law of mean 4 has a branching factor below 1 where Poisson 4 gives .865.
  @Test func heterogeneityKillsThresholdCascades() {
    #expect(Branching.undirected(degrees: Law.geometric(4), vulnerable: Law.vulnerable(0.18)) == 0)
  }

  /// By hand: ties 0, 1, 2 and 4 for a quarter each; the top 30 % are all of degree 4 and a
  /// fifth of those of degree 2.
  @Test func topFraction() {
    let degrees = [0.25, 0.25, 0.25, 0, 0.25]
    let solution = TriggerSolution(degrees: degrees, u: 0.5)
    let expected: Double = (0.25 * 0.9375 + 0.05 * 0.75) / 0.3
    #expect(abs(solution.top(fraction: 0.3) - expected) < 1e-15)
    #expect(solution.top(fraction: 1) == solution.random)
    #expect(solution.probability(seedDegree: 0) == 0 && solution.probability(seedDegree: 2) == 0.75)
  }

  @Test func noTiesNoCascade() {
    #expect(Branching.undirected(degrees: [1]) { _ in 1 } == 0)
    #expect(Branching.directed(degrees: [1]) { _ in 1 } == 0)
  }
}
