internal import Statistics

/// The adopters of one cascade step by step, kept where they change: a run can have a million steps and fifty adoptions.
struct StepCurve: Sendable {
  /// Steps, the seeding included.
  let stepCount: Int
  /// Pairs of a step and the adopters from it on; the first is the seeding.
  let changes: [UInt32]

  /// - Parameter ends: the adopters up to and including each step, at least the seeding.
  init(_ ends: [Int]) {
    stepCount = ends.count
    var changes = [UInt32]()
    for (step, adopters) in ends.enumerated() where step == 0 || adopters != ends[step - 1] {
      changes.append(UInt32(truncatingIfNeeded: step))
      changes.append(UInt32(truncatingIfNeeded: adopters))
    }
    self.changes = changes
  }

  /// The adopters after each step.
  func forEachStep(_ visit: (_ step: Int, _ adopters: Int) -> Void) {
    var place = 0
    for step in 0..<stepCount {
      while place + 2 < changes.count && changes[place + 2] <= step { place += 2 }
      visit(step, Int(changes[place + 1]))
    }
  }
}

/// The adopters of many cascades, step by step: one that has ended keeps its final size.
struct AdoptersByStep {
  /// The changes of a cascade's ``StepCurve``.
  typealias Curve = Slice<UnsafeBufferPointer<UInt32>>
  /// Steps of the longest cascade, the seeding included.
  let stepCount: Int
  private let curves: [Curve]
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
    adopters = curves.map { $0[$0.startIndex + 1] }
    places = curves.map { $0.startIndex + 2 }
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
      guard places[cascade] < curve.endIndex else { continue }
      running[left] = cascade
      left += 1
    }
    running.removeSubrange(left...)
    step += 1
    if hasChanged { ascending = AscendingCounts.sorted(adopters) }
    return ascending
  }
}
