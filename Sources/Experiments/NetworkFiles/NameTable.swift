/// Ids of a network file in the order of their first appearance: text to number and back.
package struct NameTable: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var slots: [UInt32]
  private static let free = UInt32.max

  package init() { slots = [UInt32](repeating: Self.free, count: 1024) }

  package var count: Int { ends.count }

  /// The name of agent `index`.
  package subscript(index: Int) -> String { String(decoding: name(index), as: UTF8.self) }

  /// The number of `name`, a new one where it is met for the first time; nil where 2³² − 1 names are taken.
  package mutating func index(adding name: [UInt8], limit: Int = Int(UInt32.max) - 1) -> Int? {
    var slot = home(name)
    while slots[slot] != Self.free {
      if self.name(Int(slots[slot])).elementsEqual(name) { return Int(slots[slot]) }
      slot = (slot + 1) & (slots.count - 1)
    }
    guard count < limit else { return nil }
    slots[slot] = UInt32(count)
    bytes.append(contentsOf: name)
    ends.append(bytes.count)
    if 2 * count > slots.count { grow() }
    return count - 1
  }

  /// The number of `name`, nil where it never appeared.
  package func index(of name: some Collection<UInt8>) -> Int? {
    var slot = home(name)
    while slots[slot] != Self.free {
      if self.name(Int(slots[slot])).elementsEqual(name) { return Int(slots[slot]) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func name(_ index: Int) -> ArraySlice<UInt8> { bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]] }

  private func home(_ name: some Collection<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: (hash ^ hash >> 32)) & (slots.count - 1)
  }

  private mutating func grow() {
    slots = [UInt32](repeating: Self.free, count: 2 * slots.count)
    for index in 0..<count {
      var slot = home(name(index))
      while slots[slot] != Self.free { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(index)
    }
  }
}
