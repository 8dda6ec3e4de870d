/// exp(−η) of voices of whose hazards few are different, as where the few differ from the others by one factor: an
/// exponential is kept until another needs its place.
package struct Failures {
  private static let bits = 13
  /// The last hazard at each place, at first one that no other equals, and its exponential.
  private var known = [(hazard: Double, chance: Double)](repeating: (.nan, 0), count: 1 << bits)

  init() {}

  /// The chance to withstand a voice of this hazard.
  @inline(__always)
  package mutating func chance(_ hazard: Double) -> Double {
    let mixed = hazard.bitPattern &* 0x9E37_79B9_7F4A_7C15
    let place = Int(truncatingIfNeeded: mixed >> UInt64(64 - Self.bits))
    // As many bits as there are places.
    let kept = known.span[unchecked: place]
    if kept.hazard == hazard { return kept.chance }
    let chance = exponential(-hazard)
    known[place] = (hazard, chance)
    return chance
  }
}
