internal import Statistics

/// The adopters of many cascades, step by step; a cascade that has ended keeps its final size.
struct AdoptersByStep {
  typealias Curve = SpooledCurves.Curve
  /// Steps of the longest cascade, the seeding included.
  let stepCount: Int
  private let curves: [Curve]
  /// Cascades, and the bytes of their curves.
  var count: Int { curves.count }
  var byteCount: Int { curves.reduce(0) { $0 + 4 * $1.count } }
  private var step = 0
  /// The place of the next change, by cascade.
  private var places: [Int]
  /// The adopters after the last step returned, by cascade.
  private var adopters: [UInt32]
  /// Cascades with changes after that step.
  private var running: [Int]
  private var ascending: [Double] = []

  /// - Parameters:
  ///   - curves: one per cascade.
  ///   - stepCount: of the longest.
  init(_ curves: [Curve], stepCount: Int) {
    self.curves = curves
    self.stepCount = stepCount
    adopters = curves.map { $0[1] }
    places = curves.map { _ in 2 }
    running = curves.indices.filter { curves[$0].count > 2 }
  }

  /// The adopters after the next step, by cascade, ascending; first the seeding.
  mutating func next() -> [Double] {
    var left = 0
    var hasChanged = ascending.isEmpty
    for place in running.indices {
      let cascade = running[place]
      let curve = curves[cascade]
      if Int(curve[places[cascade]]) == step {
        adopters[cascade] = curve[places[cascade] + 1]
        places[cascade] += 2
        hasChanged = true
      }
      guard places[cascade] < curve.count else { continue }
      running[left] = cascade
      left += 1
    }
    running.removeSubrange(left...)
    step += 1
    if hasChanged { ascending = AscendingCounts.sorted(adopters) }
    return ascending
  }
}
