/// Weighted linear threshold: v adopts when the adopters' shares of its attention reach a threshold drawn from (0, 1).
///
/// b(u,v) = w(u,v) ÷ Σ w over v's voices, so that Σ b = 1; v adopts when Σ b over adopters ≥ θ_v ÷ (s · h_v), with θ_v
/// uniform. With equal voices b = 1 ÷ k_v: a fractional threshold with uniform φ.
///
/// *Edge cases*: an agent without voices never adopts; an agent whose voices have all adopted always does (at
/// s · h ≥ 1). Only relative voice acts: force that everyone gains changes nothing, and λ is 1.
///
/// Source: D. Kempe, J. Kleinberg, É. Tardos (2003), KDD, doi:10.1145/956750.956769.
/// *Differs*: unequal voices are added in units of 2⁻²⁴, and the need is lowered by ⌈k/2⌉ units against rounding.
package struct LinearThreshold: PlainThresholdRule {
  package let parameter: any Distribution = UniformLaw.unit
  package let convention = ThresholdConvention.atLeast

  package init(_ values: ParameterValues) {}

  package var traits: RuleTraits { traits(isShare: true, isFixed: false) }

  package static let description = Description(
    "linear-threshold", "adopts when the adopters' shares of its attention reach θ ~ U(0,1): Σb ≥ θ ÷ (s·h)",
    source: "Kempe, Kleinberg & Tardos 2003, doi:10.1145/956750.956769", parameters: [])

  package var isIntegerOnly: Bool { false }
  package var usesRelativeVoice: Bool { true }
  package var isShare: Bool { true }
  package var takesThresholds: Bool { true }
}
