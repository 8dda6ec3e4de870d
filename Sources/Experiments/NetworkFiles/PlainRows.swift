internal import SocialInfluence

/// Rows of two whole numbers, as most edge lists hold them, read straight from the buffer.
///
/// A row counts as plain where it is a number, one separator, a number and the end of the line, each number below 10⁸
/// without leading zeros. Everything else is left to the reader of lines, which knows comments, quotes, blanks and errors.
enum PlainRows {
  /// The longest plain row: two numbers of eight digits, a separator and two bytes of line end; numbers are read eight
  /// bytes at a time.
  private static let longest = 8 + 1 + 8 + 2 + 8

  /// Reads rows at `buffer[start..<end]` until one is not plain, may not be complete, or is refused.
  ///
  /// - Parameter take: what to do with the numbers of a row; false where it must be read in the other way.
  /// - Returns: the number of rows taken; `start` is moved past them.
  @inline(__always)
  static func read(
    _ buffer: Span<UInt8>, _ start: inout Int, _ end: Int, separator: UInt8, _ take: (UInt32, UInt32) -> Bool
  ) -> Int {
    var rows = 0
    buffer.withUnsafeBufferPointer { bytes in
      // No row that begins here reaches past `end`, which lies within the buffer.
      while start + longest <= end {
        var place = start
        guard let first = number(bytes, &place), bytes[place] == separator else { return }
        place += 1
        guard let second = number(bytes, &place) else { return }
        if bytes[place] == UInt8(ascii: "\r") { place += 1 }
        guard bytes[place] == UInt8(ascii: "\n"), take(first, second) else { return }
        start = place + 1
        rows += 1
      }
    }
    return rows
  }

  /// The number at `place`, of up to eight digits, all eight bytes at once; nil where there is none or a leading zero.
  @inline(__always)
  private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int) -> UInt32? {
    let word = UInt64(
      littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: place, as: UInt64.self))
    let values = word ^ 0x3030_3030_3030_3030
    // The highest bit of each byte that is no digit: above 9, or beyond ASCII.
    let others = (values &+ 0x7676_7676_7676_7676 | values) & 0x8080_8080_8080_8080
    // With carries from byte to byte only bytes after the first that is no digit can be wrong.
    let digits = others.trailingZeroBitCount >> 3
    guard digits > 0, digits == 1 || values & 0xFF != 0 else { return nil }
    if digits == 8 && bytes[place + 8] &- UInt8(ascii: "0") < 10 { return nil }
    // Right-aligned, then two, four and eight digits at a time.
    var value = values << UInt64(64 - 8 * digits)
    value = (value &* 10) &+ (value >> 8)
    let (odd, even) = (value & 0x0000_00FF_0000_00FF, value >> 16 & 0x0000_00FF_0000_00FF)
    value = (odd &* (100 | 1_000_000 << 32)) &+ (even &* (1 | 10_000 << 32))
    place += digits
    return UInt32(truncatingIfNeeded: value >> 32)
  }
}
