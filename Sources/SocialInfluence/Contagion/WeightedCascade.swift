/// Weighted cascade: an independent cascade in which each agent's voices share its attention.
///
/// A voice succeeds with b(u,v) = w(u,v) ÷ Σ w over v's voices, which is 1 ÷ k_v where voices are equal; with story and
/// susceptibility 1 − (1 − b)^(s · h_v).
///
/// *Edge cases*: the only voice of an agent always succeeds (at s · h > 0). Only relative voice acts: force that
/// everyone gains changes nothing, and λ is 1.
///
/// Source: D. Kempe, J. Kleinberg, É. Tardos (2003), KDD, doi:10.1145/956750.956769.
struct WeightedCascade: CascadeRule {
  let coins: Coins

  init(_ values: ParameterValues) {
    coins = Coins(values, standard: Coins.ceiling(for: []))
  }

  static let description = Description(
    "weighted-cascade", "an independent cascade with p = 1 ÷ in-degree, or the voice's share of all voices",
    source: "Kempe, Kleinberg & Tardos 2003, doi:10.1145/956750.956769", parameters: coinParameters)

  var hazardSource: HazardSource { .inDegree }
  var usesRelativeVoice: Bool { true }
  var isProportional: Bool { false }

  /// Relative weights have mean 1 per listener: w ÷ k is the voice's share.
  func voiceHazard(_ weight: Double, _ listener: Listener) -> Double {
    weight == 1 ? listener.hazard : hazard(ofProbability: min(1, weight / Double(listener.inDegree)))
  }
}
