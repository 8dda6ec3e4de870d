@testable import SocialInfluence
import Testing
@testable import Theory

@Suite struct FinalShareTests {
  /// Gleeson & Cahalane 2007 at φ = .18, "at least", Poisson: the final share by seed share.
  @Test(
    arguments: [
      (1.0, [0.00482, 0.030956, 0.085653, 0.126029, 0.181119, 0.283699, 0.390237]),
      (2, [0.796641, 0.796951, 0.798320, 0.800018, 0.803368, 0.813069, 0.828213]),
      (3, [0.940485, 0.940551, 0.940840, 0.941201, 0.941921, 0.944059, 0.947556]),
      (4, [0.980175, 0.980194, 0.980280, 0.980388, 0.980603, 0.981245, 0.982307]),
      (5, [0.993024, 0.993030, 0.993059, 0.993095, 0.993167, 0.993384, 0.993743]),
      (6, [0.002377, 0.997486, 0.997496, 0.997509, 0.997535, 0.997611, 0.997739]),
      (10, [0.000133, 0.001361, 0.007691, 0.019681, 0.999955, 0.999957, 0.999959]),
    ] as [(Double, [Double])])
  func finalShares(z: Double, expected: [Double]) {
    let model = FinalShare.undirected(degrees: Law.poisson(z), response: Law.threshold(0.18))
    for (seedShare, value) in zip([0.0001, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1], expected) {
      let digits = z == 1 && seedShare == 0.0001 ? 5 : 6
      #expect(agrees(model.limit(seedShare: seedShare), value, digits: digits), "at \(seedShare)")
    }
  }

  @Test(
    arguments: [(1.0, 0), (2, 0.796606), (3, 0.940478), (4, 0.980173), (5, 0.993023), (6, 0), (10, 0)]
      as [(Double, Double)])
  func vanishingSeed(z: Double, expected: Double) {
    let model = FinalShare.undirected(degrees: Law.poisson(z), response: Law.threshold(0.18))
    #expect(agrees(model.limit(seedShare: 0), expected, digits: 6))
  }

  @Test(arguments: [
    (0.18, 6.0, 0.000168), (0.18, 10, 0.012240), (0.4, 6, 0.130193), (0.4, 10, 0.162719), (0.5, 4, 0.198347),
    (0.5, 10, 0.252636),
  ])
  func jumps(phi: Double, z: Double, seedShare: Double) throws {
    let model = FinalShare.undirected(degrees: Law.poisson(z), response: Law.threshold(phi))
    let jump = try #require(model.jump)
    #expect(agrees(jump.seedShare, seedShare, digits: 6), "\(jump)")
    #expect(abs(model.limit(seedShare: jump.seedShare * 0.9999) - jump.before) < 0.02)
    #expect(abs(model.limit(seedShare: jump.seedShare * 1.0001) - jump.after) < 0.02)
  }

  @Test func jumpInsideTheWindowAndNone() throws {
    let inside = try #require(FinalShare.undirected(degrees: Law.poisson(4), response: Law.threshold(0.18)).jump)
    #expect(inside.seedShare == 0 && inside.before == 0 && agrees(inside.after, 0.980173, digits: 6))
    let smooth = FinalShare.undirected(degrees: Law.poisson(4)) { _, adopters in adopters > 0 ? 0.1 : 0 }
    #expect(smooth.jump == nil)
  }

  /// Sizes of the global cascades of Watts and Dodds, φ = .18, undirected.
  @Test(arguments: [
    (1.05, 0.0601), (1.25, 0.3610), (1.5, 0.5802), (2, 0.7966), (2.5, 0.8926), (3, 0.9405), (4, 0.9802), (5, 0.9930),
    (5.5, 0.9958), (5.75, 0.9968),
  ])
  func sizeOfGlobalCascades(z: Double, expected: Double) {
    let model = FinalShare.undirected(degrees: Law.poisson(z), response: Law.threshold(0.18))
    #expect(agrees(model.limit(seedShare: 0), expected, digits: 4))
  }

  @Test(arguments: [(1.5, 0.5823), (2, 0.7968), (6.5, 0.9985), (7, 0.9991), (8, 0)] as [(Double, Double)])
  func directedSizes(z: Double, expected: Double) {
    let model = FinalShare.directed(voices: Law.poisson(z), response: Law.threshold(0.18))
    #expect(agrees(model.limit(seedShare: 0), expected, digits: 4))
  }

  /// SIR-like influence: ρ = 1 − exp(−zβρ).
  @Test func directedIndependentInfluence() {
    let model = FinalShare.directed(voices: Law.poisson(4)) { voices, adopters in
      1 - power(0.5, Double(min(voices, adopters)))
    }
    let share = model.limit(seedShare: 0)
    #expect(abs(share - (1 - exponential(-4 * 0.5 * share))) < 1e-12 && share > 0.7)
  }

  /// z = 5, φ = .2: size .99302 under "at least", no cascade under "more than".
  @Test func tieRule() {
    let atLeast = FinalShare.undirected(degrees: Law.poisson(5), response: Law.threshold(0.2))
    #expect(agrees(atLeast.limit(seedShare: 0), 0.99302, digits: 5))
    let moreThan = FinalShare.undirected(degrees: Law.poisson(5)) { Double($1) > 0.2 * Double($0) + 1e-9 ? 1 : 0 }
    #expect(moreThan.limit(seedShare: 0) == 0)
  }

  /// Pairs of agents (everybody has one tie): after one round ρ + (1 − ρ)ρ, and no more.
  @Test func pairs() {
    let model = FinalShare.undirected(degrees: [0, 1], response: Law.threshold(1))
    let shares = model.trajectory(seedShare: 0.25, steps: 3)
    for (share, expected) in zip(shares, [0.25, 0.4375, 0.4375, 0.4375]) { #expect(abs(share - expected) < 1e-15) }
    #expect(abs(model.limit(seedShare: 0.25) - 0.4375) < 1e-15)
    #expect(model.limit(seedShare: 1) == 1)
  }

  @Test func trajectoryEndsAtTheLimit() {
    let model = FinalShare.undirected(degrees: Law.poisson(4), response: Law.threshold(0.18))
    let shares = model.trajectory(seedShare: 0.01, steps: 60)
    #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 <= $1 + 1e-15 })
    #expect(abs(shares[60] - model.limit(seedShare: 0.01)) < 1e-12)
  }

  /// Voices that convince one by one, summed in closed form and over all counts of adopters; a common p and 1 ÷ k.
  @Test("independent voices by their closed form", arguments: [0.1, 0.24, 0.26, 0.5, 1], [false, true])
  func independentVoices(p: Double, isDirected: Bool) {
    let degrees = Law.poisson(4)
    for failure in [{ (_: Int) in 1 - p }, { (k: Int) in 1 - p / Double(k) }] as [(Int) -> Double] {
      let closed = FinalShare.independent(degrees: degrees, isDirected: isDirected, failure: failure)
      let response: FinalShare.Response = { k, m in k == 0 ? 0 : 1 - power(failure(k), Double(m)) }
      let summed =
        isDirected
        ? FinalShare.directed(voices: degrees, response: response)
        : FinalShare.undirected(degrees: degrees, response: response)
      for share in [0, 1e-4, 0.02, 0.5] {
        #expect(abs(closed.limit(seedShare: share) - summed.limit(seedShare: share)) < 1e-9)
        let (a, b) = (closed.trajectory(seedShare: share, steps: 9), summed.trajectory(seedShare: share, steps: 9))
        #expect(zip(a, b).allSatisfy { abs($0 - $1) < 1e-13 })
      }
    }
  }
}
