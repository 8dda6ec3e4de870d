/// Decreasing cascade: each voice that fails weakens the next; the j-th convinces with probability p · d^(j − 1).
///
/// With voices of weight w the exposure is ⌊s · h_v · Σw⌋ voices. A listener draws the number of the first voice that
/// convinces it; with d < 1 some are never convinced: they withstand all voices with probability Π (1 − p d^j). At
/// d = 1, with unit voices and s · h = 1, it is an independent cascade; for chances that rise with the number of voices
/// see `adoption-table`.
///
/// *Edge cases*: at p = 1 the first voice convinces; at d = 0 only the first voice counts; an agent that withstands
/// 65,536 voices withstands all.
///
/// Source: D. Kempe, J. Kleinberg, É. Tardos (2005), ICALP, LNCS 3580:1127, doi:10.1007/11523468_91.
/// *Differs*: there the order of voices within a step may matter; here only their number does.
struct DecreasingCascade: ThresholdRule {
  let parameter: any Distribution
  let convention = ThresholdConvention.atLeast

  init(_ values: ParameterValues) {
    parameter = FirstSuccess(first: values.number("probability"), factor: values.number("factor"))
  }

  var traits: RuleTraits { traits(isShare: false, isFixed: false) }

  static let description = Description(
    "decreasing-cascade", "the j-th adopter among one's voices convinces with probability p · d^(j − 1)",
    source: "Kempe, Kleinberg & Tardos 2005, doi:10.1007/11523468_91",
    parameters: [
      Parameter("probability", .number(.probability), "p: chance of the first voice"),
      Parameter("factor", .number(.probability), "d: what is left of the chance after each voice that failed"),
    ])

  var isIntegerOnly: Bool { false }

  func requirement(_ listener: Listener) -> Double { listener.demand }

  /// The voices of the last step share the credit by weight: one of them convinced, and which one is not drawn.
  func trace(_ traced: Traced) -> InfluenceTrace { traced.trace(traced.byWeightOfLast) }

  /// The number of the first voice that convinces; infinite if none does.
  private struct FirstSuccess: Distribution {
    /// P(the first n voices fail) for n = 0, 1, …, until it or the next chance is at most 2⁻⁶⁰, or n = 65,536.
    private let withstood: [Double]
    private static let mostVoices = 1 << 16

    init(first: Double, factor: Double) {
      var (chance, left) = (first, [1.0])
      while chance > 0x1p-60, left[left.count - 1] > 0x1p-60, left.count <= Self.mostVoices {
        left.append(left[left.count - 1] * (1 - chance))
        chance *= factor
      }
      withstood = left
    }

    init(_ values: ParameterValues) { self.init(first: 0, factor: 0) }
    static let description = Description("first-success", "the first voice that convinces", source: "", parameters: [])

    func value(at u: Double) -> Double {
      // Bisection for the first n with 1 − u > P(the first n voices fail), which falls with n.
      var (low, high) = (1, withstood.count)
      while low < high {
        let middle = (low + high) / 2
        if 1 - u > withstood[middle] { high = middle } else { low = middle + 1 }
      }
      return low < withstood.count ? Double(low) : .infinity
    }

    func cumulative(_ x: Double) -> Double { x < 1 ? 0 : 1 - withstood[min(withstood.count - 1, Int(min(x, 1e9)))] }

    /// Infinite if some agents are never convinced.
    var mean: Double { withstood[withstood.count - 1] > 0x1p-60 ? .infinity : withstood.reduce(0, +) }
  }
}
