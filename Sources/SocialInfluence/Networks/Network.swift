/// Who can influence whom: the ties along which each agent speaks, as compressed sparse rows.
///
/// Invariants: `offsets.count == agentCount + 1`, `offsets[0] == 0`, offsets never decrease; the targets at
/// `offsets[v] ..< offsets[v + 1]` are v's listeners, strictly ascending (no repeats), never v itself; `weights`, if
/// present, is parallel to `targets`. An undirected network stores every tie once in each direction, with the same
/// weight.
package struct Network: Sendable {
  package let offsets: [UInt32]
  package let targets: [UInt32]
  /// Tie weights as given, positive; nil if all ties count the same.
  package let weights: [Double]?
  package let isDirected: Bool
  /// k: the number of voices that each agent hears.
  package let inDegrees: [UInt32]

  package var agentCount: Int { offsets.count - 1 }
  /// The number of voices: an undirected tie counts twice.
  package var voiceCount: Int { targets.count }
  /// m: the number of ties; an undirected tie counts once.
  package var tieCount: Int { isDirected ? targets.count : targets.count / 2 }
  /// z: mean number of out-ties per agent.
  package var meanDegree: Double { agentCount == 0 ? 0 : Double(voiceCount) / Double(agentCount) }
  /// κ: mean number of onward ties of the agent that a random voice reaches, less the way back where there is one; 0
  /// without ties.
  package var meanOnwardTies: Double {
    guard voiceCount > 0 else { return 0 }
    var onward = 0
    for speaker in 0..<agentCount {
      for place in voices(of: speaker) {
        let listener = Int(targets[place])
        onward += outDegree(listener) - (!isDirected || speaks(listener, to: speaker) ? 1 : 0)
      }
    }
    return Double(onward) / Double(voiceCount)
  }

  @inline(__always)
  package func outDegree(_ agent: Int) -> Int { Int(offsets[agent + 1]) - Int(offsets[agent]) }
  @inline(__always)
  package func voices(of agent: Int) -> Range<Int> { Int(offsets[agent])..<Int(offsets[agent + 1]) }

  /// Takes rows that already satisfy the invariants.
  init(offsets: [UInt32], targets: [UInt32], weights: [Double]?, isDirected: Bool) {
    self.offsets = offsets
    self.targets = targets
    self.weights = weights
    self.isDirected = isDirected
    if isDirected {
      var inDegrees = [UInt32](repeating: 0, count: offsets.count - 1)
      for target in targets { inDegrees[Int(target)] += 1 }
      self.inDegrees = inDegrees
    } else {
      inDegrees = (0..<offsets.count - 1).map { offsets[$0 + 1] - offsets[$0] }
    }
    // Every cascade reads rows in random order.
    offsets.useHugePages()
    targets.useHugePages()
  }

  /// The first broken invariant in words; nil for a sound network. For tests.
  package func firstBrokenInvariant() -> String? {
    if offsets.first != 0 || Int(offsets[agentCount]) != targets.count { return "offsets do not span the targets" }
    if let weights, weights.count != targets.count { return "weights do not run parallel to targets" }
    for agent in 0..<agentCount {
      let row = voices(of: agent)
      for place in row {
        if targets[place] >= agentCount { return "agent \(agent) speaks to nobody's id \(targets[place])" }
        if targets[place] == agent { return "agent \(agent) speaks to itself" }
        if place > row.lowerBound && targets[place] <= targets[place - 1] { return "row \(agent) is not ascending" }
        if !isDirected && !speaks(Int(targets[place]), to: agent) { return "a tie of \(agent) has no way back" }
      }
    }
    return nil
  }

  /// Whether `speaker` speaks to `listener`: a binary search of the speaker's row.
  package func speaks(_ speaker: Int, to listener: Int) -> Bool {
    var (low, high) = (Int(offsets[speaker]), Int(offsets[speaker + 1]))
    while low < high {
      let middle = (low + high) / 2
      if targets[middle] == listener { return true }
      if targets[middle] < listener { low = middle + 1 } else { high = middle }
    }
    return false
  }
}
