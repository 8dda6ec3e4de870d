@testable import SocialInfluence
import Testing
@testable import Theory

@Suite struct SmallOutbreaksTests {
  @Test(arguments: [
    (NamedLaw("Poisson 4", Law.poisson(4)), 0.2, 6, [0.449329, 0.161517, 0.087089, 0.055654, 0.039073]),
    (NamedLaw("Poisson 4", Law.poisson(4)), 0.5, 5, [0.13534, 0.03663, 0.01487, 0.00716, 0.00378]),
    (NamedLaw("regular 3", Law.regular(3)), 0.3, 6, [0.343000, 0.216090, 0.136137, 0.088943, 0.060036]),
    (NamedLaw("geometric 4", Law.geometric(4)), 0.2, 6, [0.555556, 0.076208, 0.031361, 0.017208, 0.010819]),
  ])
  func firstSizes(law: NamedLaw, transmissibility: Double, digits: Int, expected: [Double]) {
    let degrees = law.degrees
    let sizes = SmallOutbreaks.sizes(degrees: degrees, transmissibility: transmissibility, upTo: 5)
    #expect(sizes.count == 5)
    for (chance, value) in zip(sizes, expected) { #expect(agrees(chance, value, digits: digits), "\(chance)") }
  }

  @Test(arguments: [0.8, 2.0])
  func borelIsTheLawOfPoissonNetworks(reproduction: Double) {
    let sizes = SmallOutbreaks.sizes(degrees: Law.poisson(4), transmissibility: reproduction / 4, upTo: 60)
    for (size, chance) in zip(1..., sizes) {
      #expect(abs(chance - SmallOutbreaks.borel(reproduction: reproduction, size: size)) < 1e-13)
    }
  }

  @Test(arguments: [2, 3, 5])
  func regularNetworks(degree: Int) {
    let sizes = SmallOutbreaks.sizes(degrees: Law.regular(degree), transmissibility: 0.2, upTo: 40)
    for (size, chance) in zip(1..., sizes) {
      let closed = SmallOutbreaks.regular(degree: degree, transmissibility: 0.2, size: size)
      #expect(abs(chance - closed) < 1e-13)
    }
  }

  /// Above the threshold the chances sum to 1 − S and their mean is the mean small outbreak.
  @Test func sumsToTheChanceOfNoEpidemic() throws {
    let sizes = SmallOutbreaks.sizes(degrees: Law.geometric(4), transmissibility: 0.5, upTo: 120)
    let percolation = Percolation(degrees: Law.geometric(4), transmissibility: 0.5)
    let total = sizes.reduce(0, +)
    #expect(abs(total - (1 - percolation.size)) < 1e-9)
    let mean = zip(1..., sizes).reduce(0) { $0 + Double($1.0) * $1.1 } / total
    #expect(abs(mean - (try #require(percolation.meanSmallOutbreak))) < 1e-7)
  }

  @Test func edges() {
    #expect(SmallOutbreaks.sizes(degrees: [1], transmissibility: 0.5, upTo: 3) == [1, 0, 0])
    #expect(SmallOutbreaks.sizes(degrees: Law.regular(3), transmissibility: 1, upTo: 3) == [0, 0, 0])
    #expect(SmallOutbreaks.sizes(degrees: [0, 1], transmissibility: 1, upTo: 3) == [0, 1, 0])
    #expect(SmallOutbreaks.borel(reproduction: 0, size: 1) == 1)
  }
}
