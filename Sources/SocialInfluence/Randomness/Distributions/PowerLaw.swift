private import Synchronization

/// Counts from 1 with p_k ∝ k^−α · exp(−k/κ): a power law with exponential cut-off.
///
/// Source: M. E. J. Newman (2002), Phys. Rev. E 66:016128, doi:10.1103/PhysRevE.66.016128, equation (20).
struct PowerLaw: Distribution {
  private let cumulated: [Double]
  let mean: Double

  init(_ values: ParameterValues) {
    self.init(exponent: values.number("exponent"), cutoff: values.number("cutoff"))
  }

  init(exponent: Double, cutoff: Double) {
    let table = PowerLawTables.shared.table(exponent: exponent, cutoff: cutoff)
    (cumulated, mean) = (table.cumulated, table.mean)
  }

  /// The cumulated p(k), up to the first below 10⁻¹⁷ of p(1), at most 10⁷ counts; and the mean.
  fileprivate static func table(exponent: Double, cutoff: Double) -> (cumulated: [Double], mean: Double) {
    var terms = [Double]()
    var k = 1.0
    repeat {
      terms.append(exponential(-exponent * naturalLogarithm(k) - k / cutoff))
      k += 1
    } while terms[terms.count - 1] > 1e-17 * terms[0] && terms.count < 10_000_000
    let total = terms.reversed().reduce(0, +)
    let mean = zip(1..., terms).reversed().reduce(0) { $0 + Double($1.0) * $1.1 } / total
    var sum = 0.0
    let cumulated = terms.map { term in
      sum += term / total
      return sum
    }
    return (cumulated, mean)
  }

  static let description = Description(
    "power-law", "counts from 1 with p(k) ∝ k^−exponent · exp(−k/cutoff)",
    source: "Newman 2002, doi:10.1103/PhysRevE.66.016128",
    parameters: [
      Parameter("exponent", .number(ValueRange(0, 100, includesLower: false)), "exponent α"),
      Parameter(
        "cutoff", .number(ValueRange(0.01, 1e5)), unit: "ties",
        "exponential cut-off κ; a power law without one is refused"),
    ])

  func value(at u: Double) -> Double {
    var (low, high) = (0, cumulated.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if cumulated[middle] >= u { high = middle } else { low = middle + 1 }
    }
    return Double(low + 1)
  }
  func cumulative(_ x: Double) -> Double {
    x < 1 ? 0 : x >= Double(cumulated.count) ? 1 : cumulated[Int(x) - 1]
  }
}

/// A cache of the last few tables: every point and arm of a scenario reads its law anew, and a table can hold millions
/// of counts.
private final class PowerLawTables: Sendable {
  // A class, because all readers share it.
  static let shared = PowerLawTables()
  private static let most = 4

  private struct Known {
    let exponent: Double
    let cutoff: Double
    let table: (cumulated: [Double], mean: Double)
  }
  private let known = Mutex<[Known]>([])

  func table(exponent: Double, cutoff: Double) -> (cumulated: [Double], mean: Double) {
    let found = known.withLock { $0.first { $0.exponent == exponent && $0.cutoff == cutoff }?.table }
    if let found { return found }
    let table = PowerLaw.table(exponent: exponent, cutoff: cutoff)
    known.withLock { known in
      if known.count == Self.most { known.removeFirst() }
      known.append(Known(exponent: exponent, cutoff: cutoff, table: table))
    }
    return table
  }
}
