internal import CMachine

/// Ties sorted into rows without repeats, by several workers; the result depends on the set of ties alone.
///
/// Voices are first dealt into buckets of consecutive speakers, each small enough for a core's own cache; then each
/// bucket is sorted by speaker, and each row by listener. The listeners of a bucket are dealt into the stretch of
/// `targets` that its rows will fill; their speakers, counted from the bucket's first, into a parallel array. Large
/// networks are dealt in rounds, to keep that array small. Small networks are left to `SmallRows`.
struct RowSort {
  private(set) var offsets: [UInt32]
  private(set) var targets: [UInt32] = []

  /// Most voices of a bucket on average; and most voices and agents of a small network.
  private static let bucketSize = 1 << 16
  private static let smallSize = 1 << 18
  /// Log₂ of the most speakers of a bucket: the speaker of a voice is stored in 16 bits.
  private static let widest = 16
  /// Voices that are dealt at once; larger networks are dealt in rounds of an eighth.
  private static let roundSize = 1 << 24

  private let agentCount: Int
  private let workers: Int
  private let bothWays: Bool
  /// The bucket of a speaker is its id >> shift.
  private let shift: Int
  private let bucketCount: Int

  /// - Parameter bothWays: whether a tie is a voice in each direction, as in undirected networks.
  /// - Precondition: fewer than 2³² − 1 voices, ids below `agentCount`.
  init(_ ties: some TieSource, agentCount: Int, bothWays: Bool, workers: Int) {
    (self.agentCount, self.workers, self.bothWays) = (agentCount, workers, bothWays)
    let voices = (bothWays ? 2 : 1) * ties.tieCount
    precondition(voices < Int(UInt32.max), "a stored network holds fewer than 2³² voices")
    var shift = Self.widest
    while shift > 0 && agentCount >> shift < voices / Self.bucketSize { shift -= 1 }
    self.shift = shift
    bucketCount = agentCount == 0 ? 0 : (agentCount - 1) >> shift + 1
    guard voices > Self.smallSize || agentCount > Self.smallSize else {
      let rows = SmallRows(ties, agentCount: agentCount, bothWays: bothWays)
      (offsets, targets) = (rows.offsets, rows.targets)
      return
    }
    offsets = [UInt32](repeating: 0, count: agentCount + 1)
    guard voices > 0 else { return }
    var offsets = offsets
    targets = [UInt32](unsafeUninitializedCapacity: voices) { targets, count in
      guard let base = targets.baseAddress else { return }
      machine_prefer_huge_pages(base, 4 * voices)
      count = offsets.withUnsafeMutableBufferPointer { degrees in
        sort(ties, base, degrees)
      }
    }
    for agent in 0..<agentCount { offsets[agent + 1] &+= offsets[agent] }
    self.offsets = offsets
  }

  /// Calls `body` for each voice of a piece of ties.
  @inline(__always)
  private func forEachVoice(
    _ ties: some TieSource, _ piece: Int, _ body: (_ speaker: UInt32, _ listener: UInt32) -> Void
  ) {
    ties.forEachTie(in: piece) { source, target in
      body(source, target)
      if bothWays { body(target, source) }
    }
  }

