@testable import SocialInfluence
import Testing
@testable import Theory

@Suite struct BassTests {
  init() { Quantile.prepare() }

  @Test(arguments: [
    (0.03, 0.38, 6.192619, 0.460526, 0.110592), (0.028, 0.25, 7.875023, 0.444000, 0.077284),
    (0.005, 0.84, 6.063863, 0.497024, 0.212507), (0.010, 0.42, 8.692255, 0.488095, 0.110060),
    (0.017, 0.36, 8.097853, 0.476389, 0.098701),
  ])
  func peaks(p: Double, q: Double, time: Double, share: Double, density: Double) throws {
    let bass = Bass(innovation: p, imitation: q)
    let peak = try #require(bass.peakTime)
    #expect(agrees(peak, time, digits: 6))
    #expect(agrees(try #require(bass.peakShare), share, digits: 6) && abs(bass.share(at: peak) - share) < 1e-6)
    #expect(agrees(try #require(bass.peakDensity), density, digits: 6) && abs(bass.density(at: peak) - density) < 1e-6)
  }

  @Test func noPeak() {
    let bass = Bass(innovation: 0.3, imitation: 0.3)
    #expect(bass.peakTime == nil && bass.peakShare == nil && bass.peakDensity == nil)
    #expect(bass.share(at: 0) == 0 && bass.density(at: 0) == 0.3)
  }

  /// p = .02, q = .4: large population, 100 agents, rounds.
  @Test func populationsAndRounds() throws {
    let bass = Bass(innovation: 0.02, imitation: 0.4)
    let times = [5.0, 10, 15]
    for (time, expected) in zip(times, [0.25442472, 0.75774727, 0.96280368]) {
      #expect(agrees(bass.share(at: time), expected, digits: 8))
    }
    for (share, expected) in zip(
      try bass.mixedShares(agentCount: 100, at: times), [0.24905526, 0.73337144, 0.95509168])
    {
      #expect(agrees(share, expected, digits: 8), "\(share)")
    }
    let rounds = bass.rounds(15)
    for (time, expected) in zip([5, 10, 15], [0.19753623, 0.69293889, 0.96593234]) {
      #expect(agrees(rounds[time], expected, digits: 8))
    }
  }

  /// p = .03, q = .38 in rounds.
  @Test func roundsOfTheAverageProduct() {
    let rounds = Bass(innovation: 0.03, imitation: 0.38).rounds(15)
    for (time, expected) in zip([5, 10, 15], [0.27290684, 0.78264257, 0.97815953]) {
      #expect(agrees(rounds[time], expected, digits: 8))
    }
  }

  /// One agent adopts at rate p; two follow the chain by hand: E = 1 − (S_1 with rates 2p, then p + q).
  @Test func smallPopulations() throws {
    let bass = Bass(innovation: 0.1, imitation: 0.4)
    let alone = try bass.mixedShares(agentCount: 1, at: [0, 3])
    #expect(alone[0] == 0 && abs(alone[1] - (1 - exponential(-0.3))) < 1e-11)
    let pair = try bass.mixedShares(agentCount: 2, at: [3])[0]
    let none = exponential(-0.6)
    let one = 0.2 / (0.5 - 0.2) * (exponential(-0.6) - exponential(-1.5))
    #expect(abs(pair - (1 - none - one / 2)) < 1e-11)
  }

  /// On a ring adoption is slower than when mixed, as without imitation at the start: F'(0) = p, F''(0) = p(q − p).
  @Test func ring() {
    let bass = Bass(innovation: 0.02, imitation: 0.4)
    for time in [1.0, 5, 10, 20] { #expect(bass.ringShare(at: time) < bass.share(at: time)) }
    #expect(bass.ringShare(at: 0) == 0)
    let step = 1e-3
    let slope = (bass.ringShare(at: step) - bass.ringShare(at: 0)) / step
    #expect(abs(slope - (0.02 + step / 2 * 0.02 * 0.38)) < 1e-8)
    let plain = Bass(innovation: 0.02, imitation: 0)
    #expect(abs(plain.ringShare(at: 7) - plain.share(at: 7)) < 1e-15)
  }
}
