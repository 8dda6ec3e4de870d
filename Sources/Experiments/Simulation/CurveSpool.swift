internal import Foundation

/// The adoption curves of all cascades, kept on disk between the run and the analysis: memory stays bounded.
struct CurveSpool: Sendable {
  static let name = "curves.spool"
  private let descriptor: Int32
  private var buffer: [UInt32] = []
  private var written = 0
  private let path: String

  /// - Parameter folder: where the nameless file lives.
  init(in folder: String) throws(Failure) {
    path = FilePath.join(folder, CurveSpool.name)
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Failure(.cannotCreate, "\(path): cannot be created: \(FileSystem.reason)") }
    unlink(path)
  }

  /// Keeps a curve; returns where it is.
  mutating func add(_ curve: StepCurve) throws(Failure) -> UInt64 {
    let place = written + buffer.count
    buffer.append(UInt32(truncatingIfNeeded: curve.stepCount))
    buffer.append(UInt32(truncatingIfNeeded: curve.changes.count))
    buffer.append(contentsOf: curve.changes)
    if buffer.count > 1 << 16 { try flush() }
    return UInt64(place)
  }

  mutating func flush() throws(Failure) {
    let bytes = buffer.withUnsafeBytes { Array($0) }
    try OutputFile.writeAll(bytes, to: descriptor, name: path)
    written += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  /// Calls `body` with all curves, each its steps, the number of its changes and these, from the place where it was added; all
  /// must have been flushed.
  func read<Result>(_ body: (SpooledCurves) throws -> Result) throws -> Result {
    guard written > 0 else { return try body(SpooledCurves(words: UnsafeBufferPointer(start: nil, count: 0))) }
    let bytes = 4 * written
    guard let start = mmap(nil, bytes, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
      throw Failure(.writingFailed, "adoption curves: reading back failed")
    }
    defer { munmap(start, bytes) }
    return try body(
      SpooledCurves(words: UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt32.self), count: written)))
  }

  /// Bytes of a spool that is held as a whole.
  static let leastReleased = 32 << 20

  func close() { _ = Foundation.close(descriptor) }
}

/// The curves of a spool while it is read: by all workers, written by none.
struct SpooledCurves: @unchecked Sendable {
  /// A curve's changes: pairs of a step and the adopters from it on, as in ``StepCurve``.
  struct Curve: Sendable {
    fileprivate let spool: SpooledCurves
    private let start: Int
    let count: Int

    fileprivate init(_ spool: SpooledCurves, from start: Int, count: Int) {
      precondition(start >= 0 && count >= 0 && start + count <= spool.words.count)
      (self.spool, self.start, self.count) = (spool, start, count)
    }

    @inline(__always)
    subscript(place: Int) -> UInt32 {
      precondition(place >= 0 && place < count)
      return spool.words[start + place]
    }
  }

  fileprivate let words: UnsafeBufferPointer<UInt32>

  /// The curve that was added at a place, and the steps of its cascade, the seeding included.
  subscript(place: UInt64) -> (curve: Curve, stepCount: Int) {
    let start = Int(place)
    precondition(start + 1 < words.count)
    return (Curve(self, from: start + 2, count: Int(words[start + 1])), Int(words[start]))
  }

  /// Gives back the memory of what was read: it is there again when somebody looks. Where little was read, nothing.
  func release() {
    guard let start = words.baseAddress, 4 * words.count > CurveSpool.leastReleased else { return }
    madvise(UnsafeMutableRawPointer(mutating: start), 4 * words.count, MADV_DONTNEED)
  }
}
