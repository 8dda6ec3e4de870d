internal import CZlib
internal import Foundation

/// Size and checksum of an input, taken while it is read: the file may change a moment later.
struct InputContent: Sendable, Hashable {
  /// Bytes after decompression.
  fileprivate(set) var byteCount = 0
  /// SHA-256 of these bytes.
  fileprivate var checksum = ""
  /// Whether it can be read again, as a pipe cannot.
  fileprivate(set) var isLasting = true

  /// Size and checksum.
  var text: String { "\(byteCount) bytes, sha256 \(checksum)" }
}

/// Character encodings of input files.
enum TextEncoding: String, CaseIterable, Sendable {
  case utf8 = "utf-8"
  /// ISO 8859-1, one byte each; where that has control characters, Windows-1252, as browsers and spreadsheets do.
  case latin1

  /// The characters of Windows-1252 from 80 to 9F; those that it leaves out stay control characters.
  fileprivate static let windows: [Unicode.Scalar] = {
    let codes: [UInt32] = [
      0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D,
      0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D,
      0x17E, 0x178,
    ]
    return codes.compactMap(Unicode.Scalar.init)
  }()

  fileprivate static func scalar(_ byte: UInt8) -> Unicode.Scalar {
    0x80...0x9F ~= byte ? windows[Int(byte) - 0x80] : Unicode.Scalar(byte)
  }
}

/// The lines of a text file, plain or gzip, one at a time. They end with LF or CRLF, or with CR if the first line does.
struct LineReader: ~Copyable {
  private let file: gzFile
  private let path: String
  private let encoding: TextEncoding
  /// Converts UTF-16, recognized by its byte order mark, to UTF-8.
  private var wide: WideText?
  /// LF or CR; nil before the first line.
  private var lineEnd: UInt8?
  /// Bytes read at a time.
  private static let pieceSize = 1 << 18
  private var buffer = [UInt8](repeating: 0, count: pieceSize)
  private var start = 0
  private var end = 0
  private var isAtEnd = false
  /// Number of the line read last, from 1.
  private(set) var lineNumber = 0
  /// Size of what was read so far, without the checksum.
  private var read = InputContent()
  private var checksum = Checksum()
  /// Size and checksum of what was read so far; of the whole file after the last line.
  var content: InputContent {
    var content = read
    content.checksum = checksum.text
    return content
  }

  init(_ path: String, encoding: TextEncoding = .utf8) throws(Failure) {
    self.encoding = encoding
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let reason = errno == ENOENT ? FileSystem.absence(path) : "cannot be read: \(FileSystem.reason)"
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
    read.isLasting = status.st_mode & S_IFMT == S_IFREG
    gzbuffer(file, 1 << 18)
  }

  /// Bytes of a row of ties, at most.
  private static let longestRow = 1 << 20
  /// Bytes of a line, at most: a file of another format may be a single line.
  private(set) var longestLine = Self.longestRow

  /// Takes lines of up to 512 MiB.
  mutating func takeLongLines() { longestLine = 1 << 29 }

  /// Unpacked bytes below which the compression ratio does not matter.
  private static let smallest = 64 << 20

  deinit { gzclose(file) }

  /// Reads the next line, without its end, as UTF-8; false at the end of the file.
  mutating func next(_ line: inout [UInt8]) throws(Failure) -> Bool {
    line.removeAll(keepingCapacity: true)
    if lineEnd == nil { try begin() }
    while true {
      if let newline = buffer[start..<end].firstIndex(of: lineEnd ?? 10) {
        line.append(contentsOf: buffer[start..<newline])
        start = newline + 1
        break
      }
      line.append(contentsOf: buffer[start..<end])
      start = end
      guard line.count <= longestLine else {
        let limit = longestLine == Self.longestRow ? "1 MiB" : "512 MiB"
        throw refusal(lineNumber + 1, "a line of more than \(limit)", "is this a network?")
      }
      if isAtEnd {
        if line.isEmpty { return false }
        break
      }
      try fill()
    }
    if lineEnd == 10 && line.last == 13 { line.removeLast() }
    lineNumber += 1
    try checkBytes(&line)
    return true
  }

  /// Reads the first bytes: byte order mark and line end.
  private mutating func begin() throws(Failure) {
    try fill()
    // Refuses before unpacking, by the size that the file states. (A truncated file may state any size, and gzip
    // expands at most 1,032-fold.)
    if read.isLasting && gzdirect(file) == 0, let end = GzipMembers.end(of: path),
      Int(end.stated) / 1032 <= end.packed
    {
      try refuseSwelling(packed: end.packed, unpacked: Int(end.stated))
    }
    let first = buffer[start..<end].prefix(3)
    if first.starts(with: [0xEF, 0xBB, 0xBF]) { start += 3 }
    if first.starts(with: [0xFF, 0xFE]) || first.starts(with: [0xFE, 0xFF]) {
      wide = WideText(isLittle: first[start] == 0xFF)
      try decodeWide(from: start + 2)
    }
    let place = buffer[start..<end].firstIndex { $0 == 10 || $0 == 13 }
    let isAlone = place.map { buffer[$0] == 13 && $0 + 1 < end && buffer[$0 + 1] != 10 } ?? false
    // A file that ends with its first CR is one line either way.
    lineEnd = isAlone ? 13 : 10
  }

