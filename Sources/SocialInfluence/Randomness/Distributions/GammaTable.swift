internal import Synchronization

/// A table of the gamma quantile at normal scores: GSL's inverse takes microseconds, and every agent needs a value.
///
/// The logarithm of the quantile is smooth in the score, even for shapes near 0, where the quantile spans hundreds of
/// orders of magnitude. Between nodes it is interpolated by a cubic with the values and slopes of both; the relative
/// error is about 10⁻¹⁰ and falls with the fourth power of the node distance.
struct GammaTable: Sendable {
  /// For fewer scores the table costs more than it saves.
  static let worthwhile = 2000
  /// Above it `Quantile.gamma` has a formula.
  static let largestShape = 1e5
  private static let reach = 6.5
  private static let perUnit = 64.0
  /// Smaller logarithms are left to the exact inverse: x is nearly 0.
  private static let least = -650.0
  private static let known = Mutex<[Double: GammaTable]>([:])
  /// The most tables kept, 13 kB each.
  private static let most = 256

  /// Value, and slope per node distance, at nodes from −`reach` on.
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

  /// The quantile for scale 1; nil outside the table.
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
