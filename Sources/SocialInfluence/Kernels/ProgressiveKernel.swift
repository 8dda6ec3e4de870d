/// The kernels of exposure-driven progressive rules. `queue` lists adopters step by step, and `stepEnds[t]` is the
/// number of adopters up to and including step t, seeds first; the adopters of one step speak in the next,
/// synchronously.
///
/// Both kernels expect `queue.count == agentCount` and distinct seeds; `stepEnds` ends with the last step that has an
/// adoption, and only the first `stepEnds.last` entries of `queue` are valid. Agents in `alone` adopt by themselves in
/// step 1.
enum ProgressiveKernel {
  /// Voices of weight 1: `missing[v]` counts the voices that v still needs.
  ///
  /// `missing` is overwritten. The counter of an adopter wraps below 0; fewer than 2³² voices never bring it back to 0.
  static func spread(
    from seeds: [UInt32], alone: [UInt32] = [], on network: borrowing Network, missing: inout [UInt32],
    queue: inout [UInt32], stepEnds: inout [Int], order: inout StepOrder, batch: inout RowBatch
  ) {
    var course = Course(seeds, alone: alone, &missing, &queue, &stepEnds)
    while course.begin(&missing, &queue) {
      while course.isSpeaking {
        batch.take(queue, &course.head, course.stepEnd, known: course.tail, of: network)
        course.tail = hear(batch, &missing, &queue, course.tail)
      }
      course.end(&queue, &stepEnds, &order, agentCount: network.agentCount)
    }
  }

  /// The listeners of a batch hear their voices; those whose need is met adopt. In a function of its own, so that all that
  /// the loop needs stays in registers.
  ///
  /// - Returns: the end of the adopters in `queue`.
  @inline(never)
  private static func hear(
    _ batch: RowBatch, _ missing: inout [UInt32], _ queue: inout [UInt32], _ end: Int
  ) -> Int {
    let listeners = batch.listeners.span
    var queue = queue.mutableSpan
    var missing = missing.mutableSpan
    var tail = end
    for voice in 0..<RowBatch.ahead { missing.span.prefetch(Int(listeners[unchecked: voice])) }
    for voice in 0..<batch.count {
      missing.span.prefetch(Int(listeners[unchecked: voice &+ RowBatch.ahead]))
      let listener = listeners[unchecked: voice]
      let left = missing[unchecked: Int(listener)] &- 1
      missing[unchecked: Int(listener)] = left
      // Branch-free append, because adoption is unpredictable: always written, counted only if the need is met.
      if tail < queue.count { queue[unchecked: tail] = listener }
      tail &+= Int(truncatingIfNeeded: (UInt64(left) &- 1) >> 63)
    }
    return tail
  }

  /// Voices of different weights: `exposures[place]` is what the voice along a tie gives, `missing[v]` what v still
  /// needs, 0 for an adopter. Fixed point, so that sums do not depend on the order of arrival.
  static func spread(
    from seeds: [UInt32], alone: [UInt32] = [], on network: borrowing Network, exposures: [UInt64],
    missing: inout [UInt64], queue: inout [UInt32], stepEnds: inout [Int], order: inout StepOrder,
    batch: inout RowBatch
  ) {
    var course = Course(seeds, alone: alone, &missing, &queue, &stepEnds)
    while course.begin(&missing, &queue) {
      while course.isSpeaking {
        batch.take(queue, &course.head, course.stepEnd, known: course.tail, of: network, exposures: exposures)
        course.tail = hear(batch, weighted: &missing, &queue, course.tail)
      }
      course.end(&queue, &stepEnds, &order, agentCount: network.agentCount)
    }
  }

  /// The same for voices of different weights.
  @inline(never)
  private static func hear(
    _ batch: RowBatch, weighted missing: inout [UInt64], _ queue: inout [UInt32], _ end: Int
  ) -> Int {
    let (listeners, given) = (batch.listeners.span, batch.given.span)
    var queue = queue.mutableSpan
    var missing = missing.mutableSpan
    var tail = end
    for voice in 0..<RowBatch.ahead { missing.span.prefetch(Int(listeners[unchecked: voice])) }
    for voice in 0..<batch.count {
      missing.span.prefetch(Int(listeners[unchecked: voice &+ RowBatch.ahead]))
      let listener = listeners[unchecked: voice]
      let left = missing[unchecked: Int(listener)]
      let exposure = given[unchecked: voice]
      // Needs of 2⁶³ and more are never reduced.
      missing[unchecked: Int(listener)] = left &- (min(left, exposure) & ((left >> 63) &- 1))
      if tail < queue.count { queue[unchecked: tail] = listener }
      // Branch-free 0 < left ≤ exposure: no exposure reaches 2⁶³.
      tail &+= Int(truncatingIfNeeded: (~(left &- 1) & (left &- 1 &- exposure)) >> 63)
    }
    return tail
  }

  /// Where a cascade is: all but its voices, which each kernel counts in its own way.
  private struct Course {
    /// The next speaker, the end of those of this step, and the end of all adopters.
    var head = 0
    private(set) var stepEnd = 0
    var tail = 0
    /// Those who adopt by themselves in step 1; none later.
    private var alone: [UInt32]
    /// The first speaker of this step.
    private var first = 0

    @inline(__always)
    var isSpeaking: Bool { head < stepEnd }

    /// The seeds adopt.
    @inline(__always)
    init<Amount: FixedWidthInteger>(
      _ seeds: [UInt32], alone: [UInt32], _ missing: inout [Amount], _ queue: inout [UInt32],
      _ stepEnds: inout [Int]
    ) {
      self.alone = alone
      for seed in seeds {
        missing[Int(seed)] = 0
        queue[tail] = seed
        tail += 1
      }
      stepEnds.removeAll(keepingCapacity: true)
      stepEnds.append(tail)
    }

    /// Begins a step.
    ///
    /// - Returns: whether there is one.
    @inline(__always)
    mutating func begin<Amount: FixedWidthInteger>(
      _ missing: inout [Amount], _ queue: inout [UInt32]
    ) -> Bool {
      guard head < tail || !alone.isEmpty else { return false }
      (first, stepEnd) = (head, tail)
      for agent in alone where missing[Int(agent)] != 0 {
        missing[Int(agent)] = 0
        queue[tail] = agent
        tail += 1
      }
      alone = []
      return true
    }

    /// Ends a step whose adopters have all spoken.
    @inline(__always)
    mutating func end(
      _ queue: inout [UInt32], _ stepEnds: inout [Int], _ order: inout StepOrder, agentCount: Int
    ) {
      if StepOrder.isWide(speakers: stepEnd - first, agentCount: agentCount) {
        var queue = queue.mutableSpan
        order.sort(&queue, stepEnd..<tail, agentCount: agentCount)
      }
      if tail > stepEnd { stepEnds.append(tail) }
    }
  }
}
