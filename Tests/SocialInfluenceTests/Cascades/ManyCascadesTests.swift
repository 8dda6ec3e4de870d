@testable import SocialInfluence
import Testing

/// Ten million cascades a case: a bias of a coin that smaller samples would not show. The standard error of a mean size is
/// then about a thousandth.
@Suite struct ManyCascadesTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let network: Network
    let seed: UInt32
    let probability: Double
    /// By enumeration of all live-edge sets.
    let mean: Double
    var testDescription: String { "\(name), p \(probability)" }
  }

  static let cases = [
    Case(name: "clique 4", network: Fixture.clique(4), seed: 0, probability: 0.5, mean: 13.0 / 4),
    Case(name: "Petersen", network: Fixture.petersen, seed: 0, probability: 0.2, mean: 1.9745803359354888),
    Case(name: "karate club", network: Fixture.karate, seed: 0, probability: 0.1, mean: 3.4126505075),
  ]

  @Test(arguments: cases, [false, true])
  func meanSize(one: Case, byTies: Bool) throws {
    let rule = try Fixture.cascade(one.probability, ties: byTies)
    let (cascades, pieces) = (10_000_000, 100)
    let sums = Parallel.map(pieces, workers: 2) { piece -> (sum: Int, squares: Int) in
      var workspace = Workspace()
      var audience = Audience(Listeners(rule, on: one.network, at: Fixture.random(40)))
      var (sum, squares) = (0, 0)
      for draw in piece * cascades / pieces + 1...(piece + 1) * cascades / pieces {
        let address = Fixture.random(40, draw: draw)
        rule.fillDemands(&audience.listeners.demands, at: address)
        try? rule.spread(from: [one.seed], on: one.network, audience, at: address, in: &workspace)
        sum += workspace.outcome.size
        squares += workspace.outcome.size * workspace.outcome.size
      }
      return (sum, squares)
    }
    let count = Double(cascades)
    let mean = Double(sums.reduce(0) { $0 + $1.sum }) / count
    let variance = Double(sums.reduce(0) { $0 + $1.squares }) / count - mean * mean
    let error = (variance / count).squareRoot()
    #expect(error > 0 && abs(mean - one.mean) <= 4 * error, "\(mean) for \(one.mean), standard error \(error)")
  }
}
