/// Absolute threshold: v adopts when θ_v of its voices have adopted, however many voices it has.
///
/// With voices of weight w: when Σ w(u,v) over adopters reaches θ_v ÷ (s · h_v). θ = 1 is simple contagion, θ ≥ 2
/// complex contagion.
///
/// *Edge cases*: an agent with θ_v ≤ 0 adopts by itself in step 1, unless s · h_v = 0; any other agent without voices
/// never adopts; with w = s = h = 1 a threshold above the number of voices is never met.
///
/// Source: D. Centola, M. Macy (2007), Am. J. Sociology 113:702, doi:10.1086/521848.
/// *Differs*: thresholds may be spread over agents; updates are synchronous.
struct AbsoluteThreshold: PlainThresholdRule {
  let parameter: any Distribution
  let convention: ThresholdConvention

  init(_ values: ParameterValues) {
    parameter = values.distribution("threshold")
    convention = ThresholdConvention(rawValue: values.text("convention")) ?? .atLeast
  }

  var traits: RuleTraits { traits(isShare: false, isFixed: true) }

  static let description = Description(
    "absolute-threshold", "adopts when the adopters' voices add up to θ: Σw ≥ θ ÷ (s·h)",
    source: "Centola & Macy 2007, doi:10.1086/521848",
    parameters: [
      Parameter(
        "threshold", .distribution(support: .positive, reachesBelow: true), unit: "voices",
        "θ: voices needed; whoever has 0 or less adopts by itself in step 1"),
      conventionParameter,
    ])

  var isShare: Bool { false }
  var takesThresholds: Bool { true }
}
