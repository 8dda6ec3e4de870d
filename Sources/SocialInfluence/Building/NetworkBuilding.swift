/// What to do with repeated pairs; in a directed network only the same direction is a repeat.
package enum RepeatPolicy: String, CaseIterable, Sendable {
  /// Keep the first tie, with its weight.
  case drop
  /// Keep one tie, with the sum of the weights.
  case merge
  /// Refuse the input.
  case refuse
}

/// Ties in any order, collected before they become a network.
package struct TieList: Sendable {
  package var sources: [UInt32] = []
  package var targets: [UInt32] = []
  package var weights: [Double]?

  package init() {}

  package init(weights: [Double]) { self.weights = weights }

  init(sources: [UInt32], targets: [UInt32]) { (self.sources, self.targets) = (sources, targets) }

  package var count: Int { sources.count }

  @inline(__always)
  package mutating func append(_ source: Int, _ target: Int) {
    sources.append(UInt32(truncatingIfNeeded: source))
    targets.append(UInt32(truncatingIfNeeded: target))
  }

  package mutating func reserveCapacity(_ count: Int) {
    sources.reserveCapacity(count)
    targets.reserveCapacity(count)
  }
}

extension Network {
  /// Builds a network from ties without weights, in any order; repeated pairs are dropped. O(agents + ties).
  ///
  /// - Parameters:
  ///   - ties: one entry per tie, for an undirected network in either direction; no loops.
  ///   - workers: threads that sort; they change nothing but the time.
  /// - Precondition: fewer than 2³² − 1 voices.
  init(agentCount: Int, sorting ties: some TieSource, isDirected: Bool, workers: Int) {
    let rows = RowSort(ties, agentCount: agentCount, bothWays: !isDirected, workers: workers)
    self.init(offsets: rows.offsets, targets: rows.targets, weights: nil, isDirected: isDirected)
  }

  /// The same for the ties of a file.
  package init(agentCount: Int, ties: TieBlocks, isDirected: Bool, workers: Int) {
    self.init(agentCount: agentCount, sorting: ties, isDirected: isDirected, workers: workers)
  }

  /// Sorts ties into rows and removes repeated pairs. O(agents + ties).
  ///
  /// - Parameters:
  ///   - ties: one entry per tie, for an undirected network in either direction; no loops.
  ///   - repeats: `merge` adds up the weights of repeated pairs; otherwise, and without weights, the first is kept.
  ///   - workers: threads that sort; they change nothing but the time.
  /// - Precondition: fewer than 2³² − 1 voices.
  package init(
    agentCount: Int, ties: TieList, isDirected: Bool, repeats: RepeatPolicy = .drop, workers: Int = 1
  ) {
    guard ties.weights != nil else {
      self.init(agentCount: agentCount, sorting: ties, isDirected: isDirected, workers: workers)
      return
    }
    let voices = isDirected ? ties.count : 2 * ties.count
    precondition(voices < Int(UInt32.max), "a stored network holds fewer than 2³² voices")
    var rows = Rows(agentCount: agentCount, ties: ties, isDirected: isDirected)
    // Transposing sorts each row by id; twice restores the direction.
    rows = rows.transposed()
    if isDirected { rows = rows.transposed() }
    rows.removeRepeats(merging: repeats == .merge)
    self.init(offsets: rows.offsets, targets: rows.targets, weights: rows.weights, isDirected: isDirected)
  }
}

