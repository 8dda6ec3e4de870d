/// A set of pairs of agents for membership tests: open addressing with linear probing, one word per pair.
///
/// Its order is never read. Removal shifts the chain back, because tombstones would pile up over millions of switches.
package struct PairSet {
  private var slots: [UInt64]
  private let mask: Int
  private static let free = UInt64.max

  /// Room for `capacity` pairs at a time.
  init(capacity: Int) {
    let size = Self.slotCount(capacity: capacity)
    slots = [UInt64](repeating: Self.free, count: size)
    slots.useHugePages()
    mask = size - 1
  }

  private static func slotCount(capacity: Int) -> Int {
    var size = 16
    while size < 2 * capacity { size *= 2 }
    return size
  }

  /// Bytes of a set with room for `capacity` pairs.
  package static func byteCount(capacity: Int) -> Int { slotCount(capacity: capacity) * MemoryLayout<UInt64>.size }

  /// Inserts the unordered pair; false if it was there already.
  package mutating func insert(_ a: Int, _ b: Int) -> Bool { insert(Self.unordered(a, b)) }
  package func contains(_ a: Int, _ b: Int) -> Bool { contains(Self.unordered(a, b)) }
  package mutating func remove(_ a: Int, _ b: Int) { remove(Self.unordered(a, b)) }

  /// Prefetches the home slot of the unordered pair.
  @inline(__always)
  func prefetch(_ a: Int, _ b: Int) { slots.prefetch(home(Self.unordered(a, b))) }

  /// The same for ordered pairs: arrows instead of ties.
  mutating func insertArrow(_ a: Int, _ b: Int) -> Bool { insert(Self.ordered(a, b)) }
  func containsArrow(_ a: Int, _ b: Int) -> Bool { contains(Self.ordered(a, b)) }
  mutating func removeArrow(_ a: Int, _ b: Int) { remove(Self.ordered(a, b)) }

  private mutating func insert(_ pair: UInt64) -> Bool {
    var slot = home(pair)
    while slots[slot] != Self.free {
      if slots[slot] == pair { return false }
      slot = (slot + 1) & mask
    }
    slots[slot] = pair
    return true
  }

  private func contains(_ pair: UInt64) -> Bool {
    var slot = home(pair)
    while slots[slot] != Self.free {
      if slots[slot] == pair { return true }
      slot = (slot + 1) & mask
    }
    return false
  }

  private mutating func remove(_ pair: UInt64) {
    var hole = home(pair)
    while slots[hole] != pair {
      if slots[hole] == Self.free { return }
      hole = (hole + 1) & mask
    }
    var next = hole
    while true {
      next = (next + 1) & mask
      if slots[next] == Self.free { break }
      // A pair may move into the hole unless its home lies between the hole and its slot.
      if (next &- home(slots[next])) & mask >= (next &- hole) & mask {
        slots[hole] = slots[next]
        hole = next
      }
    }
    slots[hole] = Self.free
  }

  private func home(_ pair: UInt64) -> Int {
    let mixed = (pair ^ pair >> 29) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 20) & mask
  }

  private static func ordered(_ a: Int, _ b: Int) -> UInt64 { UInt64(a) << 32 | UInt64(b) }
  private static func unordered(_ a: Int, _ b: Int) -> UInt64 { ordered(min(a, b), max(a, b)) }
}