  /// Deals and sorts, round by round; leaves each agent's number of listeners in `degrees[agent + 1]`.
  ///
  /// - Returns: the number of voices kept, at the beginning of `targets`.
  private func sort(
    _ ties: some TieSource, _ targets: UnsafeMutablePointer<UInt32>, _ degrees: UnsafeMutableBufferPointer<UInt32>
  ) -> Int {
    let deal = Deal(counts(ties), bucketCount: bucketCount)
    let rounds = deal.rounds(size: deal.voiceCount <= Self.roundSize ? deal.voiceCount : deal.voiceCount / 8)
    let capacity = rounds.reduce(0) { max($0, deal.size($1)) }
    let waiting = UnsafeMutablePointer<UInt16>.allocate(capacity: capacity)
    defer { waiting.deallocate() }
    machine_prefer_huge_pages(waiting, 2 * capacity)
    // Each bucket writes only its own stretch of each.
    nonisolated(unsafe) let (speakers, targets, degrees) = (waiting, targets, degrees)
    var kept = [Int]()
    for round in rounds {
      distribute(ties, deal, round, speakers, targets)
      kept += Parallel.map(round.count, workers: workers, workspace: { Scratch() }) { scratch, place in
        let number = round.lowerBound + place
        let start = deal.starts[number]
        let bucket = Bucket(
          agents: number << shift..<min(agentCount, (number + 1) << shift), count: deal.size(number..<number + 1),
          speakers: speakers + (start - deal.starts[round.lowerBound]), targets: targets + start)
        return sort(bucket, degrees, &scratch)
      }
    }
    return Self.closeGaps(targets, deal, kept)
  }

  /// The voices of a bucket, as dealt.
  private struct Bucket {
    let agents: Range<Int>
    let count: Int
    /// Counted from the first of `agents`.
    let speakers: UnsafeMutablePointer<UInt16>
    /// The listeners, where the rows are to be.
    let targets: UnsafeMutablePointer<UInt32>
  }

  /// Buffers of one worker: where rows begin, and the listeners as dealt.
  private struct Scratch {
    var next: [UInt32] = []
    var listeners: [UInt32] = []
  }

  // MARK: Dealing

  /// Several parts per worker, to balance the load.
  private var partCount: Int { workers == 1 ? 1 : 4 * workers }

  private func pieces(of part: Int, _ ties: some TieSource) -> Range<Int> {
    part * ties.pieceCount / partCount..<(part + 1) * ties.pieceCount / partCount
  }