extension Network {
  /// This network with a few more ties, none of which it has.
  ///
  /// - Precondition: undirected, without weights.
  func adding(_ ties: TieList) -> Network {
    precondition(weights == nil && !isDirected, "ties are added to undirected networks without weights")
    guard ties.count > 0 else { return self }
    var more = [(speaker: UInt32, listener: UInt32)]()
    for tie in 0..<ties.count {
      more.append((ties.sources[tie], ties.targets[tie]))
      more.append((ties.targets[tie], ties.sources[tie]))
    }
    more.sort { ($0.speaker, $0.listener) < ($1.speaker, $1.listener) }
    var (offsets, targets) = (offsets, [UInt32]())
    targets.reserveCapacity(voiceCount + more.count)
    var taken = 0
    for voice in more {
      var place = Int(self.offsets[Int(voice.speaker)])
      let end = Int(self.offsets[Int(voice.speaker) + 1])
      while place < end && self.targets[place] < voice.listener { place += 1 }
      targets.append(contentsOf: self.targets[taken..<max(taken, place)])
      targets.append(voice.listener)
      taken = max(taken, place)
    }
    targets.append(contentsOf: self.targets[taken...])
    var (added, next) = (UInt32(0), 0)
    for agent in 0..<agentCount {
      while next < more.count && Int(more[next].speaker) == agent { (added, next) = (added + 1, next + 1) }
      offsets[agent + 1] += added
    }
    return Network(offsets: offsets, targets: targets, weights: nil, isDirected: false)
  }
}

/// Rows with weights, sorted by transposing them.
private struct Rows {
  var offsets: [UInt32]
  var targets: [UInt32]
  var weights: [Double]?

  init(agentCount: Int, ties: TieList, isDirected: Bool) {
    var next = [UInt32](repeating: 0, count: agentCount + 1)
    for place in 0..<ties.count {
      next[Int(ties.sources[place]) + 1] += 1
      if !isDirected { next[Int(ties.targets[place]) + 1] += 1 }
    }
    for agent in 0..<agentCount { next[agent + 1] += next[agent] }
    offsets = next
    let voices = Int(next[agentCount])
    targets = [UInt32](repeating: 0, count: voices)
    weights = ties.weights.map { _ in [Double](repeating: 0, count: voices) }
    for place in 0..<ties.count {
      let (source, target) = (Int(ties.sources[place]), Int(ties.targets[place]))
      let forward = Int(next[source])
      next[source] += 1
      targets[forward] = UInt32(target)
      if !isDirected {
        let backward = Int(next[target])
        next[target] += 1
        targets[backward] = UInt32(source)
        if let given = ties.weights { weights?[backward] = given[place] }
      }
      if let given = ties.weights { weights?[forward] = given[place] }
    }
  }

  private init(offsets: [UInt32], targets: [UInt32], weights: [Double]?) {
    (self.offsets, self.targets, self.weights) = (offsets, targets, weights)
  }

  /// Reverses every tie. Rows come out ascending, equal ids in their former order.
  func transposed() -> Rows {
    let agentCount = offsets.count - 1
    var next = [UInt32](repeating: 0, count: agentCount + 1)
    for target in targets { next[Int(target) + 1] += 1 }
    for agent in 0..<agentCount { next[agent + 1] += next[agent] }
    let turnedOffsets = next
    var turned = [UInt32](repeating: 0, count: targets.count)
    var turnedWeights = weights.map { _ in [Double](repeating: 0, count: targets.count) }
    for agent in 0..<agentCount {
      for place in Int(offsets[agent])..<Int(offsets[agent + 1]) {
        let target = Int(targets[place])
        let free = Int(next[target])
        next[target] += 1
        turned[free] = UInt32(agent)
        if let weights { turnedWeights?[free] = weights[place] }
      }
    }
    return Rows(offsets: turnedOffsets, targets: turned, weights: turnedWeights)
  }

  mutating func removeRepeats(merging: Bool) {
    var free = 0
    for agent in 0..<offsets.count - 1 {
      let start = free
      let row = Int(offsets[agent])..<Int(offsets[agent + 1])
      offsets[agent] = UInt32(start)
      for place in row {
        if free > start && targets[free - 1] == targets[place] {
          let repeated = weights?[place] ?? 0
          if merging { weights?[free - 1] += repeated }
          continue
        }
        targets[free] = targets[place]
        let weight = weights?[place] ?? 0
        weights?[free] = weight
        free += 1
      }
    }
    offsets[offsets.count - 1] = UInt32(free)
    targets.removeSubrange(free...)
    weights?.removeSubrange(free...)
  }
}
