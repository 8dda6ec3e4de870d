internal import SocialInfluence

/// Rows of two whole numbers, as in most edge lists, read straight from the buffer.
///
/// A row is plain if it is a number, one separator, a number and a line end, with numbers below 10⁸ without leading
/// zeros. Other rows are left to the line reader, which handles comments, quotes, blanks and errors.
enum PlainRows {
  /// Bytes that reading a plain row may touch: two numbers of eight digits, a separator and two bytes of line end;
  /// eight more because numbers are read eight bytes at a time.
  private static let longest = 8 + 1 + 8 + 2 + 8

  /// Reads rows at `buffer[start..<end]` until one is not plain, may be incomplete, or is refused.
  ///
  /// - Parameter take: takes the numbers of a row; false if the line reader must read it.
  /// - Returns: the number of rows taken; `start` moves past them.
  @inline(__always)
  static func read(
    _ buffer: Span<UInt8>, _ start: inout Int, _ end: Int, separator: UInt8, _ take: (UInt32, UInt32) -> Bool
  ) -> Int {
    var rows = 0
    // No row that begins here reaches past `end`, which lies within the buffer.
    while start + longest <= end {
      var place = start
      guard let first = number(buffer, &place), buffer[unchecked: place] == separator else { break }
      place += 1
      guard let second = number(buffer, &place) else { break }
      if buffer[unchecked: place] == UInt8(ascii: "\r") { place += 1 }
      guard buffer[unchecked: place] == UInt8(ascii: "\n"), take(first, second) else { break }
      start = place + 1
      rows += 1
    }
    return rows
  }

  /// The number of up to eight digits at `place`, read as eight bytes; nil if there is none, or it has leading zeros.
  @inline(__always)
  private static func number(_ bytes: Span<UInt8>, _ place: inout Int) -> UInt32? {
    let word = word(bytes, place)
    let values = word ^ 0x3030_3030_3030_3030
    // The highest bit of each byte that is no digit: above 9, or beyond ASCII.
    let others = (values &+ 0x7676_7676_7676_7676 | values) & 0x8080_8080_8080_8080
    // Carries corrupt at most bytes after the first that is no digit.
    let digits = others.trailingZeroBitCount >> 3
    guard digits > 0, digits == 1 || values & 0xFF != 0 else { return nil }
    if digits == 8 && bytes[unchecked: place + 8] &- UInt8(ascii: "0") < 10 { return nil }
    // Aligns the digits right, then combines two, four and eight at a time.
    var value = values << UInt64(64 - 8 * digits)
    value = (value &* 10) &+ (value >> 8)
    let (odd, even) = (value & 0x0000_00FF_0000_00FF, value >> 16 & 0x0000_00FF_0000_00FF)
    value = (odd &* (100 | 1_000_000 << 32)) &+ (even &* (1 | 10_000 << 32))
    place += digits
    return UInt32(truncatingIfNeeded: value >> 32)
  }

  /// The eight bytes from `place` on, the first lowest: one load.
  @inline(__always)
  private static func word(_ bytes: Span<UInt8>, _ place: Int) -> UInt64 {
    @inline(__always) func byte(_ number: Int) -> UInt64 {
      UInt64(bytes[unchecked: place &+ number]) &<< UInt64(8 &* number)
    }
    let (first, second) = (byte(0) | byte(1), byte(2) | byte(3))
    let (third, fourth) = (byte(4) | byte(5), byte(6) | byte(7))
    return first | second | third | fourth
  }
}
