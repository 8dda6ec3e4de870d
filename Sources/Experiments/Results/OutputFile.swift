internal import CZlib
internal import Foundation

/// A file being written: buffered, every write checked, its checksum kept.
///
/// A value type over a file descriptor, so that it can travel with the results; whoever makes it closes it.
struct OutputFile: Sendable {
  private let descriptor: Int32
  private let path: String
  private var buffer: [UInt8] = []
  private(set) var byteCount = 0
  private var crc: UInt = 0

  init(_ path: String) throws(Failure) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    self.path = path
    guard descriptor >= 0 else { throw Failure(.cannotCreate, "\(path): cannot be created: \(Self.reason)") }
  }

  /// CRC-32 of what was written, as eight hexadecimal digits.
  var checksum: String { Checksum.text(crc) }

  mutating func write(_ bytes: [UInt8]) throws(Failure) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= 1 << 18 { try flush() }
  }

  mutating func close() throws(Failure) {
    try flush()
    guard Foundation.close(descriptor) == 0 else {
      throw Failure(.writingFailed, "\(path): writing failed: \(Self.reason)")
    }
  }

  /// Closes without a word, for the way out after an error.
  func abandon() { _ = Foundation.close(descriptor) }

  private mutating func flush() throws(Failure) {
    crc = Checksum.update(crc, buffer)
    byteCount += buffer.count
    try Self.writeAll(buffer, to: descriptor, name: path)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes all bytes, whatever the kernel takes at a time.
  static func writeAll(_ bytes: [UInt8], to descriptor: Int32, name: String) throws(Failure) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw Failure(.writingFailed, "\(name): writing failed: \(reason)") }
      done += count
    }
  }

  private static var reason: String { String(cString: strerror(errno)) }
}

/// CRC-32 by zlib: guards results against damage, not against malice.
package enum Checksum {
  static func update(_ crc: UInt, _ bytes: [UInt8]) -> UInt { crc32_z(crc, bytes, bytes.count) }
  static func text(_ crc: UInt) -> String {
    let digits = String(crc, radix: 16)
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }
  package static func of(_ bytes: [UInt8]) -> String { text(update(0, bytes)) }
}

/// Standard output with every write checked: `print` to a full device would end with exit code 0.
package enum StandardOutput {
  package static func write(_ text: String) throws(Failure) {
    try OutputFile.writeAll(Array(text.utf8), to: 1, name: "standard output")
  }
}

/// The adoption curves of all cascades, kept on disk between the run and the analysis: memory stays bounded.
struct CurveSpool: Sendable {
  private let descriptor: Int32
  private var buffer: [UInt32] = []
  private var written = 0

  /// - Parameter folder: where the nameless file lives.
  init(in folder: String) throws(Failure) {
    let path = folder + "/curves.spool"
    descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Failure(.cannotCreate, "\(path): cannot be created") }
    unlink(path)
  }

  /// Keeps a curve; returns where it is.
  mutating func add(_ curve: [UInt32]) throws(Failure) -> UInt64 {
    let place = written + buffer.count
    buffer.append(UInt32(curve.count))
    buffer.append(contentsOf: curve)
    if buffer.count > 1 << 16 { try flush() }
    return UInt64(place)
  }

  mutating func flush() throws(Failure) {
    let bytes = buffer.withUnsafeBytes { Array($0) }
    try OutputFile.writeAll(bytes, to: descriptor, name: "adoption curves")
    written += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  /// Calls `body` with all curves, each its length and its values from the place where it was added; all must have been
  /// flushed.
  func read<Result>(_ body: (UnsafeBufferPointer<UInt32>) throws -> Result) throws -> Result {
    guard written > 0 else { return try body(UnsafeBufferPointer(start: nil, count: 0)) }
    let bytes = 4 * written
    guard let start = mmap(nil, bytes, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
      throw Failure(.writingFailed, "adoption curves: reading back failed")
    }
    defer { munmap(start, bytes) }
    return try body(UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt32.self), count: written))
  }

  func close() { _ = Foundation.close(descriptor) }
}
