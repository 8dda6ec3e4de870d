internal import CMachine

/// The listeners of a batch of speakers, copied one after the other: a loop over them has no branch that depends on how
/// many ties somebody has.
struct RowBatch: Sendable {
  /// Listeners of a batch: what they miss stays in the nearest cache while it is asked for and read.
  private static let size = 2048
  /// Listeners ahead of the one that is being told whose state is asked for.
  static let ahead = 64

  /// Beyond `count` stand agents that are asked for in vain.
  private(set) var listeners: [UInt32] = []
  /// What each voice gives, parallel to `listeners`, where voices differ.
  private(set) var given: [UInt64] = []
  private(set) var count = 0

  init() {}

  /// Takes the rows of speakers from `queue[head]` on, but not from `end` on, as many as fit, at least one.
  ///
  /// - Parameters:
  ///   - known: speakers known beyond `end`, whose rows are asked for.
  ///   - exposures: parallel to the network's targets; empty where all voices give the same.
  @inline(__always)
  mutating func take(
    _ queue: Span<UInt32>, _ head: inout Int, _ end: Int, known: Int, of network: borrowing Network,
    exposures: [UInt64] = []
  ) {
    let speaker = Int(queue[head])
    let most = max(Self.size, Int(network.offsets[speaker + 1]) - Int(network.offsets[speaker])) + Self.ahead
    if listeners.count < most { listeners = [UInt32](repeating: 0, count: most) }
    // Its own condition: an earlier network may have had voices that are all equal, or none.
    if !exposures.isEmpty && given.count < listeners.count { given = [UInt64](repeating: 0, count: listeners.count) }
    let room = listeners.count - Self.ahead
    var taken = 0
    queue.withUnsafeBufferPointer { queue in
      guard let speakers = queue.baseAddress.map({ $0 + head }) else { return }
      count = machine_gather_rows(
        &listeners, room, speakers, end - head, known - head, network.offsets, network.targets, network.targets.count,
        &taken)
      guard !exposures.isEmpty else { return }
      machine_gather_wide_rows(
        &given, room, speakers, taken, known - head, network.offsets, exposures, exposures.count)
    }
    head += taken
  }
}