  /// Refuses bytes that are no text; converts Latin 1 to UTF-8.
  private func checkBytes(_ line: inout [UInt8]) throws(Failure) {
    var (all, hasZero, strayEnd) = (UInt8(0), false, -1)
    for (place, byte) in line.enumerated() {
      all |= byte
      if byte == 0 { hasZero = true }
      if byte == 13 || byte == 10, strayEnd < 0 { strayEnd = place }
    }
    if hasZero, lineNumber == 1, line.starts(with: "PK".utf8) {
      throw refusal(1, "this is a ZIP archive, as Excel writes workbooks", "save the sheet as CSV")
    }
    if hasZero {
      throw refusal(lineNumber, "this is a binary file", "an edge list is text, plain or compressed by gzip")
    }
    if strayEnd >= 0 {
      let (own, other) = lineEnd == 10 ? ("LF", "CR") : ("CR", "LF")
      throw refusal(
        lineNumber, column: strayEnd + 1,
        "a line end of another kind within a line: the first line ends with \(own), here is \(other)",
        "save the file with one kind of line ends")
    }
    guard all >= 0x80 else { return }
    if encoding == .latin1 {
      line = Array(String(String.UnicodeScalarView(line.map(TextEncoding.scalar))).utf8)
    } else if String(validating: line, as: UTF8.self) == nil {
      throw refusal(
        lineNumber, column: line.count - Self.afterValid(line) + 1, "these bytes are not UTF-8",
        "save the file as UTF-8, or write `encoding: latin1` if it is Latin 1")
    }
  }

  /// The number of bytes from the first one that is not UTF-8.
  private static func afterValid(_ line: [UInt8]) -> Int {
    var low = 0
    for place in line.indices where line[place] & 0xC0 != 0x80 {
      // A prefix that ends where a character begins is either valid or wrong for good.
      guard String(validating: line[low..<place], as: UTF8.self) != nil else { break }
      low = place
    }
    return line.count - low
  }

  private func refusal(_ line: Int, column: Int? = nil, _ what: String, _ remedy: String) -> Failure {
    Failure(.wrongInput, "\(path):\(line)\(column.map { ":\($0)" } ?? ""): error: \(what)\n  = \(remedy)")
  }

  /// Reads consecutive plain rows of numbers; `next` goes on after them.
  @inline(__always)
  mutating func plainRows(separator: UInt8, _ take: (UInt32, UInt32) -> Bool) -> Int {
    var place = start
    let rows = PlainRows.read(buffer.span, &place, end, separator: separator, take)
    start = place
    lineNumber += rows
    return rows
  }

  private mutating func fill() throws(Failure) {
    let count = gzread(file, &buffer, UInt32(Self.pieceSize))
    var code: Int32 = 0
    _ = gzerror(file, &code)
    if count < 0 || code != Z_OK && code != Z_STREAM_END {
      throw Failure(
        .wrongInput,
        "\(path):\(lineNumber + 1): error: the compressed file is damaged or cut short\n  = fetch or compress it again")
    }
    start = 0
    end = Int(count)
    isAtEnd = count < Self.pieceSize
    if isAtEnd && read.isLasting && gzdirect(file) == 0,
      !GzipMembers.areWhole(path, byteCount: read.byteCount + end)
    {
      throw Failure(
        .wrongInput,
        "\(path): error: bytes that are no gzip follow a compressed part, and zlib passes over them\n"
          + "  = fetch or compress it again")
    }
    checksum.update(buffer, count: end)
    read.byteCount += end
    try refuseSwelling(packed: Int(gzoffset(file)), unpacked: read.byteCount)
    if wide != nil { try decodeWide(from: 0) }
  }

  /// Ties compress to a fifth, seldom to a twentieth: a file that expands a hundredfold was made to fill the memory.
  private func refuseSwelling(packed: Int, unpacked: Int) throws(Failure) {
    guard unpacked > Self.smallest, packed > 0, unpacked / 100 > packed else { return }
    throw Failure(
      .wrongInput,
      "\(path): error: \(Readable.bytes(packed)) of gzip hold \(Readable.bytes(unpacked)), over a hundred times as "
        + "much\n  = if this is a network all the same, decompress it first")
  }

  /// Replaces the UTF-16 in the buffer by UTF-8.
  private mutating func decodeWide(from first: Int) throws(Failure) {
    var text = [UInt8]()
    guard wide?.decode(buffer[first..<end], isLast: isAtEnd, into: &text) == true else {
      throw refusal(
        lineNumber + 1, "on this line or after it, the file is not UTF-16 as its mark says", "save it as UTF-8")
    }
    if text.count > buffer.count { buffer += [UInt8](repeating: 0, count: text.count - buffer.count) }
    buffer.replaceSubrange(0..<text.count, with: text)
    (start, end) = (0, text.count)
  }
}

/// UTF-16 in pieces of bytes: a character may begin in one and end in the next.
private struct WideText {
  let isLittle: Bool
  private var rest: [UInt8] = []

  init(isLittle: Bool) { self.isLittle = isLittle }

  /// Appends `bytes` as UTF-8; false if they are not UTF-16.
  mutating func decode(_ bytes: ArraySlice<UInt8>, isLast: Bool, into text: inout [UInt8]) -> Bool {
    let all = rest + bytes
    var units: [UInt16] = stride(from: 0, to: all.count - 1, by: 2).map { place in
      let (low, high) = isLittle ? (all[place], all[place + 1]) : (all[place + 1], all[place])
      return UInt16(high) << 8 | UInt16(low)
    }
    var kept = all.count % 2
    // The first half of a surrogate pair is kept for the next piece.
    if let last = units.last, UTF16.isLeadSurrogate(last), !isLast {
      units.removeLast()
      kept += 2
    }
    rest = Array(all.suffix(kept))
    let isWrong = transcode(units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: true) {
      text.append($0)
    }
    return !isWrong && !(isLast && kept > 0)
  }
}
