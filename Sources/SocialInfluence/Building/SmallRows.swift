internal import CMachine

/// Rows of a small network from its ties in any order. No loop per row: short rows of unpredictable length cost more in
/// mispredicted branches than in work.
struct SmallRows {
  private(set) var offsets: [UInt32]
  private(set) var targets: [UInt32]

  /// - Parameter bothWays: whether a tie is a voice in each direction, as in undirected networks.
  init(_ ties: some TieSource, agentCount: Int, bothWays: Bool) {
    let pairs =
      ties.ordered(agentCount: agentCount) ?? OrderedPairs(ties.flat(), agentCount: agentCount, bothWays: bothWays)
    guard bothWays else {
      (offsets, targets) = (Self.starts(pairs.secondsOfFirst), pairs.seconds)
      return
    }
    // Each row holds its lesser ids, in the order of the pairs, and then its greater ids, copied as they are.
    let agentCount = pairs.firstsOfSecond.count
    var (next, greater) = ([UInt32](), [UInt32]())
    next.reserveCapacity(agentCount)
    greater.reserveCapacity(agentCount)
    var place: UInt32 = 0
    var offsets: [UInt32] = [0]
    offsets.reserveCapacity(agentCount + 1)
    for (lessers, greaters) in zip(pairs.firstsOfSecond, pairs.secondsOfFirst) {
      next.append(place)
      place &+= lessers
      greater.append(place)
      place &+= greaters
      offsets.append(place)
    }
    self.offsets = offsets
    let voices = 2 * pairs.seconds.count
    targets = [UInt32](count: voices) { targets in
      machine_place_rows(
        targets.start, voices, greater, pairs.seconds, pairs.seconds.count, pairs.secondsOfFirst, agentCount)
      let (firsts, seconds) = (pairs.firsts.span, pairs.seconds.span)
      var next = next.mutableSpan
      for pair in firsts.indices {
        let second = Int(seconds[unchecked: pair])
        let free = next[unchecked: second]
        next[unchecked: second] = free &+ 1
        targets[Int(free)] = firsts[unchecked: pair]
      }
    }
  }
}

extension SmallRows {
  /// Where rows of these sizes start, and where the last ends.
  private static func starts(_ sizes: [UInt32]) -> [UInt32] {
    var offsets: [UInt32] = [0]
    offsets.reserveCapacity(sizes.count + 1)
    for count in sizes { offsets.append(offsets[offsets.count - 1] &+ count) }
    return offsets
  }
}

/// Distinct pairs of ids in lexicographic order: `firsts[i]`, `seconds[i]`.
struct OrderedPairs {
  private(set) var firsts: [UInt32]
  private(set) var seconds: [UInt32]
  /// The number of pairs in which each id is the first, and the second.
  private(set) var secondsOfFirst: [UInt32]
  private(set) var firstsOfSecond: [UInt32]

  /// Sorts pairs in any order, with repeats, by two passes of counting sort: by second id, then by first.
  ///
  /// - Parameter bothWays: whether a tie may be given in either direction; the lesser id then becomes the first.
  /// - Precondition: ids below `agentCount`.
  init(_ ties: FlatTies, agentCount: Int, bothWays: Bool) {
    var pairs = ties
    if bothWays {
      machine_lesser_first(&pairs.sources, &pairs.targets, pairs.sources.count)
    }
    (secondsOfFirst, firstsOfSecond) = pairs.count(agentCount: agentCount)
    var ends = firstsOfSecond
    pairs.sources = Self.sorted(pairs.sources, by: pairs.targets, counts: &ends)
    pairs.targets = Self.owners(ends: ends, count: pairs.targets.count)
    ends = secondsOfFirst
    seconds = Self.sorted(pairs.targets, by: pairs.sources, counts: &ends)
    firsts = Self.owners(ends: ends, count: seconds.count)
    dropRepeats()
  }

  /// Takes rows that already hold distinct pairs in order.
  init(ordered rows: [TieRows], agentCount: Int) {
    let flat = rows.flat()
    (firsts, seconds) = (flat.sources, flat.targets)
    secondsOfFirst = []
    secondsOfFirst.reserveCapacity(agentCount)
    for piece in rows {
      var start: UInt32 = 0
      for end in piece.ends {
        secondsOfFirst.append(end &- start)
        start = end
      }
    }
    firstsOfSecond = FlatTies.count(flat.targets, agentCount: agentCount)
  }

  /// One stable pass of counting sort: `values` in the order of `keys`.
  ///
  /// - Parameter counts: of each key; on return, where its values end.
  private static func sorted(_ values: [UInt32], by keys: [UInt32], counts: inout [UInt32]) -> [UInt32] {
    [UInt32](count: values.count) { sorted in
      var next = counts.mutableSpan
      var start: UInt32 = 0
      for key in next.indices { (next[unchecked: key], start) = (start, start &+ next[unchecked: key]) }
      let (values, keys) = (values.span, keys.span)
      for place in values.indices {
        let key = Int(keys[unchecked: place])
        let free = next[unchecked: key]
        next[unchecked: key] = free &+ 1
        sorted[Int(free)] = values[unchecked: place]
      }
    }
  }

  /// The row of each place, where rows end at `ends`.
  private static func owners(ends: [UInt32], count: Int) -> [UInt32] {
    [UInt32](count: count) { owners in machine_row_owners(owners.start, count, ends, 0, ends.count) }
  }

  /// Repeated pairs are adjacent.
  private mutating func dropRepeats() {
    let kept = machine_drop_repeats(&firsts, &seconds, &secondsOfFirst, &firstsOfSecond, firsts.count)
    firsts.removeLast(firsts.count - kept)
    seconds.removeLast(seconds.count - kept)
  }
}

/// Ties as two parallel arrays.
struct FlatTies {
  var sources: [UInt32]
  var targets: [UInt32]

  /// The number of ties of each id on either side, one after the other, so that its counts stay in the L1 cache.
  fileprivate func count(agentCount: Int) -> (ofSource: [UInt32], ofTarget: [UInt32]) {
    (Self.count(sources, agentCount: agentCount), Self.count(targets, agentCount: agentCount))
  }

  fileprivate static func count(_ ids: [UInt32], agentCount: Int) -> [UInt32] {
    var counts = [UInt32](repeating: 0, count: agentCount)
    var all = counts.mutableSpan
    // Ids lie below the number of agents.
    for id in ids { all[unchecked: Int(id)] &+= 1 }
    return counts
  }
}
