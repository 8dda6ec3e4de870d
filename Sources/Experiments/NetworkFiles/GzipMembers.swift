internal import CZlib
internal import Foundation

/// Whether a gzip file consists of whole members: zlib ignores bytes after a member that begin no other, such as a
/// member whose first bytes are damaged.
enum GzipMembers {
  private static let pieceSize = 1 << 18

  /// The size of a file, and the unpacked size modulo 2³² that its last member states; nil if the file is too short.
  static func end(of path: String) -> (packed: Int, stated: UInt32)? {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? file.close() }
    guard let size = try? file.seekToEnd(), size > 18, (try? file.seek(toOffset: size - 4)) != nil,
      let last = try? file.read(upToCount: 4), last.count == 4
    else { return nil }
    return (Int(size), last.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
  }

  /// - Parameter byteCount: the unpacked bytes that were read.
  static func areWhole(_ path: String, byteCount: Int) -> Bool {
    if let end = end(of: path), end.stated == UInt32(truncatingIfNeeded: byteCount) { return true }
    guard let file = FileHandle(forReadingAtPath: path) else { return true }
    defer { try? file.close() }
    var members = Inflation()
    while let piece = try? file.read(upToCount: pieceSize), !piece.isEmpty {
      guard members.take([UInt8](piece)) else { return false }
    }
    return members.isBetween
  }

  /// Inflates one member after another, and discards the output.
  private struct Inflation {
    private var stream = z_stream()
    /// Whether the last member has ended; zeros may follow, as padding for tapes.
    private(set) var isBetween = true
    private var hasZeros = false

    /// Inflates `bytes`; false if they belong to no member.
    mutating func take(_ bytes: [UInt8]) -> Bool {
      var place = 0
      var output = [UInt8](repeating: 0, count: GzipMembers.pieceSize)
      while place < bytes.count {
        if isBetween {
          if bytes[place] == 0 {
            hasZeros = true
            place += 1
            continue
          }
          guard !hasZeros, begin() else { return false }
        }
        var used: UInt32 = 0
        let code = influents_inflate(
          &stream, bytes, UInt32(place), UInt32(bytes.count), &output, UInt32(output.count), &used)
        place += Int(used)
        if code == Z_STREAM_END {
          inflateEnd(&stream)
          isBetween = true
        } else if code != Z_OK {
          inflateEnd(&stream)
          return false
        }
      }
      return true
    }

    private mutating func begin() -> Bool {
      stream = z_stream()
      // 15 bits of window, plus 16 for gzip.
      guard inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return false }
      isBetween = false
      return true
    }
  }
}
