private import Synchronization

/// A wide step of coins by ties: speakers are shared out among workers, each marks whom it convinces in a set of its own,
/// and whoever is newly marked is read off in order of ids. The result does not depend on the number of workers.
struct WideStep: Sendable {
  /// Threads inside a step.
  var workers = 1
  private var batches: [SkipBatches] = []
  /// Whom each worker marked, a bit an agent, one worker's words after the other's; nobody between steps.
  private var marks: [UInt64] = []

  /// Speakers that a worker claims at a time.
  private static let speakersEach = 1 << 12

  /// The speakers at `queue[speakers]` speak once along each tie; who is convinced stands from `speakers.upperBound` on.
  ///
  /// - Returns: the end of the newcomers.
  mutating func speak(
    _ queue: inout [UInt32], _ speakers: Range<Int>, on network: Network, _ sampler: GeometricSampler,
    at address: RandomAddress, _ hasAdopted: inout AgentSet
  ) -> Int {
    let words = hasAdopted.words.count
    if marks.count != workers * words || batches.count != workers {
      marks = [UInt64](repeating: 0, count: workers * words)
      batches = [SkipBatches](repeating: SkipBatches(), count: workers)
    }
    let pieces = (speakers.count + Self.speakersEach - 1) / Self.speakersEach
    let next = Atomic(0)
    return marks.withUnsafeMutableBufferPointer { [workers] marks in
      guard let base = marks.baseAddress else { return speakers.upperBound }
      batches.withUnsafeMutableBufferPointer { [queue] batches in
        // Every worker has its own.
        nonisolated(unsafe) let (base, batches) = (base, batches)
        Parallel.forEach(workers, workers: workers) { worker in
          while true {
            let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard piece < pieces else { return }
            let first = speakers.lowerBound + piece * Self.speakersEach
            batches[worker].speak(
              queue, first..<min(speakers.upperBound, first + Self.speakersEach), on: network, sampler, at: address,
              marking: base + worker * words)
          }
        }
      }
      return hasAdopted.words.withUnsafeMutableBufferPointer { adopted in
        Self.readOff(base, adopted, workers: workers, into: &queue, from: speakers.upperBound)
      }
    }
  }

  /// Lets everybody adopt who is marked and has not, written to `queue` from `start` on, and takes the marks away.
  ///
  /// - Returns: their end.
  private static func readOff(
    _ marks: UnsafeMutablePointer<UInt64>, _ adopted: UnsafeMutableBufferPointer<UInt64>,
    workers: Int, into queue: inout [UInt32], from start: Int
  ) -> Int {
    let count = adopted.count
    let pieces = workers == 1 ? 1 : 4 * workers
    @Sendable func words(_ piece: Int) -> Range<Int> { piece * count / pieces..<(piece + 1) * count / pieces }
    // Every piece has its own words.
    nonisolated(unsafe) let (marks, adopted) = (marks, adopted)
    // The newcomers are left in the first worker's words.
    let counts = Parallel.map(pieces, workers: workers) { piece in
      var newcomers = 0
      for word in words(piece) {
        var marked = marks[word]
        for other in 1..<max(1, workers) {
          marked |= marks[other &* count &+ word]
          marks[other &* count &+ word] = 0
        }
        marked &= ~adopted[word]
        adopted[word] |= marked
        marks[word] = marked
        newcomers &+= marked.nonzeroBitCount
      }
      return newcomers
    }
    var starts = [start]
    for count in counts { starts.append(starts[starts.count - 1] + count) }
    queue.withUnsafeMutableBufferPointer { [starts] queue in
      nonisolated(unsafe) let queue = queue
      Parallel.forEach(pieces, workers: workers) { piece in
        var free = starts[piece]
        for word in words(piece) {
          var marked = marks[word]
          guard marked != 0 else { continue }
          marks[word] = 0
          while marked != 0 {
            queue[free] = UInt32(truncatingIfNeeded: word << 6 | marked.trailingZeroBitCount)
            free &+= 1
            marked &= marked &- 1
          }
        }
      }
    }
    return starts[pieces]
  }
}
