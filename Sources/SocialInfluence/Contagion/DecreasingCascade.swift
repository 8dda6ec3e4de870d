/// Decreasing cascade: each voice that failed makes the next one weaker; the j-th convinces with probability p · d^(j − 1).
///
/// With voices of weight w the exposure is ⌊s · h_v · Σw⌋ voices. A listener draws which voice is the first to convince it; with
/// d < 1 some are convinced by none, however many speak: they withstand all with probability Π (1 − p d^j). At d = 1 it is
/// an independent cascade; chances that rise with the number of voices are an `adoption-table`.
///
/// *Edge cases*: p = 1 convinces with the first voice; d = 0 makes it the only one that counts; whoever withstands 65,536 voices
/// withstands all.
///
/// Source: D. Kempe, J. Kleinberg, É. Tardos (2005), ICALP, LNCS 3580:1127, doi:10.1007/11523468_91.
/// *Differs*: there the order of voices within a step may matter; here voices count alone.
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

  /// One of the voices of the last step convinced, all of them equally likely: they share.
  func trace(_ traced: Traced) -> InfluenceTrace { traced.trace(traced.byWeightOfLast) }

  /// The first voice that convinces; infinite where none does.
  private struct FirstSuccess: Distribution {
    /// P(the first n voices fail) for n = 0, 1, …, until the next chance is below 2⁻⁶⁰ or nobody is left.
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
      // The first n with 1 − u > P(n fail), by halving: the list falls.
      var (low, high) = (1, withstood.count)
      while low < high {
        let middle = (low + high) / 2
        if 1 - u > withstood[middle] { high = middle } else { low = middle + 1 }
      }
      return low < withstood.count ? Double(low) : .infinity
    }

    func cumulative(_ x: Double) -> Double { x < 1 ? 0 : 1 - withstood[min(withstood.count - 1, Int(min(x, 1e9)))] }

    /// Infinite where some are convinced by none.
    var mean: Double { withstood[withstood.count - 1] > 0x1p-60 ? .infinity : withstood.reduce(0, +) }
  }
}
