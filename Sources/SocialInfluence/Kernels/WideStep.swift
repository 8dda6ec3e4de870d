internal import CMachine
private import Synchronization

/// A wide step of coins by ties: workers share the speakers, each marks the agents it convinces in a set of its own,
/// and the newly marked adopt in order of ids. The result does not depend on the number of workers.
struct WideStep: Sendable {
  /// Threads per step.
  var workers = 1
  private var batches: [SkipBatches] = []
  /// The agents that each worker marked, one bit per agent, one worker's words after the other's; none between steps.
  private var marks: [UInt64] = []

  /// Speakers that a worker claims at a time.
  private static let speakersEach = 1 << 12

  /// The speakers at `queue[speakers]` speak once along each tie; new adopters are written from `speakers.upperBound`
  /// on.
  ///
  /// - Returns: the end of the new adopters.
  mutating func speak(
    _ queue: inout [UInt32], _ speakers: Range<Int>, on network: Network,
    _ sampler: GeometricSampler,
    at address: RandomAddress, _ hasAdopted: inout AgentSet
  ) -> Int {
    let words = hasAdopted.words.count
    if marks.count != workers * words || batches.count != workers {
      marks = [UInt64](repeating: 0, count: workers * words)
      batches = [SkipBatches](repeating: SkipBatches(), count: workers)
    }
    let pieces = (speakers.count + Self.speakersEach - 1) / Self.speakersEach
    let next = Atomic(0)
    marks.lend { [workers] marks in
      batches.lend { [queue] batches in
        Parallel.forEach(workers, workers: workers) { worker in
          let own = marks[worker * words..<(worker + 1) * words]
          while true {
            let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard piece < pieces else { return }
            let first = speakers.lowerBound + piece * Self.speakersEach
            batches[worker].speak(
              queue, first..<min(speakers.upperBound, first + Self.speakersEach), on: network,
              sampler, at: address, marking: own)
          }
        }
      }
    }
    return readOff(into: &queue, from: speakers.upperBound, &hasAdopted)
  }

  /// Marked agents that have not adopted do so, in `queue` from `start` on; clears all marks.
  ///
  /// - Returns: the end of the new adopters.
  private mutating func readOff(into queue: inout [UInt32], from start: Int, _ hasAdopted: inout AgentSet) -> Int {
    let (workers, count) = (workers, hasAdopted.words.count)
    let pieces = workers == 1 ? 1 : 4 * workers
    @Sendable func words(_ piece: Int) -> Range<Int> {
      piece * count / pieces..<(piece + 1) * count / pieces
    }
    return marks.lend { marks in
      // The new adopters are left in the first worker's words.
      let counts = hasAdopted.words.lend { adopted in
        Parallel.map(pieces, workers: workers) { piece in
          let own = words(piece)
          return machine_adopt_marked(marks[own].start, adopted[own].start, workers - 1, count, own.count)
        }
      }
      var starts = [start]
      for count in counts { starts.append(starts[starts.count - 1] + count) }
      queue.lend { [starts] queue in
        Parallel.forEach(pieces, workers: workers) { piece in
          let (own, free) = (words(piece), queue[starts[piece]..<starts[piece + 1]])
          machine_take_members(
            free.start, free.count, marks[own].start, UInt32(truncatingIfNeeded: own.lowerBound << 6), own.count)
        }
      }
      return starts[pieces]
    }
  }
}
