/// Radix sort of whole numbers, least significant digit first: linear time.
package enum AscendingCounts {
  private static let digitBits = 11

  package static func sorted(_ counts: [UInt32]) -> [Double] {
    // For few numbers, comparing is faster.
    guard counts.count > 200 else { return counts.sorted().map(Double.init) }
    var (values, sorted) = (counts, counts)
    var starts = [Int](repeating: 0, count: 1 << digitBits)
    let most = counts.max() ?? 0
    var shift = 0
    while shift < UInt32.bitWidth && most >> shift > 0 {
      pass(values.span, shift: shift, &starts, into: &sorted)
      swap(&values, &sorted)
      shift += digitBits
    }
    return values.map(Double.init)
  }

  /// One stable pass: the numbers in the order of one digit.
  private static func pass(_ values: Span<UInt32>, shift: Int, _ starts: inout [Int], into sorted: inout [UInt32]) {
    let mask = UInt32(starts.count - 1)
    func digit(_ place: Int) -> Int { Int((values[place] >> shift) & mask) }
    for digit in starts.indices { starts[digit] = 0 }
    for place in values.indices { starts[digit(place)] += 1 }
    var start = 0
    for digit in starts.indices { (starts[digit], start) = (start, start + starts[digit]) }
    for place in values.indices {
      let digit = digit(place)
      sorted[starts[digit]] = values[place]
      starts[digit] += 1
    }
  }
}
