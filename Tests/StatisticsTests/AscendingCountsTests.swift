@testable import Statistics
import Testing

@Suite struct AscendingCountsTests {
  /// One, two and three digits, repeats, the largest number, none and one.
  @Test(arguments: [1, 60, 2047, 2048, 100_000, 1 << 22, UInt32.max])
  func asSorted(most: UInt32) {
    for count in [0, 1, 2, 100, 5000] {
      let counts = (0..<count).map { UInt32(($0 &* 0x9E37_79B9_7F4A) >> 8 % Int(most)) } + [most, 0, most]
      #expect(AscendingCounts.sorted(counts) == counts.sorted().map(Double.init))
    }
    #expect(AscendingCounts.sorted([]).isEmpty)
  }
}
