internal import CMachine

/// Ties sorted into rows without repeats, by several workers: the result depends on the set of ties alone.
///
/// Voices are first dealt into buckets of consecutive speakers, each small enough for a processor's own cache; then each
/// bucket is sorted by speaker, and each row by listener. Where a network is large the buckets are made in several rounds,
/// so that what waits in them never takes more than a gigabyte.
struct RowSort {
  private(set) var offsets: [UInt32]
  private(set) var targets: [UInt32] = []

  /// Voices of a bucket on average, and voices dealt at a time.
  private static let bucketSize = 1 << 16
  private static let roundSize = 1 << 27

  private let agentCount: Int
  private let workers: Int
  private let bothWays: Bool
  /// The bucket of a speaker is its id >> shift.
  private let shift: Int
  private let bucketCount: Int

  /// - Parameter bothWays: whether a tie is a voice in each direction, as in undirected networks.
  /// - Precondition: fewer than 2³² voices, ids below `agentCount`.
  init(_ ties: some TieSource, agentCount: Int, bothWays: Bool, workers: Int) {
    (self.agentCount, self.workers, self.bothWays) = (agentCount, workers, bothWays)
    let voices = (bothWays ? 2 : 1) * ties.tieCount
    precondition(voices < Int(UInt32.max), "a stored network holds fewer than 2³² voices")
    var shift = 0
    while agentCount >> shift > max(1, voices / Self.bucketSize) { shift += 1 }
    self.shift = shift
    bucketCount = agentCount == 0 ? 0 : (agentCount - 1) >> shift + 1
    offsets = [UInt32](repeating: 0, count: agentCount + 1)
    guard voices > 0 else { return }
    let deal = Deal(counts(ties), bucketCount: bucketCount)
    var offsets = offsets
    var kept = 0
    targets = [UInt32](unsafeUninitializedCapacity: voices) { targets, count in
      guard let base = targets.baseAddress else { return }
      machine_prefer_huge_pages(base, 4 * voices)
      let sizes = offsets.withUnsafeMutableBufferPointer { sort(ties, deal, base, $0) }
      kept = Self.closeGaps(base, deal, sizes)
      count = kept
    }
    for agent in 0..<agentCount { offsets[agent + 1] &+= offsets[agent] }
    self.offsets = offsets
  }

  /// Which pieces a part reads: several parts a worker, so that nobody waits long for the last.
  private func pieces(of part: Int, _ parts: Int, _ count: Int) -> Range<Int> {
    part * count / parts..<(part + 1) * count / parts
  }

  private var partCount: Int { workers == 1 ? 1 : 4 * workers }

  /// The voices of each part for each bucket.
  private func counts(_ ties: some TieSource) -> [[UInt32]] {
    let (shift, bothWays, buckets, parts) = (UInt32(shift), bothWays, bucketCount, partCount)
    return Parallel.map(parts, workers: workers) { part in
      var counts = [UInt32](repeating: 0, count: buckets)
      var own = counts.mutableSpan
      for piece in pieces(of: part, parts, ties.pieceCount) {
        ties.forEachTie(in: piece) { source, target in
          own[Int(source &>> shift)] &+= 1
          if bothWays { own[Int(target &>> shift)] &+= 1 }
        }
      }
      return counts
    }
  }

  /// Where the voices of each part and bucket go.
  private struct Deal {
    let counts: [[UInt32]]
    /// Where each bucket starts among all voices.
    var starts: [Int] = [0]

    init(_ counts: [[UInt32]], bucketCount: Int) {
      self.counts = counts
      for bucket in 0..<bucketCount {
        starts.append(starts[bucket] + counts.reduce(0) { $0 + Int($1[bucket]) })
      }
    }

    /// The next round: buckets from `first` on that hold up to `size` voices together, at least one.
    func round(from first: Int, size: Int) -> Range<Int> {
      var last = first + 1
      while last < starts.count - 1 && starts[last + 1] - starts[first] <= size { last += 1 }
      return first..<last
    }

    /// Where each bucket of a round starts for a part, counted from the round's start.
    func places(of part: Int, _ buckets: Range<Int>) -> [Int] {
      buckets.map { bucket in
        starts[bucket] - starts[buckets.lowerBound] + counts[..<part].reduce(0) { $0 + Int($1[bucket]) }
      }
    }
  }

