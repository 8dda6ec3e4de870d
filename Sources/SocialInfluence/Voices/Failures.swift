/// A cache of exp(−η), for networks on which few hazards differ.
struct Failures {
  private static let bits = 13
  /// The last hazard at each place (NaN, which equals nothing, at first) and its exponential.
  private var known = [(hazard: Double, chance: Double)](repeating: (.nan, 0), count: 1 << bits)

  init() {}

  /// exp(−`hazard`), the chance that a voice of this hazard fails.
  @inline(__always)
  mutating func chance(_ hazard: Double) -> Double {
    let mixed = hazard.bitPattern &* 0x9E37_79B9_7F4A_7C15
    let place = Int(truncatingIfNeeded: mixed >> UInt64(64 - Self.bits))
    // `place` has `bits` bits: always in bounds.
    let kept = known.span[unchecked: place]
    if kept.hazard == hazard { return kept.chance }
    let chance = exponential(-hazard)
    known[place] = (hazard, chance)
    return chance
  }
}
