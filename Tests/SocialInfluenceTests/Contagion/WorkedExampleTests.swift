@testable import SocialInfluence
import Testing

// The example of CONTRIBUTING.md, compiled: a rule from nothing.

/// Thresholds that grow with the number of voices, but more slowly: v adopts when φ_v · k_v^α of its k_v voices have adopted.
///
/// α = 1 is the fractional threshold, α = 0 the absolute one. φ is drawn once per agent and draw. With voices that differ Σ w
/// stands for the count: v adopts when Σ w(u,v) over adopters reaches φ_v · k_v^α ÷ (s · h_v).
struct PowerThreshold: ThresholdRule {
  let parameter: any Distribution
  let exponent: Double
  let convention = ThresholdConvention.atLeast

  init(_ values: ParameterValues) {
    parameter = values.distribution("threshold")
    exponent = values.number("exponent")
  }

  static let description = Description(
    "power-threshold", "adopts when φ · k^α of k voices have adopted",
    source: "write the paper here, with its DOI",
    parameters: [
      Parameter("threshold", .distribution(support: .positive), "φ: what is asked for of a single voice"),
      Parameter("exponent", .number(.probability), standard: .number(0.5), "α: how it grows with the number of voices"),
    ])

  func requirement(_ listener: Listener) -> Double { listener.demand * power(Double(listener.inDegree), exponent) }
}

@Suite struct WorkedExampleTests {
  private func share(_ rule: PowerThreshold, voices: Int, seeds: Int, draws: Int) -> Double {
    var simulator = Simulator(
      Fixture.network(voices + 1, (1...voices).map { ($0, 0) }, isDirected: true), rule)
    let convinced = (1...draws).count { draw in
      simulator.run((1...seeds).map { UInt32($0) }, Fixture.random(17, draw: draw))
      return simulator.size > seeds
    }
    return Double(convinced) / Double(draws)
  }

  /// P(adopts | m of k voices) = P(φ ≤ m ÷ k^α).
  @Test("chance by number of voices", arguments: [1, 3, 4, 9])
  func law(seeds: Int) throws {
    let draws = 20_000
    let law = try UniformLaw(ParameterValues(["from": .number(0.2), "to": .number(2.2)]))
    let rule = PowerThreshold(ParameterValues(["threshold": .distribution(law), "exponent": .number(0.5)]))
    let expected = law.cumulative(Double(seeds) / 3)
    let error = (expected * (1 - expected) / Double(draws)).squareRoot()
    #expect(abs(share(rule, voices: 9, seeds: seeds, draws: draws) - expected) <= 4 * error)
  }

  /// φ = 1, α = ½: three of nine voices are enough, two are not.
  @Test func threshold() {
    let rule = PowerThreshold(
      ParameterValues(["threshold": .distribution(Constant(value: 1)), "exponent": .number(0.5)]))
    #expect(share(rule, voices: 9, seeds: 3, draws: 10) == 1 && share(rule, voices: 9, seeds: 2, draws: 10) == 0)
  }
}
