#if PLANTED_ERRORS
  internal import CMachine
#endif

/// Errors that a test build commits on purpose, one at a time, so that `verify` can be seen to catch them. In every other
/// build none of this exists.
package enum PlantedError: String, CaseIterable, Sendable {
  /// "More than" where the threshold says "at least".
  case moreThan
  /// Coins that succeed too often by .01.
  case biasedCoin
  /// The last tie of each agent carries nothing.
  case lastTieSkipped
  /// Directed ties point the other way.
  case arrowsReversed
  /// Sizes without the seeds.
  case seedsNotCounted
  /// A fractional need taken from the ties by which an agent speaks.
  case needFromOutDegree
  /// Needs drawn from the stream of seeding.
  case sharedStream
  /// Replicate r + 1 equal to replicate r.
  case repeatedReplicate
  /// A step that sees its own adopters.
  case sightWithinStep
}

package enum Planted {
  #if PLANTED_ERRORS
    /// The error named by the environment variable INFLUENTS_PLANT; none where it is not set.
    private static let chosen: PlantedError? = machine_environment("INFLUENTS_PLANT").flatMap {
      PlantedError(rawValue: String(cString: $0))
    }

    package static func has(_ error: PlantedError) -> Bool { chosen == error }
  #else
    @inline(__always) package static func has(_ error: PlantedError) -> Bool { false }
  #endif

  /// The places of a speaker's voices.
  @inline(__always) static func row(_ start: Int, _ end: Int) -> Range<Int> {
    start..<(has(.lastTieSkipped) ? max(start, end - 1) : end)
  }
}
