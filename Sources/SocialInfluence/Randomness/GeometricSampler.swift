/// Geometric numbers by a table: the same numbers as `failures(spacing:)`, several times faster.
///
/// The words are cut into slots by their highest bits. Where all words of a slot give one of two neighboring numbers, one
/// comparison with the exact cut between them decides; the others, deep in the tail, take the logarithm. Cuts are found
/// with the logarithm itself, so that the table changes no bit.
package struct GeometricSampler: Sendable {
  private struct Slot {
    /// The lesser number; the greater one below `cut`. Negative where a logarithm must decide.
    var number: Int32
    var cut: UInt64
  }

  private static let slotBits: UInt64 = 8
  private let slots: [Slot]
  private let spacing: Double

  /// - Parameter hazard: −ln(1 − p), above 0; infinite gives 0 always.
  package init(hazard: Double) {
    spacing = 1 / hazard
    let size = UInt64(1) << (64 - Self.slotBits)
    var slots = [Slot]()
    slots.reserveCapacity(1 << Self.slotBits)
    for slot in 0..<UInt64(1) << Self.slotBits {
      let first = slot * size
      let (most, least) = (first.failures(spacing: spacing), (first + (size - 1)).failures(spacing: spacing))
      guard most - least <= 1 && least < Int32.max else {
        slots.append(Slot(number: -1, cut: 0))
        continue
      }
      // The first word of the slot with the lesser number.
      var (low, high) = (first, first + (size - 1))
      while low < high {
        let middle = low + (high - low) / 2
        if middle.failures(spacing: spacing) == least { high = middle } else { low = middle + 1 }
      }
      slots.append(Slot(number: Int32(least), cut: low))
    }
    self.slots = slots
  }

  /// The failures before the first success that `word` stands for.
  @inline(__always)
  package func failures(_ word: UInt64) -> Int {
    let slot = slots[Int(truncatingIfNeeded: word >> (64 - Self.slotBits))]
    guard slot.number >= 0 else { return word.failures(spacing: spacing) }
    return Int(slot.number) + (word < slot.cut ? 1 : 0)
  }
}
