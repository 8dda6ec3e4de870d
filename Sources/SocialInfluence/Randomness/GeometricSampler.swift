internal import CMachine
private import Synchronization

/// Geometric numbers by a table: the same numbers as `failures(spacing:)`, several times faster.
///
/// The words are cut into slots by their highest bits. Where all words of a slot give one of two neighboring numbers, one
/// comparison with the exact cut between them decides; the others, deep in the tail, take the logarithm. Cuts are found
/// with the logarithm itself, so that the table changes no bit.
package struct GeometricSampler: Sendable {
  private static let slotBits = 10
  private static let shift = 64 - slotBits
  /// Numbers that a slot can hold lie below.
  private static let largest = 1 << slotBits - 1
  /// The lesser number of each slot in the highest bits, and below them where its words begin to stand for it: words of the
  /// slot that lie below stand for one more. In the tail only the number counts: the least that any word stands for.
  private(set) var slots: [UInt64] = []
  /// Slots from here on are decided by their cut.
  private var firstExact = 0
  private let spacing: Double
  /// Every word of a number below this is decided by its cut; words of greater numbers give at least this.
  let tail: Int

  /// - Parameter hazard: −ln(1 − p), above 0; infinite gives 0 always.
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
        // Numbers fall from slot to slot: the last of these has the least.
        (firstExact, tail) = (slot + 1, min(least, Self.largest))
        slots.append(number)
        continue
      }
      // The first word with the lesser number.
      var (low, high) = (first, most == least ? first : last)
      while low < high {
        let middle = low + (high - low) / 2
        if middle.failures(spacing: spacing) == least { high = middle } else { low = middle + 1 }
      }
      slots.append(number | low & (size - 1))
    }
    self.tail = tail
  }

  /// The failures before the first success that `word` stands for.
  @inline(__always)
  package func failures(_ word: UInt64) -> Int {
    let slot = Int(truncatingIfNeeded: word >> UInt64(Self.shift))
    guard slot >= firstExact else { return word.failures(spacing: spacing) }
    let number = Int(truncatingIfNeeded: slots[slot] >> UInt64(Self.shift))
    let within = UInt64(1) << UInt64(Self.shift) - 1
    return number + (word & within < slots[slot] & within ? 1 : 0)
  }
}

/// The tables of the last few hazards: every point and arm of a scenario names its own rule, mostly with the same p. What is
/// kept changes nothing but time and memory.
private final class GeometricSamplers: Sendable {
  // A class because all readers share it.
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
