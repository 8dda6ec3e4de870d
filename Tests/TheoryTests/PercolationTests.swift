@testable import SocialInfluence
import Testing
@testable import Theory

@Suite struct PercolationTests {
  enum Name { case poisson3, poisson4, exponential3, power20, power40, power100, geometric4 }

  private func law(_ name: Name) -> [Double] {
    switch name {
    case .poisson3: Law.poisson(3)
    case .poisson4: Law.poisson(4)
    case .exponential3: Law.exponential(3)
    case .power20: Law.powerLaw(2, 20)
    case .power40: Law.powerLaw(2, 40)
    case .power100: Law.powerLaw(2.5, 100)
    case .geometric4: Law.geometric(4)
    }
  }

  /// Newman 2002: size of the epidemic and mean small outbreak.
  @Test(arguments: [
    (Name.poisson3, 0.1, 0, 1.428571), (.poisson3, 0.2, 0, 2.5), (.poisson3, 0.3, 0, 10),
    (.poisson3, 0.4, 0.31369833, 5.667713), (.poisson3, 0.5, 0.58281164, 2.672243),
    (.poisson3, 0.6, 0.73242997, 1.929109), (.poisson3, 0.8, 0.87859582, 1.411174),
    (.poisson3, 1, 0.94047979, 1.217375), (.poisson4, 0.1, 0, 1.666667), (.poisson4, 0.2, 0, 5),
    (.poisson4, 0.3, 0.31369833, 5.667713), (.poisson4, 0.4, 0.64198132, 2.340988),
    (.poisson4, 0.5, 0.79681213, 1.684567), (.poisson4, 0.6, 0.87859582, 1.411174),
    (.poisson4, 0.8, 0.95255455, 1.179003), (.poisson4, 1, 0.98017260, 1.086141),
    (.exponential3, 0.1, 0, 1.511215), (.exponential3, 0.2, 0.00733054, 46.027712),
    (.exponential3, 0.5, 0.47959574, 1.276697), (.exponential3, 1, 0.69649989, 1.082296),
    (.power20, 0.1, 0, 1.460287), (.power20, 0.2, 0.01811940, 5.743439), (.power20, 0.5, 0.31705277, 1.936856),
    (.power20, 1, 0.71033886, 2.557429), (.power40, 0.1, 0, 8.394916), (.power40, 0.2, 0.10894967, 1.676427),
    (.power40, 0.5, 0.40364327, 1.627179), (.power40, 1, 0.78104917, 2.384350), (.power100, 0.1, 0, 1.448884),
    (.power100, 0.2, 0.01488874, 2.907102), (.power100, 0.5, 0.18952682, 2.123481),
    (.power100, 1, 0.52239428, 2.776025), (.geometric4, 0.1, 0, 3), (.geometric4, 0.2, 0.27525513, 1.779039),
    (.geometric4, 0.5, 0.63397460, 1.122008), (.geometric4, 1, 0.79289322, 1.038252),
  ])
  func sizes(name: Name, transmissibility: Double, size: Double, small: Double) throws {
    let percolation = Percolation(degrees: law(name), transmissibility: transmissibility)
    #expect(agrees(percolation.size, size, digits: 8), "\(percolation.size)")
    let mean = try #require(percolation.meanSmallOutbreak)
    #expect(agrees(mean, small, digits: 6), "\(mean)")
  }

  @Test(arguments: [
    (Name.poisson3, 3, 1.0 / 3), (.poisson4, 4, 0.25), (.exponential3, 2.527726, 0.197806),
    (.power20, 2.091089, 0.183251), (.power40, 2.423056, 0.103388), (.power100, 1.724639, 0.162392),
    (.geometric4, 4, 0.125),
  ])
  func thresholds(name: Name, mean: Double, critical: Double) {
    #expect(agrees(DegreeProbabilities.mean(law(name)), mean, digits: 6))
    #expect(agrees(Percolation.criticalTransmissibility(degrees: law(name)), critical, digits: 6))
  }