  /// The number of voices of each part in each bucket.
  private func counts(_ ties: some TieSource) -> [[UInt32]] {
    let (shift, buckets) = (UInt32(shift), bucketCount)
    return Parallel.map(partCount, workers: workers) { part in
      var counts = [UInt32](repeating: 0, count: buckets)
      counts.withUnsafeMutableBufferPointer { counts in
        for piece in pieces(of: part, ties) {
          forEachVoice(ties, piece) { speaker, _ in counts[Int(speaker &>> shift)] &+= 1 }
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

    var voiceCount: Int { starts[starts.count - 1] }

    func size(_ buckets: Range<Int>) -> Int { starts[buckets.upperBound] - starts[buckets.lowerBound] }

    /// Runs of consecutive buckets with up to `size` voices, at least one bucket each.
    func rounds(size: Int) -> [Range<Int>] {
      var rounds = [Range<Int>]()
      while let first = rounds.isEmpty ? 0 : rounds.last?.upperBound, first < starts.count - 1 {
        var last = first + 1
        while last < starts.count - 1 && self.size(first..<last + 1) <= size { last += 1 }
        rounds.append(first..<last)
      }
      return rounds
    }

    /// Where the voices of a part begin in each bucket.
    func places(of part: Int, _ buckets: Range<Int>) -> [Int] {
      buckets.map { bucket in starts[bucket] + counts[..<part].reduce(0) { $0 + Int($1[bucket]) } }
    }
  }

  /// Deals the voices of a round into their buckets, each bucket in the order of the ties.
  private func distribute(
    _ ties: some TieSource, _ deal: Deal, _ round: Range<Int>, _ speakers: UnsafeMutablePointer<UInt16>,
    _ targets: UnsafeMutablePointer<UInt32>
  ) {
    let (shift, first, count) = (UInt32(shift), UInt32(round.lowerBound), UInt32(round.count))
    let mask = UInt32(1) << shift - 1
    let start = deal.starts[round.lowerBound]
    // Each part writes only to its own places, counted beforehand.
    nonisolated(unsafe) let (speakers, targets) = (speakers, targets)
    Parallel.forEach(partCount, workers: workers) { part in
      var places = deal.places(of: part, round)
      places.withUnsafeMutableBufferPointer { next in
        for piece in pieces(of: part, ties) {
          forEachVoice(ties, piece) { speaker, listener in
            let bucket = Int(speaker &>> shift &- first)
            guard bucket < count else { return }
            let place = next[bucket]
            next[bucket] = place &+ 1
            targets[place] = listener
            speakers[place &- start] = UInt16(truncatingIfNeeded: speaker & mask)
          }
        }
      }
    }
  }

  // MARK: Sorting

  /// Sorts one bucket into rows, from `targets` on.
  ///
  /// - Returns: the number of voices kept.
  private func sort(
    _ bucket: Bucket, _ degrees: UnsafeMutableBufferPointer<UInt32>, _ scratch: inout Scratch
  ) -> Int {
    let (agents, count, speakers, targets) = (bucket.agents, bucket.count, bucket.speakers, bucket.targets)
    if scratch.next.isEmpty { scratch.next = [UInt32](repeating: 0, count: 1 << shift) }
    if scratch.listeners.count < count { scratch.listeners = [UInt32](repeating: 0, count: count + count / 8) }
    return scratch.next.withUnsafeMutableBufferPointer { all in
      let next = UnsafeMutableBufferPointer(rebasing: all[..<agents.count])
      next.update(repeating: 0)
      for voice in 0..<count { next[Int(speakers[voice])] &+= 1 }
      Self.startRows(next)
      scratch.listeners.withUnsafeMutableBufferPointer { listeners in
        listeners.baseAddress?.update(from: targets, count: count)
        for voice in 0..<count {
          let speaker = Int(speakers[voice])
          let place = next[speaker]
          next[speaker] = place &+ 1
          targets[Int(place)] = listeners[voice]
        }
      }
      return Self.finishRows(agents, ends: next, targets, degrees)
    }
  }

  /// Turns the size of each row into its start.
  private static func startRows(_ next: UnsafeMutableBufferPointer<UInt32>) {
    var start: UInt32 = 0
    for place in next.indices { (next[place], start) = (start, start &+ next[place]) }
  }

  /// Sorts the rows of `agents` and drops repeats.
  ///
  /// - Returns: the number of voices kept, from the first on.
  private static func finishRows(
    _ agents: Range<Int>, ends: UnsafeMutableBufferPointer<UInt32>, _ targets: UnsafeMutablePointer<UInt32>,
    _ degrees: UnsafeMutableBufferPointer<UInt32>
  ) -> Int {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: agents.count) { isOdd in
      machine_sort_rows(targets, ends.baseAddress, isOdd.baseAddress, agents.count)
      var (free, begin) = (0, 0)
      for place in 0..<agents.count {
        let end = Int(ends[place])
        let row = free
        if free == begin && isOdd[place] == 0 {
          free = end
        } else {
          let own = UnsafeMutableBufferPointer(start: targets + begin, count: end &- begin)
          if own.count > longest { sortLong(own) }
          for voice in begin..<end where free == row || targets[free &- 1] != targets[voice] {
            targets[free] = targets[voice]
            free &+= 1
          }
        }
        degrees[agents.lowerBound &+ place &+ 1] = UInt32(truncatingIfNeeded: free &- row)
        begin = end
      }
      return free
    }
  }

  /// The longest row that `machine_sort_rows` sorts.
  private static let longest = 32

  private static func sortLong(_ row: UnsafeMutableBufferPointer<UInt32>) {
    var row = row
    row.sort()
  }

  /// Sorts the row of `targets` from `start` on.
  static func sortRow(_ targets: inout [UInt32], from start: Int) {
    targets.withUnsafeMutableBufferPointer { targets in
      let row = UnsafeMutableBufferPointer(rebasing: targets[start...])
      var end = UInt32(truncatingIfNeeded: row.count)
      var isOdd: UInt8 = 0
      if row.count > longest { sortLong(row) } else { machine_sort_rows(row.baseAddress, &end, &isOdd, 1) }
    }
  }

  /// Closes the gaps that dropped repeats left.
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
