internal import CMachine

/// Geometric numbers by a table: the same numbers as `failures(spacing:)`, several times faster.
///
/// The words are cut into slots by their highest bits. Where all words of a slot give one of two neighboring numbers, one
/// comparison with the exact cut between them decides; the others, deep in the tail, take the logarithm. Cuts are found
/// with the logarithm itself, so that the table changes no bit.
package struct GeometricSampler: Sendable {
  private static let slotBits = 10
  private static let shift = 64 - slotBits
  /// The lesser number of each slot; in the tail, the least that any of its words stands for.
  private var numbers: [UInt32] = []
  /// Words below it stand for one more.
  private var cuts: [UInt64] = []
  /// Slots from here on are decided by their cut.
  private var firstExact = 0
  private let spacing: Double
  /// Every word of a number below this is decided by its cut; words of greater numbers give at least this.
  let tail: Int

  /// - Parameter hazard: −ln(1 − p), above 0; infinite gives 0 always.
  package init(hazard: Double) {
    let spacing = 1 / hazard
    self.spacing = spacing
    let size = UInt64(1) << UInt64(Self.shift)
    var tail = Int.max
    for slot in 0..<1 << Self.slotBits {
      let first = UInt64(slot) * size
      let last = first + (size - 1)
      let (most, least) = (first.failures(spacing: spacing), last.failures(spacing: spacing))
      numbers.append(UInt32(clamping: least))
      guard most - least <= 1 && least < UInt32.max else {
        // Numbers fall from slot to slot: the last of these has the least.
        (firstExact, tail) = (slot + 1, min(least, Int(UInt32.max)))
        cuts.append(0)
        continue
      }
      // The first word with the lesser number.
      var (low, high) = (first, most == least ? first : last)
      while low < high {
        let middle = low + (high - low) / 2
        if middle.failures(spacing: spacing) == least { high = middle } else { low = middle + 1 }
      }
      cuts.append(low)
    }
    self.tail = tail
  }

  /// The failures before the first success that `word` stands for.
  @inline(__always)
  package func failures(_ word: UInt64) -> Int {
    let slot = Int(truncatingIfNeeded: word >> UInt64(Self.shift))
    guard slot >= firstExact else { return word.failures(spacing: spacing) }
    return Int(numbers[slot]) + (word < cuts[slot] ? 1 : 0)
  }

  /// The failures of the words at `places`, several at once; those of `tail` and more are only known to be that.
  func fill(_ skips: inout [UInt32], from words: [UInt64], _ places: Range<Int>) {
    precondition(places.lowerBound >= 0 && places.upperBound <= min(words.count, skips.count), "words for every skip")
    skips.withUnsafeMutableBufferPointer { skips in
      words.withUnsafeBufferPointer { words in
        guard let base = skips.baseAddress, let drawn = words.baseAddress else { return }
        machine_table_skips(
          base + places.lowerBound, drawn + places.lowerBound, numbers, cuts, UInt32(truncatingIfNeeded: Self.shift),
          places.count)
      }
    }
  }
}
