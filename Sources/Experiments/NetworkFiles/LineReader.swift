internal import CZlib
internal import Foundation

/// What was read from a file: taken while it was read, since the file may be another a moment later.
package struct InputContent: Sendable, Hashable {
  /// Bytes, after gzip is undone.
  package fileprivate(set) var byteCount = 0
  fileprivate var crc: UInt = 0
  /// Whether it can be read again: a pipe cannot.
  package fileprivate(set) var isLasting = true

  /// Size and checksum.
  var text: String { "\(byteCount) bytes, crc32 \(Checksum.text(crc))" }
}

/// The lines of a text file, plain or compressed by gzip, one at a time.
struct LineReader: ~Copyable {
  private let file: gzFile
  private let path: String
  private var buffer = [UInt8](repeating: 0, count: 1 << 18)
  private var start = 0
  private var end = 0
  private var isAtEnd = false
  /// Number of the line read last, from 1.
  private(set) var lineNumber = 0
  /// What was read so far; all of it after the last line.
  private(set) var content = InputContent()

  init(_ path: String) throws(Failure) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let reason = errno == ENOENT ? "no such file" : "cannot be read: \(FileSystem.reason)"
      throw Failure(.missingInput, "\(path): \(reason)")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR, let file = gzdopen(descriptor, "rb")
    else {
      close(descriptor)
      throw Failure(.missingInput, "\(path): cannot be read: it is a folder")
    }
    self.file = file
    self.path = path
    content.isLasting = status.st_mode & S_IFMT == S_IFREG
    gzbuffer(file, 1 << 18)
  }

  /// Below so many bytes nobody cares how they were packed.
  private static let smallest = 64 << 20

  deinit { gzclose(file) }

  /// The next line without its end (LF or CRLF), in `line`; false at the end of the file.
  mutating func next(_ line: inout [UInt8]) throws(Failure) -> Bool {
    line.removeAll(keepingCapacity: true)
    while true {
      if let newline = buffer[start..<end].firstIndex(of: UInt8(ascii: "\n")) {
        line.append(contentsOf: buffer[start..<newline])
        start = newline + 1
        break
      }
      line.append(contentsOf: buffer[start..<end])
      start = end
      guard line.count <= 1 << 20 else {
        throw Failure(
          .wrongInput, "\(path):\(lineNumber + 1): error: a line of more than 1 MiB\n  = is this an edge list?")
      }
      if isAtEnd {
        if line.isEmpty { return false }
        break
      }
      try fill()
    }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    lineNumber += 1
    if line.contains(0) {
      throw Failure(
        .wrongInput,
        "\(path):\(lineNumber): error: this is a binary file\n  = an edge list is text, plain or compressed by gzip")
    }
    return true
  }

  /// Reads plain rows of numbers as long as they come; the next call of `next` goes on after them.
  @inline(__always)
  mutating func plainRows(separator: UInt8, _ take: (UInt32, UInt32) -> Bool) -> Int {
    var place = start
    let rows = PlainRows.read(buffer.span, &place, end, separator: separator, take)
    start = place
    lineNumber += rows
    return rows
  }

  private mutating func fill() throws(Failure) {
    let count = gzread(file, &buffer, UInt32(buffer.count))
    var code: Int32 = 0
    _ = gzerror(file, &code)
    if count < 0 || code != Z_OK && code != Z_STREAM_END {
      throw Failure(
        .wrongInput,
        "\(path):\(lineNumber + 1): error: the compressed file is damaged or cut short\n  = fetch or compress it again")
    }
    start = 0
    end = Int(count)
    isAtEnd = count < buffer.count
    content.crc = crc32_z(content.crc, buffer, end)
    content.byteCount += end
    // Ties compress to a fifth, seldom to a twentieth; what swells a hundredfold was made to fill the machine.
    let packed = Int(gzoffset(file))
    if content.byteCount > Self.smallest, packed > 0, content.byteCount / 100 > packed {
      throw Failure(
        .wrongInput,
        "\(path): error: \(Readable.bytes(packed)) of gzip hold \(Readable.bytes(content.byteCount)), over a hundred times as "
          + "much\n  = if this is a network all the same, decompress it first")
    }
  }
}

/// Cuts a line into fields.
enum Fields {
  /// How the fields of a file are separated, told by its first row.
  enum Separator {
    case comma
    /// Blanks and tabs, as many as there are; the first row has `plain`.
    case blank(plain: UInt8)

    /// The byte that stands between the fields of a plain row.
    var plain: UInt8 { if case .blank(let plain) = self { plain } else { UInt8(ascii: ",") } }

    init(firstRow: [UInt8]) {
      self =
        firstRow.contains(UInt8(ascii: ",")) ? .comma : .blank(plain: firstRow.contains(9) ? 9 : UInt8(ascii: " "))
    }
  }

  /// The fields of `line` as ranges of `text`; quotes of RFC 4180 are resolved. Nil where a quote is left open.
  static func split(_ line: [UInt8], _ separator: Separator, into fields: inout [[UInt8]]) -> Bool {
    fields.removeAll(keepingCapacity: true)
    switch separator {
    case .blank:
      var place = 0
      while place < line.count {
        while place < line.count && (line[place] == 32 || line[place] == 9) { place += 1 }
        let start = place
        while place < line.count && line[place] != 32 && line[place] != 9 { place += 1 }
        if place > start { fields.append(Array(line[start..<place])) }
      }
      return true
    case .comma: return splitCommas(line, &fields)
    }
  }

  private static func splitCommas(_ line: [UInt8], _ fields: inout [[UInt8]]) -> Bool {
    let (comma, quote) = (UInt8(ascii: ","), UInt8(ascii: "\""))
    var place = 0
    while true {
      var field = [UInt8]()
      if place < line.count && line[place] == quote {
        place += 1
        while true {
          guard place < line.count else { return false }
          if line[place] == quote {
            place += 1
            if place < line.count && line[place] == quote {
              field.append(quote)
              place += 1
              continue
            }
            break
          }
          field.append(line[place])
          place += 1
        }
        while place < line.count && line[place] != comma { place += 1 }
      } else {
        let start = place
        while place < line.count && line[place] != comma { place += 1 }
        field = trimmed(line[start..<place])
      }
      fields.append(field)
      if place >= line.count { return true }
      place += 1
    }
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var bytes = bytes
    while let first = bytes.first, first == 32 || first == 9 { bytes.removeFirst() }
    while let last = bytes.last, last == 32 || last == 9 { bytes.removeLast() }
    return Array(bytes)
  }
}
