internal import Synchronization

/// The gamma quantile at normal scores, from a table: GSL's inverse takes microseconds, and every agent asks for one.
///
/// The logarithm of the quantile is smooth in the score, also for shapes near 0, where the quantile spans hundreds of
/// magnitudes. Between nodes it is a cubic that has the values and the slopes of both; the error falls with the fourth power of
/// their distance, and is some 10⁻¹⁰ of the value.
struct GammaTable: Sendable {
  /// For fewer scores the table costs more than it saves.
  static let worthwhile = 2000
  /// Beyond, the quantile has a formula.
  static let largestShape = 1e5
  private static let reach = 6.5
  private static let perUnit = 64.0
  /// Logarithms below this are left to the exact inverse: x is nearly nothing.
  private static let least = -650.0
  private static let known = Mutex<[Double: GammaTable]>([:])
  /// Tables that are kept; each has 13 kB.
  private static let most = 256

  /// Value and slope per node distance, from −reach on.
  private let nodes: [(value: Double, slope: Double)]

  private init(shape: Double) {
    let last = Int(2 * Self.reach * Self.perUnit)
    nodes = (0...last).map { node in
      let own = Quantile.gammaLogarithm(atScore: Double(node) / Self.perUnit - Self.reach, shape: shape)
      return (own.value, own.slope / Self.perUnit)
    }
  }

  static func of(shape: Double) -> GammaTable {
    if let table = known.withLock({ $0[shape] }) { return table }
    let table = GammaTable(shape: shape)
    known.withLock { known in
      if known.count >= most { known.removeAll() }
      known[shape] = table
    }
    return table
  }

  /// The quantile for scale 1; nil where the table does not reach.
  func value(atScore score: Double) -> Double? {
    let place = (score + Self.reach) * Self.perUnit
    guard place >= 0, place < Double(nodes.count - 1) else { return nil }
    let node = Int(place)
    let (left, right) = (nodes[node], nodes[node + 1])
    guard left.value > Self.least, left.slope.isFinite, right.slope.isFinite else { return nil }
    let (t, rest) = (place - Double(node), 1 - (place - Double(node)))
    let logarithm =
      rest * rest * ((1 + 2 * t) * left.value + t * left.slope) + t * t
      * ((1 + 2 * rest) * right.value - rest * right.slope)
    return exponential(logarithm)
  }
}
