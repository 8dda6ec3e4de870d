internal import CMachine

/// The listeners of a batch of speakers in one array, so that no branch of the loop over them depends on row lengths.
struct RowBatch: Sendable {
  /// Listeners per batch: few enough that the copies stay in the L1 cache.
  private static let size = 2048
  /// How many listeners ahead to prefetch.
  static let ahead = 64

  /// Entries beyond `count` are only prefetched.
  private(set) var listeners: [UInt32] = []
  /// The exposure of each voice, parallel to `listeners`; unused if all are equal.
  private(set) var given: [UInt64] = []
  private(set) var count = 0

  init() {}

  /// Copies the rows of the speakers in `queue[head..<end]`, as many as fit, at least one, and advances `head`.
  ///
  /// - Parameters:
  ///   - known: end of the known speakers, whose rows are prefetched.
  ///   - exposures: parallel to the network's targets; empty if all voices give the same.
  @inline(__always)
  mutating func take(
    _ queue: [UInt32], _ head: inout Int, _ end: Int, known: Int, of network: borrowing Network,
    exposures: [UInt64] = []
  ) {
    let speaker = Int(queue[head])
    let most = max(Self.size, Int(network.offsets[speaker + 1]) - Int(network.offsets[speaker])) + Self.ahead
    if listeners.count < most { listeners = [UInt32](repeating: 0, count: most) }
    // `given` may still be short after a network without exposures.
    if !exposures.isEmpty && given.count < listeners.count { given = [UInt64](repeating: 0, count: listeners.count) }
    let room = listeners.count - Self.ahead
    var taken = 0
    count = machine_gather_rows(
      &listeners, room, queue, head, end, known, network.offsets, network.targets, network.targets.count, &taken)
    if !exposures.isEmpty {
      machine_gather_wide_rows(
        &given, room, queue, head, head + taken, known, network.offsets, exposures, exposures.count)
    }
    head += taken
  }
}
