@testable import SocialInfluence
import Testing

@Suite struct VoiceTests {
  /// 0 and 1 speak to 2, 0 speaks to 1.
  private let small = Fixture.network(3, [(0, 2), (1, 2), (0, 1)], isDirected: true)

  /// τ(0,2) = 3 · 2 / 4, τ(1,2) = 1 · 2 / 4, τ(0,1) = 1; persuasion of 0 doubles its voice.
  @Test func handComputed() {
    let voice = Voice(on: small, expertise: [3, 1, 1], persuasion: [2, 1, 1], weighting: .relative)
    // Rows: 0 → 1, 0 → 2, 1 → 2.
    #expect(voice.raised == [2, 3, 0.5])
    #expect(voice.plain == nil)
  }

  @Test func equalExpertiseIsUnitTrustExactly() {
    let voice = Voice(on: small, expertise: [7, 7, 7], persuasion: [1, 1, 1], weighting: .relative)
    #expect(voice.raised == nil)
  }

  @Test func tieWeights() {
    var ties = TieList()
    ties.append(0, 1)
    ties.append(1, 2)
    ties.weights = [1, 3]
    let network = Network(agentCount: 3, ties: ties, isDirected: true)
    #expect(Voice(on: network, expertise: [], persuasion: [], weighting: .relative).raised == [0.5, 1.5])
    #expect(Voice(on: network, expertise: [], persuasion: [], weighting: .absolute).raised == [1, 3])
    #expect(Voice(on: network, expertise: [], persuasion: [], weighting: .ignore).raised == nil)
  }

  private func listeners(_ network: Network, _ p: Double) -> Listeners {
    Listeners(
      demands: [], hazards: [], hazard: hazard(ofProbability: p), story: 1, susceptibility: [])
  }

  /// Equal mass: the mean over ties of p(u,v), or of w, is what it is with unit voices, to 1e-9.
  @Test(arguments: [0.02, 0.15, 0.6, 0.95])
  func equalMassHolds(p: Double) throws {
    let generator = try Fixture.generator(ChungLu.self, ["meanDegree": .number(6)])
    let network = generator.network(NetworkDemand(agentCount: 500, meanDegree: 6), at: Fixture.random(5))
    var words = Fixture.random(6).stream(.selection)
    let expertise = (0..<500).map { _ in exponential(2 * words.uniform()) }
    let persuasion = (0..<500).map { _ in words.bernoulli(0.1) ? 4.0 : 1 }
    let voice = Voice(on: network, expertise: expertise, persuasion: persuasion, weighting: .relative)
    let cascade = try Fixture.cascade(p)
    let listeners = listeners(network, p)
    let weights = try #require(voice.weights(under: cascade, listeners, on: network, equalMass: true).weights)
    let mean = weights.reduce(0) { $0 + probability(ofHazard: hazard(ofProbability: p) * $1) } / Double(weights.count)
    #expect(abs(mean - p) < 1e-9)
    let threshold = Fixture.fractional(0.2)
    let linear = try #require(voice.weights(under: threshold, listeners, on: network, equalMass: true).weights)
    #expect(abs(linear.reduce(0, +) / Double(linear.count) - 1) < 1e-9)
    // τ has mean 1 for every listener, so that expertise alone needs no factor.
    let trust = Voice(on: network, expertise: expertise, persuasion: [], weighting: .relative)
    #expect(abs(trust.weights(under: threshold, listeners, on: network, equalMass: true).force - 1) < 1e-12)
    #expect(voice.weights(under: cascade, listeners, on: network, equalMass: false).force == 1)
  }

  /// λ is exactly 1, unsolved, where every p is 0 or 1.
  @Test(arguments: [0.0, 1])
  func trivialProbabilitiesKeepForceOne(p: Double) throws {
    let voice = Voice(on: small, expertise: [3, 1, 1], persuasion: [2, 1, 1], weighting: .relative)
    let made = voice.weights(under: try Fixture.cascade(p), listeners(small, p), on: small, equalMass: true)
    #expect(made.force == 1)
  }

  @Test func noTies() throws {
    let alone = Fixture.network(3, [])
    let voice = Voice(on: alone, expertise: [3, 1, 1], persuasion: [2, 1, 1], weighting: .relative)
    #expect(
      voice.weights(under: try Fixture.cascade(0.2), listeners(alone, 0.2), on: alone, equalMass: true).force == 1)
  }
}
