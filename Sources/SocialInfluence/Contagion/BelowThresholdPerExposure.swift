/// A noisy threshold: θ exposures always convince, and each exposure below it convinces with a small chance q.
///
/// v adopts at the first exposure that succeeds, or at the θ_v-th: P(need > m) = (1 − q)^m for m < θ_v, then 0. With
/// unequal voices Σ w over adopters replaces the count; story and susceptibility act on both: need ÷ (s · h_v).
///
/// *Edge cases*: q = 0 is the absolute threshold; q = 1 simple contagion.
///
/// Source: D. Eckles, E. Mossel, M. A. Rahimian, S. Sen (2024), Long ties accelerate noisy threshold-based contagions,
/// Nature Human Behaviour 8:1057, doi:10.1038/s41562-024-01865-0.
/// *Differs*: there an agent below its threshold may adopt in any step while it is exposed
/// (`below-threshold-per-step`); here each exposure has one chance.
struct BelowThresholdPerExposure: ThresholdRule {
  let parameter: any Distribution
  let convention: ThresholdConvention = .atLeast
  /// −ln(1 − q).
  private let hazardBelow: Double

  init(_ values: ParameterValues) {
    parameter = values.distribution("threshold")
    hazardBelow = hazard(ofProbability: values.number("below"))
  }

  var traits: RuleTraits {
    RuleTraits().with { ($0.drawsThresholds, $0.mayAdoptBelow, $0.drawnLaw) = (true, true, parameter) }
  }

  static let description = Description(
    "below-threshold-per-exposure", "θ exposures convince, each one below θ convinces with probability q",
    source: "after Eckles, Mossel, Rahimian & Sen 2024, doi:10.1038/s41562-024-01865-0",
    parameters: [
      Parameter("threshold", .distribution(support: .positive), unit: "voices", "θ: voices that always suffice"),
      Parameter("below", .number(.probability), "q: chance that one exposure below the threshold convinces"),
    ])

  var isIntegerOnly: Bool { false }
  var takesThresholds: Bool { true }

  /// The threshold or the first exposure that succeeds, whichever is smaller.
  func demand(_ words: (UInt64, UInt64)) -> Double {
    demand(threshold: parameter.value(at: words.0.openUnitInterval), words.1)
  }

  func demand(ofGiven threshold: Double, agent: Int, at address: RandomAddress) -> Double {
    demand(threshold: threshold, address.words(.needs, entity: agent).1)
  }

  private func demand(threshold: Double, _ word: UInt64) -> Double {
    guard hazardBelow > 0 else { return threshold }
    return min(threshold, roundedUp(max(1, min(1e15, -naturalLogarithm(word.openUnitInterval) / hazardBelow))))
  }

  func requirement(_ listener: Listener) -> Double { listener.demand }

  /// If the threshold was met, all adopted voices share the credit; otherwise those of the last step, one of which
  /// convinced.
  func trace(_ traced: Traced) -> InfluenceTrace {
    traced.trace { listener, step in
      let given = traced.audience.listeners.givenThresholds
      let threshold =
        (given.isEmpty ? nil : given[listener])
        ?? parameter.value(at: traced.address.words(.needs, entity: listener).0.openUnitInterval)
      let met = traced.weightOfAdopted(listener, before: step) * traced.audience.listeners.responsiveness(listener)
      return met >= threshold - 1e-9 ? traced.byWeight(listener, step) : traced.byWeightOfLast(listener, step)
    }
  }
}
