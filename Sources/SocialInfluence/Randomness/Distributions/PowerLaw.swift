private import Synchronization

/// Counts from 1 with p_k ∝ k^−α · exp(−k/κ): a power law with exponential cut-off.
///
/// Source: M. E. J. Newman (2002), Phys. Rev. E 66:016128, doi:10.1103/PhysRevE.66.016128, equation (20).
struct PowerLaw: Distribution {
  private let table: PowerLawTable

  init(_ values: ParameterValues) {
    self.init(exponent: values.number("exponent"), cutoff: values.number("cutoff"))
  }

  init(exponent: Double, cutoff: Double) { table = PowerLawTables.shared.table(exponent: exponent, cutoff: cutoff) }

  static let description = Description(
    "power-law", "counts from 1 with p(k) ∝ k^−exponent · exp(−k/cutoff)",
    source: "Newman 2002, doi:10.1103/PhysRevE.66.016128",
    parameters: [
      Parameter("exponent", .number(ValueRange(0, 100, includesLower: false)), "exponent α"),
      Parameter(
        "cutoff", .number(ValueRange(0.01, 1e5)), unit: "ties",
        "exponential cut-off κ; a power law without one is refused"),
    ])

  func value(at u: Double) -> Double { Double(table.made.count(at: u)) }
  func cumulative(_ x: Double) -> Double { x < 1 ? 0 : table.made.cumulative(Int(min(x, 1e9))) }
  var mean: Double { table.made.mean }
  /// Large counts are found by adding up the terms of one block.
  var effort: Double { isLong ? 400 : 100 }
  var tableLength: Double { table.length }
  var ends: ClosedRange<Double>? { isLong ? 1...table.length : nil }
  private var isLong: Bool { tableLength > Double(PowerLawTable.headLength) }
}

/// The cumulated p(k) of one law, made when they are first asked for.
private final class PowerLawTable: Sendable {
  let exponent: Double
  let cutoff: Double
  private let parts = AtomicLazyReference<Parts>()

  /// Counts whose cumulated p(k) are kept one by one; beyond them, one of each block is kept.
  static let headLength = 4096
  private static let block = 64
  private static let most = 10_000_000

  init(exponent: Double, cutoff: Double) { (self.exponent, self.cutoff) = (exponent, cutoff) }

  var made: Parts { parts.load() ?? parts.storeIfNil(Parts(self)) }

  /// An upper bound on the number of counts: p(k) ÷ p(1) is below 10⁻¹⁷ beyond.
  var length: Double {
    let ends = 40.0
    return min(Double(Self.most), ends * cutoff + 2, exponential(min(50, ends / exponent)) + 2)
  }

  /// p(k), not yet divided by the sum of all.
  fileprivate static func term(_ k: Double, _ exponent: Double, _ cutoff: Double) -> Double {
    exponential(-exponent * naturalLogarithm(k) - k / cutoff)
  }

  /// The sums: cumulated p(k) are added in the order of k, so that a block can be added up again from its start with the
  /// same roundings.
  final class Parts: Sendable {
    private let law: (exponent: Double, cutoff: Double)
    private let total: Double
    let mean: Double
    /// Up to the first p(k) below 10⁻¹⁷ of p(1), at most 10⁷.
    private let length: Int
    /// The cumulated p(k) of the first counts.
    private let head: [Double]
    /// Those at the ends of the blocks behind them; the last block may be shorter.
    private let ends: [Double]

    fileprivate init(_ table: PowerLawTable) {
      law = (table.exponent, table.cutoff)
      var terms = [Double]()
      terms.reserveCapacity(Int(table.length))
      var k = 1.0
      repeat {
        terms.append(PowerLawTable.term(k, table.exponent, table.cutoff))
        k += 1
      } while terms[terms.count - 1] > 1e-17 * terms[0] && terms.count < PowerLawTable.most
      // Small terms first, for the roundings.
      let total = terms.reversed().reduce(0, +)
      mean = terms.indices.reversed().reduce(0) { $0 + Double($1 + 1) * terms[$1] } / total
      var (sum, head, ends) = (0.0, [Double](), [Double]())
      for (place, term) in terms.enumerated() {
        sum += term / total
        if place < PowerLawTable.headLength {
          head.append(sum)
        } else if (place + 1 - PowerLawTable.headLength) % PowerLawTable.block == 0 || place + 1 == terms.count {
          ends.append(sum)
        }
      }
      (self.total, self.head, self.ends, length) = (total, head, ends, terms.count)
    }

    /// The smallest count whose cumulated p(k) reaches `u`.
    func count(at u: Double) -> Int {
      if head[head.count - 1] >= u { return Self.firstPlace(head, reaching: u) + 1 }
      guard !ends.isEmpty else { return length }
      let block = Self.firstPlace(ends, reaching: u)
      return walk(block) { _, sum in sum >= u }.count
    }

    func cumulative(_ count: Int) -> Double {
      if count >= length { return 1 }
      if count <= head.count { return head[count - 1] }
      return walk((count - 1 - head.count) / PowerLawTable.block) { place, _ in place == count }.sum
    }

    /// Adds up a block until `isFound`, or to its end.
    private func walk(_ block: Int, _ isFound: (Int, Double) -> Bool) -> (count: Int, sum: Double) {
      var sum = block == 0 ? head[head.count - 1] : ends[block - 1]
      var count = head.count + block * PowerLawTable.block
      let last = min(length, count + PowerLawTable.block)
      repeat {
        count += 1
        sum += PowerLawTable.term(Double(count), law.exponent, law.cutoff) / total
      } while count < last && !isFound(count, sum)
      return (count, sum)
    }

    /// The first place with a sum of at least `u`; the last one if there is none.
    private static func firstPlace(_ sums: [Double], reaching u: Double) -> Int {
      var (low, high) = (0, sums.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if sums[middle] >= u { high = middle } else { low = middle + 1 }
      }
      return low
    }
  }
}

/// A cache of the last few tables: every point and arm of a scenario reads its law anew.
private final class PowerLawTables: Sendable {
  // A class, because all readers share it.
  static let shared = PowerLawTables()
  private static let most = 4

  private let known = Mutex<[PowerLawTable]>([])

  func table(exponent: Double, cutoff: Double) -> PowerLawTable {
    known.withLock { known in
      if let found = known.first(where: { $0.exponent == exponent && $0.cutoff == cutoff }) { return found }
      if known.count == Self.most { known.removeFirst() }
      let table = PowerLawTable(exponent: exponent, cutoff: cutoff)
      known.append(table)
      return table
    }
  }
}
