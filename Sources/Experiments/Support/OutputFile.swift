internal import CProcess
internal import Foundation

/// A file being written: buffered, with every write checked and a running checksum.
///
/// A value type over a file descriptor, so that it can be sent along with results; its creator must close it.
struct OutputFile: Sendable {
  private let descriptor: Int32
  private let path: String
  private var buffer: [UInt8] = []
  private(set) var byteCount = 0
  private var content = Checksum()

  /// Creates the file; fails if anything is there, even a link.
  init(_ path: String) throws(Failure) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    self.path = path
    guard descriptor >= 0 else { throw Failure(.cannotCreate, "\(path): cannot be created: \(FileSystem.reason)") }
  }

  /// SHA-256 of the bytes flushed so far.
  var checksum: String { content.text }

  mutating func write(_ bytes: [UInt8]) throws(Failure) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= 1 << 18 { try flush() }
  }

  /// - Throws: 73 if the file was removed or replaced meanwhile; 74 if writing failed.
  mutating func close() throws(Failure) {
    try flush()
    var own = stat()
    guard fstat(descriptor, &own) == 0, let there = FileSystem.status(path), there.st_ino == own.st_ino,
      there.st_dev == own.st_dev
    else { throw Failure(.cannotCreate, "\(path): was removed or replaced while it was written") }
    guard Foundation.close(descriptor) == 0 else {
      throw Failure(.writingFailed, "\(path): writing failed: \(FileSystem.reason)")
    }
  }

  /// Writes and clears `rows` once they exceed 64 KiB.
  mutating func take(_ rows: inout CSVRows) throws(Failure) {
    guard rows.bytes.count > 1 << 16 else { return }
    try write(rows.bytes)
    rows.removeAll()
  }

  /// Creates, fills and closes a file.
  ///
  /// - Returns: its checksum.
  static func write(
    to path: String, _ fill: (inout OutputFile) throws(Failure) -> Void
  ) throws(Failure) -> String {
    var file = try OutputFile(path)
    do throws(Failure) {
      try fill(&file)
      try file.close()
    } catch {
      file.abandon()
      throw error
    }
    return file.checksum
  }

  /// Closes the file without checks, after an error.
  func abandon() { _ = Foundation.close(descriptor) }

  /// Writes the buffer; `checksum` then covers everything written.
  mutating func flush() throws(Failure) {
    content.update(buffer, count: buffer.count)
    byteCount += buffer.count
    try Self.writeAll(buffer, to: descriptor, name: path)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes all elements as they are in memory, in as many calls as the kernel needs.
  static func writeAll<Element: BitwiseCopyable>(
    _ elements: [Element], to descriptor: Int32, name: String
  ) throws(Failure) {
    guard process_write(descriptor, elements, elements.count * MemoryLayout<Element>.stride) == 0 else {
      throw Failure(.writingFailed, "\(name): writing failed: \(FileSystem.reason)")
    }
  }
}
