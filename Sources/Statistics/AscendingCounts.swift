/// Sorts whole numbers digit by digit, the last first: in a time that grows with their number alone.
package enum AscendingCounts {
  private static let digitBits = 11

  /// The numbers in ascending order.
  package static func sorted(_ counts: [UInt32]) -> [Double] {
    // For a few, counting digits costs more than comparing.
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

  /// Numbers in the order of one digit; those with the same digit stay in the order in which they stand.
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
