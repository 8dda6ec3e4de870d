/// The adopters of one cascade by step, stored where they change: a run can have a million steps and fifty adoptions.
struct StepCurve: Sendable {
  /// Number of steps, the seeding included.
  let stepCount: Int
  /// Pairs of a step and the adopters from it on; the first is the seeding.
  let changes: [UInt32]

  /// - Parameter ends: the adopters up to and including each step; at least the seeding.
  init(_ ends: [Int]) {
    stepCount = ends.count
    var changes = [UInt32]()
    for (step, adopters) in ends.enumerated() where step == 0 || adopters != ends[step - 1] {
      changes.append(UInt32(truncatingIfNeeded: step))
      changes.append(UInt32(truncatingIfNeeded: adopters))
    }
    self.changes = changes
  }

  /// Calls `visit` with the adopters after each step.
  func forEachStep(_ visit: (_ step: Int, _ adopters: Int) -> Void) {
    var place = 0
    for step in 0..<stepCount {
      while place + 2 < changes.count && changes[place + 2] <= step { place += 2 }
      visit(step, Int(changes[place + 1]))
    }
  }
}
