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
    queue: inout [UInt32],
    stepEnds: inout [Int], order: inout StepOrder,
    batch: inout RowBatch
  ) {
    var missing = missing.mutableSpan
    var tail = 0
    for seed in seeds {
      missing[Int(seed)] = 0
      queue[tail] = seed
      tail += 1
    }
    stepEnds.removeAll(keepingCapacity: true)
    stepEnds.append(tail)
    var head = 0
    var isFirst = !alone.isEmpty
    while head < tail || isFirst {
      let stepEnd = tail
      if isFirst {
        isFirst = false
        for agent in alone where missing[Int(agent)] != 0 {
          missing[Int(agent)] = 0
          queue[tail] = agent
          tail += 1
        }
      }
      let isWide = StepOrder.isWide(speakers: stepEnd - head, agentCount: network.agentCount)
      while head < stepEnd {
        batch.take(queue, &head, stepEnd, known: tail, of: network)
        var queue = queue.mutableSpan
        let listeners = batch.listeners.span
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
      }
      if isWide {
        var queue = queue.mutableSpan
        order.sort(&queue, stepEnd..<tail, agentCount: network.agentCount)
      }
      if tail > stepEnd { stepEnds.append(tail) }
    }
  }

  /// Voices of different weights: `exposures[place]` is what the voice along a tie gives, `missing[v]` what v still
  /// needs, 0 for an adopter. Fixed point, so that sums do not depend on the order of arrival.
  static func spread(
    from seeds: [UInt32], alone: [UInt32] = [], on network: borrowing Network, exposures: [UInt64],
    missing: inout [UInt64],
    queue: inout [UInt32], stepEnds: inout [Int], order: inout StepOrder,
    batch: inout RowBatch
  ) {
    var missing = missing.mutableSpan
    var tail = 0
    for seed in seeds {
      missing[Int(seed)] = 0
      queue[tail] = seed
      tail += 1
    }
    stepEnds.removeAll(keepingCapacity: true)
    stepEnds.append(tail)
    var head = 0
    var isFirst = !alone.isEmpty
    while head < tail || isFirst {
      let stepEnd = tail
      if isFirst {
        isFirst = false
        for agent in alone where missing[Int(agent)] != 0 {
          missing[Int(agent)] = 0
          queue[tail] = agent
          tail += 1
        }
      }
      let isWide = StepOrder.isWide(speakers: stepEnd - head, agentCount: network.agentCount)
      while head < stepEnd {
        batch.take(
          queue, &head, stepEnd, known: tail, of: network,
          exposures: exposures)
        var queue = queue.mutableSpan
        let (listeners, given) = (batch.listeners.span, batch.given.span)
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
      }
      if isWide {
        var queue = queue.mutableSpan
        order.sort(&queue, stepEnd..<tail, agentCount: network.agentCount)
      }
      if tail > stepEnd { stepEnds.append(tail) }
    }
  }
}