  @Test func crossing() {
    let even = Percolation(degrees: law(.poisson4), transmissibility: 0.3533450872)
    let hubs = Percolation(degrees: law(.geometric4), transmissibility: 0.3533450872)
    #expect(agrees(even.size, 0.5214686, digits: 7) && agrees(hubs.size, 0.5214686, digits: 7))
    #expect(agrees(Percolation(degrees: law(.geometric4), transmissibility: 0.25).size, 0.382, digits: 3))
    #expect(agrees(Percolation(degrees: law(.geometric4), transmissibility: 0.45).size, 0.602, digits: 3))
    #expect(agrees(Percolation(degrees: law(.poisson4), transmissibility: 0.45).size, 0.732, digits: 3))
  }

  @Test(arguments: [
    (Name.poisson4, 0.3, 1.712), (.poisson4, 0.5, 1.229), (.geometric4, 0.15, 3.216), (.geometric4, 0.5, 1.576),
    (.power40, 0.15, 4.140), (.power40, 0.3, 3.082), (.power40, 0.5, 2.236),
  ])
  func topTenthOverRandom(name: Name, transmissibility: Double, ratio: Double) {
    let takeOff = Percolation(degrees: law(name), transmissibility: transmissibility).takeOff
    #expect(agrees(takeOff.top(fraction: 0.1) / takeOff.random, ratio, digits: 3))
  }

  @Test(arguments: [(Name.poisson4, 1.962), (.geometric4, 3.574), (.power40, 4.606)])
  func degreeRatios(name: Name, ratio: Double) {
    let top = DegreeProbabilities.meanOverTop(fraction: 0.1, of: law(name)) { Double($0) }
    #expect(agrees(top / DegreeProbabilities.mean(law(name)), ratio, digits: 3))
  }

  /// Callaway et al. 2000, T = 1: nothing, top 1, 5, 10, 20, 30 %, random 5, 10, 20, 30 %.
  @Test(arguments: [
    (
      NamedLaw("Poisson 4", Law.poisson(4)),
      [0.980173, 0.967831, 0.917866, 0.851209, 0.685777, 0.408686, 0.926669, 0.872555, 0.762044, 0.647482]
    ),
    (
      NamedLaw("exponential 4", Law.exponential(4)),
      [0.769230, 0.745583, 0.660138, 0.543216, 0.100449, 0, 0.721119, 0.673152, 0.577730, 0.483151]
    ),
    (
      NamedLaw("geometric 4", Law.geometric(4)),
      [0.792893, 0.770781, 0.691060, 0.584911, 0.245027, 0, 0.744467, 0.696165, 0.600000, 0.504564]
    ),
  ])
  func removal(law: NamedLaw, expected: [Double]) {
    let degrees = law.degrees
    let kept =
      [0, 0.01, 0.05, 0.1, 0.2, 0.3].map { Percolation.removingTop(fraction: $0, of: degrees) }
      + [0.05, 0.1, 0.2, 0.3].map { Percolation.removingRandom(fraction: $0, of: degrees) }
    for (kept, value) in zip(kept, expected) {
      let size = Percolation.size(degrees: degrees, transmissibility: 1, kept: kept)
      #expect(agrees(size, value, digits: 6), "\(size)")
    }
  }

  @Test func fluctuation() throws {
    let first = try #require(Percolation.giantDeviation(reproduction: 2, agentCount: 10_000))
    let second = try #require(Percolation.giantDeviation(reproduction: 1.2, agentCount: 10_000))
    #expect(agrees(first, 0.0068, digits: 4) && agrees(second, 0.0263, digits: 4))
    #expect(Percolation.giantDeviation(reproduction: 1, agentCount: 10) == nil)
  }

  /// Regular networks: T_c = 1/(k − 1) and, below it, a mean outbreak of 1 + kT / (1 − (k − 1)T).
  @Test func regular() throws {
    #expect(Percolation.criticalTransmissibility(degrees: Law.regular(3)) == 0.5)
    let small = try #require(Percolation(degrees: Law.regular(3), transmissibility: 0.3).meanSmallOutbreak)
    #expect(abs(small - (1 + 0.9 / 0.4)) < 1e-12)
    #expect(Percolation(degrees: Law.regular(3), transmissibility: 1).meanSmallOutbreak == nil)
    #expect(Percolation.criticalTransmissibility(degrees: [0, 1]) == .infinity)
  }
}
