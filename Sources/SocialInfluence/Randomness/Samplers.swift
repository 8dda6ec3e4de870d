/// Conversions of one random word. Each consumes exactly one word: rejection would consume a varying number and break
/// the pairing of arms.
extension UInt64 {
  /// A multiple of 2⁻⁵³ in [0, 1): 0 can occur, 1 cannot.
  @inline(__always)
  package var unitInterval: Double { Double(self >> 11) * 0x1p-53 }

  /// An odd multiple of 2⁻⁵³ in (0, 1): neither end can occur, so that inverse distribution functions stay finite.
  @inline(__always)
  var openUnitInterval: Double { (Double(self >> 12) + 0.5) * 0x1p-52 }

  /// A whole number in 0 ..< `count`. The probabilities of two numbers differ by at most 2⁻⁶⁴.
  @inline(__always)
  package func below(_ count: Int) -> Int {
    Int(truncatingIfNeeded: multipliedFullWidth(by: UInt64(truncatingIfNeeded: count)).high)
  }

  /// The slot in 0 ..< `count`, and the place within the slot in [0, 1).
  @inline(__always)
  package func slot(of count: Int) -> (slot: Int, place: Double) {
    let product = multipliedFullWidth(by: UInt64(truncatingIfNeeded: count))
    return (Int(truncatingIfNeeded: product.high), UInt64(product.low).unitInterval)
  }

  /// The number of failures before the first success of trials with 1 − p = exp(−hazard): geometric, 0 ... 2⁵³.
  ///
  /// - Parameter spacing: 1 ÷ hazard, so that callers divide once, not once per word.
  @inline(__always)
  package func failures(spacing: Double) -> Int {
    let skip = -naturalLogarithm(openUnitInterval) * spacing
    return skip < 0x1p53 ? Int(skip) : 1 << 53
  }
}

extension RandomNumberGenerator {
  /// A number in [0, 1).
  @inline(__always)
  package mutating func uniform() -> Double { next().unitInterval }

  /// A whole number in 0 ..< `count`.
  ///
  /// - Precondition: `count` > 0.
  @inline(__always)
  package mutating func below(_ count: Int) -> Int { next().below(count) }

  /// True with probability `probability`: never at 0, always at 1.
  @inline(__always)
  mutating func bernoulli(_ probability: Double) -> Bool { uniform() < probability }

  /// `elements` in random order (Fisher–Yates from the front): the first k are a uniform sample of k.
  package mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for place in 0..<elements.count - 1 {
      elements.swapAt(place, place + below(elements.count - place))
    }
  }
}
