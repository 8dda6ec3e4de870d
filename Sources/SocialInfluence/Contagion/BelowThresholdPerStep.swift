/// A noisy threshold in time: θ adopters among its voices always convince an agent; fewer convince it with a small
/// chance q in every step.
///
/// An agent with Σ w ≥ θ_v ÷ (s · h_v) over the adopters among its voices adopts in the next step; with a smaller sum
/// above 0 it adopts with chance 1 − (1 − q)^(s · h_v); with none it never adopts.
///
/// *Edge cases*: q = 0 is the absolute threshold; with q > 0 every agent that a chain of ties reaches adopts, given
/// enough steps.
///
/// Source: D. Eckles, E. Mossel, M. A. Rahimian, S. Sen (2024), Long ties accelerate noisy threshold-based contagions,
/// Nature Human Behaviour 8:1057, doi:10.1038/s41562-024-01865-0.
struct BelowThresholdPerStep: TimeDrivenRule {
  let parameter: any Distribution
  let below: Double
  let steps: Int
  var hasOutsideInfluence: Bool { false }
  var takesThresholds: Bool { true }

  init(_ values: ParameterValues) {
    (parameter, below, steps) = (values.distribution("threshold"), values.number("below"), values.whole("steps"))
  }

  var traits: RuleTraits { timeDrivenTraits.with { ($0.mayAdoptBelow, $0.drawnLaw) = (true, parameter) } }

  static let description = Description(
    "below-threshold-per-step", "θ adopters around convince, fewer convince with chance q in every step",
    source: "Eckles, Mossel, Rahimian & Sen 2024, doi:10.1038/s41562-024-01865-0",
    parameters: [
      Parameter("threshold", .distribution(support: .positive), unit: "voices", "θ: voices that always suffice"),
      Parameter("below", .number(.probability), unit: "per step", "q: chance of an agent below its threshold"),
      stepsParameter,
    ])

  func fillDemands(_ demands: inout [Double], at address: RandomAddress) {
    for agent in demands.indices {
      demands[agent] = parameter.value(at: address.words(.needs, entity: agent).0.openUnitInterval)
    }
  }

  func parts(_ pressure: Pressure) -> PressureParts { PressureParts(perVoice: 1) }

  func chance(_ pressure: Pressure) -> Double {
    guard pressure.exposure > 0, pressure.responsiveness > 0 else { return 0 }
    // The allowance of `ThresholdConvention`: sums of weights are inexact.
    if pressure.exposure >= pressure.demand / pressure.responsiveness - 1e-9 { return 1 }
    return probability(ofHazard: hazard(ofProbability: below) * pressure.responsiveness)
  }
}
