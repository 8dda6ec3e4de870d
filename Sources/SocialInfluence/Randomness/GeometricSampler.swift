internal import CMachine
private import Synchronization

/// Geometric numbers from a table: the same numbers as `failures(spacing:)`, several times faster.
///
/// The highest bits of a word choose a slot. If all words of a slot give one of two neighboring numbers, one comparison
/// with the exact cut between them decides; words deep in the tail take the logarithm. Cuts are found with the
/// logarithm itself, so that the table changes no bit.
package struct GeometricSampler: Sendable {
  private static let slotBits = 10
  private static let shift = 64 - slotBits
  /// A slot holds smaller numbers than this.
  private static let largest = 1 << slotBits - 1
  /// Per slot: its smaller number in the highest bits, below them the cut: words of the slot below the cut give one
  /// more. In the tail the number is the least that any word gives, and there is no cut.
  private(set) var slots: [UInt64] = []
  /// The first slot with a cut; all later ones have one.
  private var firstExact = 0
  private let spacing: Double
  /// Words that give less than this are decided by a cut; words of the tail give at least this.
  let tail: Int

  /// - Parameter hazard: −ln(1 − p), above 0; infinity always gives 0.
  init(hazard: Double) { self = GeometricSamplers.shared.sampler(hazard: hazard) }

  fileprivate init(making hazard: Double) {
    let spacing = 1 / hazard
    self.spacing = spacing
    let size = UInt64(1) << UInt64(Self.shift)
    var tail = Int.max
    for slot in 0..<1 << Self.slotBits {
      let first = UInt64(slot) * size
      let last = first + (size - 1)
      let (most, least) = (first.failures(spacing: spacing), last.failures(spacing: spacing))
      let number = UInt64(min(least, Self.largest)) << UInt64(Self.shift)
      guard most - least <= 1 && least < Self.largest else {
        // Numbers fall from slot to slot: the last tail slot has the least.
        (firstExact, tail) = (slot + 1, min(least, Self.largest))
        slots.append(number)
        continue
      }
      // The first word that gives the smaller number.
      var (low, high) = (first, most == least ? first : last)
      while low < high {
        let middle = low + (high - low) / 2
        if middle.failures(spacing: spacing) == least { high = middle } else { low = middle + 1 }
      }
      slots.append(number | low & (size - 1))
    }
    self.tail = tail
  }

  /// The number of failures before the first success, from `word`.
  @inline(__always)
  package func failures(_ word: UInt64) -> Int {
    let slot = Int(truncatingIfNeeded: word >> UInt64(Self.shift))
    guard slot >= firstExact else { return word.failures(spacing: spacing) }
    let number = Int(truncatingIfNeeded: slots[slot] >> UInt64(Self.shift))
    let within = UInt64(1) << UInt64(Self.shift) - 1
    return number + (word & within < slots[slot] & within ? 1 : 0)
  }
}

/// A cache of the tables of the last few hazards: every point and arm of a scenario has its own rule, mostly with the
/// same p.
private final class GeometricSamplers: Sendable {
  // A class, because all readers share it.
  static let shared = GeometricSamplers()
  private static let most = 16
  private let known = Mutex<[(hazard: Double, sampler: GeometricSampler)]>([])

  func sampler(hazard: Double) -> GeometricSampler {
    if let found = known.withLock({ $0.first { $0.hazard == hazard }?.sampler }) { return found }
    let sampler = GeometricSampler(making: hazard)
    known.withLock { known in
      if known.count == Self.most { known.removeFirst() }
      known.append((hazard, sampler))
    }
    return sampler
  }
}
