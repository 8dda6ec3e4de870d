/// The kernels of exposure-driven progressive rules. `queue` is the order of adoption: the agents of one step stand
/// between two step ends, those of the step before speak, synchronously, and the step ends are the adoption curve.
///
/// Every kernel expects `queue.count == agentCount`, distinct seeds, and leaves in `stepEnds` the number of adopters up to
/// and including each step: first the seeds, then every step with an adoption. The queue holds `stepEnds.last` adopters.
package enum ProgressiveKernel {
  /// Voices of weight 1: `missing[v]` counts the voices that v still needs.
  ///
  /// On return `missing` is spent. An adopter's counter stands at 0 and wraps beyond it, from where fewer than 2³² voices
  /// never bring it back to 0.
  package static func spread(
    from seeds: [UInt32], on network: borrowing Network, missing: inout [UInt32], queue: inout [UInt32],
    stepEnds: inout [Int]
  ) {
    let offsets = network.offsets.span
    let targets = network.targets.span
    var missing = missing.mutableSpan
    var queue = queue.mutableSpan
    var tail = 0
    for seed in seeds {
      missing[Int(seed)] = 0
      queue[tail] = seed
      tail += 1
    }
    stepEnds.removeAll(keepingCapacity: true)
    stepEnds.append(tail)
    var head = 0
    while head < tail {
      let stepEnd = tail
      while head < (Planted.has(.sightWithinStep) ? tail : stepEnd) {
        let speaker = Int(queue[head])
        fetchAhead(head, tail, queue.span, offsets, targets) { missing.span.prefetch($0) }
        head += 1
        for place in Planted.row(Int(offsets[speaker]), Int(offsets[speaker + 1])) {
          let listener = Int(targets[unchecked: place])
          let left = missing[unchecked: listener] &- 1
          missing[unchecked: listener] = left
          if left == 0 {
            queue[tail] = UInt32(truncatingIfNeeded: listener)
            tail += 1
          }
        }
      }
      if tail > stepEnd { stepEnds.append(tail) }
    }
  }

  /// Voices that differ: `exposures[place]` is what the voice along a tie gives, `missing[v]` what v still needs; 0 is an
  /// adopter. Fixed point, so that the sum does not depend on the order of arrival.
  package static func spread(
    from seeds: [UInt32], on network: borrowing Network, exposures: [UInt64], missing: inout [UInt64],
    queue: inout [UInt32], stepEnds: inout [Int]
  ) {
    let offsets = network.offsets.span
    let targets = network.targets.span
    let exposures = exposures.span
    var missing = missing.mutableSpan
    var queue = queue.mutableSpan
    var tail = 0
    for seed in seeds {
      missing[Int(seed)] = 0
      queue[tail] = seed
      tail += 1
    }
    stepEnds.removeAll(keepingCapacity: true)
    stepEnds.append(tail)
    var head = 0
    while head < tail {
      let stepEnd = tail
      while head < (Planted.has(.sightWithinStep) ? tail : stepEnd) {
        let speaker = Int(queue[head])
        fetchAhead(head, tail, queue.span, offsets, targets) { missing.span.prefetch($0) }
        if head + 12 < tail {
          let soon = Int(queue[unchecked: head + 12])
          exposures.prefetch(Int(offsets[unchecked: soon]))
          exposures.prefetch(max(1, Int(offsets[unchecked: soon + 1])) - 1)
        }
        head += 1
        for place in Planted.row(Int(offsets[speaker]), Int(offsets[speaker + 1])) {
          let listener = Int(targets[unchecked: place])
          let left = missing[unchecked: listener]
          let given = exposures[unchecked: place]
          missing[unchecked: listener] = left &- min(left, given)
          // 0 < left ≤ given in one comparison: whether v is an adopter already is as good as random.
          if left &- 1 < given {
            queue[tail] = UInt32(truncatingIfNeeded: listener)
            tail += 1
          }
        }
      }
      if tail > stepEnd { stepEnds.append(tail) }
    }
  }

  /// Asks for what those who speak soon will read: where their rows begin, the rows, and what their listeners miss.
  @inline(__always)
  private static func fetchAhead(
    _ head: Int, _ tail: Int, _ queue: Span<UInt32>, _ offsets: Span<UInt32>, _ targets: Span<UInt32>,
    _ fetchListener: (Int) -> Void
  ) {
    if head + 24 < tail { offsets.prefetch(Int(queue[unchecked: head + 24])) }
    if head + 12 < tail {
      let speaker = Int(queue[unchecked: head + 12])
      targets.prefetch(Int(offsets[unchecked: speaker]))
      targets.prefetch(max(1, Int(offsets[unchecked: speaker + 1])) - 1)
    }
    if head + 4 < tail {
      let speaker = Int(queue[unchecked: head + 4])
      for place in Int(offsets[unchecked: speaker])..<Int(offsets[unchecked: speaker + 1]) {
        fetchListener(Int(targets[unchecked: place]))
      }
    }
  }
}