  /// Deals and sorts round by round; leaves each agent's number of listeners in `degrees[agent + 1]`.
  ///
  /// - Returns: the voices that each bucket kept, from its start on.
  private func sort(
    _ ties: some TieSource, _ deal: Deal, _ targets: UnsafeMutablePointer<UInt32>,
    _ degrees: UnsafeMutableBufferPointer<UInt32>
  ) -> [Int] {
    var kept = [Int]()
    // Every bucket has its own stretch of `targets` and of `degrees`.
    nonisolated(unsafe) let degrees = degrees
    nonisolated(unsafe) let targets = targets
    while kept.count < bucketCount {
      let round = deal.round(from: kept.count, size: Self.roundSize)
      let size = deal.starts[round.upperBound] - deal.starts[round.lowerBound]
      let waiting = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, size))
      defer { waiting.deallocate() }
      machine_prefer_huge_pages(waiting, 8 * size)
      nonisolated(unsafe) let pairs = waiting
      distribute(ties, deal, round, pairs)
      kept += Parallel.map(round.count, workers: workers, workspace: { [UInt32]() }) { next, place in
        let bucket = round.lowerBound + place
        let start = deal.starts[bucket]
        let own = UnsafeBufferPointer(
          start: pairs + (start - deal.starts[round.lowerBound]), count: deal.starts[bucket + 1] - start)
        return sortBucket(bucket, own, &next, targets + start, degrees)
      }
    }
    return kept
  }

  /// Puts the voices of a round into their buckets, as speaker << 32 | listener, each bucket in the order of the ties.
  private func distribute(
    _ ties: some TieSource, _ deal: Deal, _ round: Range<Int>, _ pairs: UnsafeMutablePointer<UInt64>
  ) {
    let (shift, bothWays, parts) = (UInt32(shift), bothWays, partCount)
    let (first, count) = (UInt32(round.lowerBound), UInt32(round.count))
    // Parts write to places of their own, counted beforehand.
    nonisolated(unsafe) let pairs = pairs
    Parallel.forEach(parts, workers: workers) { part in
      var places = deal.places(of: part, round)
      places.withUnsafeMutableBufferPointer { next in
        for piece in pieces(of: part, parts, ties.pieceCount) {
          ties.forEachTie(in: piece) { source, target in
            let own = source &>> shift &- first
            if own < count {
              pairs[next[Int(own)]] = UInt64(source) << 32 | UInt64(target)
              next[Int(own)] &+= 1
            }
            guard bothWays else { return }
            let other = target &>> shift &- first
            if other < count {
              pairs[next[Int(other)]] = UInt64(target) << 32 | UInt64(source)
              next[Int(other)] &+= 1
            }
          }
        }
      }
    }
  }

  /// The rows of one bucket, from `targets` on, sorted and without repeats.
  ///
  /// - Parameter next: scratch of the worker.
  /// - Returns: the voices kept.
  private func sortBucket(
    _ bucket: Int, _ pairs: UnsafeBufferPointer<UInt64>, _ next: inout [UInt32],
    _ targets: UnsafeMutablePointer<UInt32>, _ degrees: UnsafeMutableBufferPointer<UInt32>
  ) -> Int {
    let agents = bucket << shift..<min(agentCount, (bucket + 1) << shift)
    if next.count < agents.count { next = [UInt32](repeating: 0, count: 1 << shift) }
    return next.withUnsafeMutableBufferPointer { next in
      next.update(repeating: 0)
      for pair in pairs { next[Int(pair >> 32) &- agents.lowerBound] &+= 1 }
      var start: UInt32 = 0
      for place in 0..<agents.count { (next[place], start) = (start, start &+ next[place]) }
      for pair in pairs {
        let place = Int(pair >> 32) &- agents.lowerBound
        targets[Int(next[place])] = UInt32(truncatingIfNeeded: pair)
        next[place] &+= 1
      }
      var (free, begin) = (0, 0)
      for place in 0..<agents.count {
        let end = Int(next[place])
        Self.sortRow(UnsafeMutableBufferPointer(start: targets + begin, count: end - begin))
        let row = free
        for voice in begin..<end where free == row || targets[free - 1] != targets[voice] {
          targets[free] = targets[voice]
          free += 1
        }
        degrees[agents.lowerBound + place + 1] = UInt32(truncatingIfNeeded: free - row)
        begin = end
      }
      return free
    }
  }

  /// By insertion where the row is short, as most are, and often nearly in order.
  @inline(__always)
  static func sortRow(_ row: UnsafeMutableBufferPointer<UInt32>) {
    guard row.count <= 40 else {
      var row = row
      row.sort()
      return
    }
    for place in stride(from: 1, to: row.count, by: 1) {
      let target = row[place]
      var hole = place
      while hole > 0 && row[hole - 1] > target {
        row[hole] = row[hole - 1]
        hole -= 1
      }
      row[hole] = target
    }
  }

  /// Moves what the buckets kept together.
  ///
  /// - Returns: the number of voices.
  private static func closeGaps(_ targets: UnsafeMutablePointer<UInt32>, _ deal: Deal, _ sizes: [Int]) -> Int {
    var free = 0
    for (bucket, size) in sizes.enumerated() {
      if free < deal.starts[bucket] { (targets + free).update(from: targets + deal.starts[bucket], count: size) }
      free += size
    }
    return free
  }
}
