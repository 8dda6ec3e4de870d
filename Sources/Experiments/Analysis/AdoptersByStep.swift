internal import Statistics

/// The adopters of many cascades, step by step: one that has ended keeps its final size.
struct AdoptersByStep {
  typealias Curve = SpooledCurves.Curve
  /// Steps of the longest cascade, the seeding included.
  let stepCount: Int
  private let curves: [Curve]
  /// Cascades, and what their curves take.
  var count: Int { curves.count }
  var byteCount: Int { curves.reduce(0) { $0 + 4 * $1.count } }
  private var step = 0
  /// Of each cascade the place of its next change.
  private var places: [Int]
  /// The adopters of each cascade after the last step that was asked for.
  private var adopters: [UInt32]
  /// Cascades that change after it.
  private var running: [Int]
  private var ascending: [Double] = []

  /// - Parameters:
  ///   - curves: of each cascade.
  ///   - stepCount: of the longest.
  init(_ curves: [Curve], stepCount: Int) {
    self.curves = curves
    self.stepCount = stepCount
    adopters = curves.map { $0[1] }
    places = curves.map { _ in 2 }
    running = curves.indices.filter { curves[$0].count > 2 }
  }

  /// The adopters after the next step, ascending; the first is the seeding.
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
