internal import CProcess
internal import Foundation

/// The adoption curves of all cascades, kept on disk between run and analysis to bound memory.
struct CurveSpool: Sendable {
  static let name = "curves.spool"
  private let descriptor: Int32
  private var buffer: [UInt32] = []
  private var written = 0
  private let path: String

  /// - Parameter folder: where the file is created; it is unlinked at once.
  init(in folder: String) throws(Failure) {
    path = FilePath.join(folder, CurveSpool.name)
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Failure(.cannotCreate, "\(path): cannot be created: \(FileSystem.reason)") }
    unlink(path)
  }

  /// Adds a curve; returns its place.
  mutating func add(_ curve: StepCurve) throws(Failure) -> UInt64 {
    let place = written + buffer.count
    buffer.append(UInt32(truncatingIfNeeded: curve.stepCount))
    buffer.append(UInt32(truncatingIfNeeded: curve.changes.count))
    buffer.append(contentsOf: curve.changes)
    if buffer.count > 1 << 16 { try flush() }
    return UInt64(place)
  }

  mutating func flush() throws(Failure) {
    try OutputFile.writeAll(buffer, to: descriptor, name: path)
    written += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  /// Calls `body` with all curves: at each place the number of steps, the length of the changes, and the changes. Call
  /// `flush` first.
  func read<Result>(_ body: (SpooledCurves) throws -> Result) throws -> Result {
    guard written > 0 else { return try body(SpooledCurves(words: nil, count: 0)) }
    guard let words = process_map_words(descriptor, written) else {
      throw Failure(.writingFailed, "adoption curves: reading back failed")
    }
    defer { process_unmap_words(words, written) }
    return try body(SpooledCurves(words: words, count: written))
  }

  /// Spools up to this size, in bytes, are never released.
  static let leastReleased = 32 << 20

  func close() { _ = Foundation.close(descriptor) }
}

/// The curves of a spool while it is read: read-only, so that all workers may share them.
struct SpooledCurves: @unchecked Sendable {
  /// A curve's changes: pairs of a step and the adopters from it on, as in ``StepCurve``.
  struct Curve: Sendable {
    fileprivate let spool: SpooledCurves
    private let start: Int
    let count: Int

    fileprivate init(_ spool: SpooledCurves, from start: Int, count: Int) {
      precondition(start >= 0 && count >= 0 && start + count <= spool.count)
      (self.spool, self.start, self.count) = (spool, start, count)
    }

    @inline(__always)
    subscript(place: Int) -> UInt32 {
      precondition(place >= 0 && place < count)
      return process_word(spool.words, start + place)
    }
  }

  /// Mapped; nil without any.
  fileprivate let words: OpaquePointer?
  fileprivate let count: Int

  /// The curve added at a place, and the steps of its cascade, the seeding included.
  subscript(place: UInt64) -> (curve: Curve, stepCount: Int) {
    let start = Int(place)
    precondition(start + 1 < count)
    return (
      Curve(self, from: start + 2, count: Int(process_word(words, start + 1))), Int(process_word(words, start))
    )
  }

  /// Releases the pages; they are read again on access. Does nothing for small spools.
  func release() {
    if 4 * count > CurveSpool.leastReleased { process_release_words(words, count) }
  }
}
