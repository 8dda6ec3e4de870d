/// Fractional threshold: v adopts when the adopters among its k_v voices make up a share φ_v of them.
///
/// Let k_v be the number of its voices (the in-degree) and x = φ_v · k_v ÷ (s · h_v). With voices of weight w (`Voice`;
/// counted in units of 2⁻²⁴, with an allowance of ⌈k_v/2⌉ units for their rounding), v adopts in the step after Σ w(u,v) over adopters has
/// reached x (`atLeast`) or passed it (`moreThan`). With unit voices its need is max(1, ⌈x⌉) or ⌊x⌋ + 1 adopters, up to
/// 1e-9 (`ThresholdConvention`).
///
/// *Edge cases*: an agent with φ_v ≤ 0 adopts by itself in step 1 (Granovetter's instigator), unless s · h_v = 0; any
/// other agent without voices never adopts, nor does one with φ_v > 1, however large s · h_v.
///
/// Sources: M. Granovetter (1978), Am. J. Sociology 83:1420, doi:10.1086/226707;
/// D. J. Watts (2002), PNAS 99:5766, doi:10.1073/pnas.082090499.
/// *Differs*: thresholds are redrawn in each draw; updates are synchronous, which changes times, never the final set.
package struct FractionalThreshold: PlainThresholdRule {
  package let parameter: any Distribution
  package let convention: ThresholdConvention

  package init(_ values: ParameterValues) {
    parameter = values.distribution("threshold")
    convention = ThresholdConvention(rawValue: values.text("convention")) ?? .atLeast
  }

  package var traits: RuleTraits { traits(isShare: true, isFixed: true) }

  package static let description = Description(
    "fractional-threshold", "adopts when the adopters' voices reach a share φ of all voices: Σw ≥ φk ÷ (s·h)",
    source: "Granovetter 1978, doi:10.1086/226707; Watts 2002, doi:10.1073/pnas.082090499",
    parameters: [
      Parameter(
        "threshold", .distribution(support: ValueRange(0, 1, includesLower: false), reachesBelow: true),
        unit: "share of voices",
        standard: .law("normal", ["mean": 0.18, "sd": 0.05]),
        "φ; whoever has 0 or less adopts by itself in step 1; spread by default: with one common φ the answer to story and density is a staircase"
      ),
      conventionParameter,
    ])

  package var isShare: Bool { true }
  package var takesThresholds: Bool { true }
}
