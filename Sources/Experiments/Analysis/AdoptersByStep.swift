internal import Statistics

/// The adopters of many cascades, step by step: one that has ended keeps its final size.
struct AdoptersByStep {
  typealias Curve = Slice<UnsafeBufferPointer<UInt32>>
  /// Steps of the longest cascade, the seeding included.
  let stepCount: Int
  private let curves: [Curve]
  private var step = 0
  /// The adopters of each cascade after the last step that was asked for.
  private var adopters: [UInt32]
  /// Cascades that have not ended by then.
  private var running: [Int]

  /// - Parameter curves: of each cascade, the adopters after each of its steps, at least the seeding.
  init(_ curves: [Curve]) {
    self.curves = curves
    stepCount = curves.map(\.count).max() ?? 0
    adopters = curves.map { $0[$0.startIndex] }
    running = Array(curves.indices)
  }

  /// The adopters after the next step, ascending; the first is the seeding.
  mutating func next() -> [Double] {
    var left = 0
    for place in running.indices {
      let cascade = running[place]
      let curve = curves[cascade]
      guard step < curve.count else { continue }
      adopters[cascade] = curve[curve.startIndex + step]
      running[left] = cascade
      left += 1
    }
    running.removeSubrange(left...)
    step += 1
    return AscendingCounts.sorted(adopters)
  }
}
