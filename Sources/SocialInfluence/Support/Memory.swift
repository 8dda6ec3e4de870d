internal import CMachine

/// How the process holds memory; this changes nothing but the time.
package enum ProcessMemory {
  /// Keeps memory that one replicate frees for the next. Call once, at the start.
  package static func reuse() { machine_reuse_memory() }
}

/// The places of an array while it is lent to those who fill or change it, at once and in any order: each writes only
/// its own places, and none is kept beyond the loan. Places are checked in debug builds only.
struct Room<Element>: @unchecked Sendable {
  private let places: UnsafeMutableBufferPointer<Element>

  fileprivate init(_ places: UnsafeMutableBufferPointer<Element>) { self.places = places }

  var count: Int { places.count }
  /// For functions in C.
  var start: UnsafeMutablePointer<Element>? { places.baseAddress }

  @inline(__always)
  subscript(place: Int) -> Element {
    get { places[place] }
    nonmutating _modify { yield &places[place] }
  }

  /// A part of the places, counted from its first.
  subscript(part: Range<Int>) -> Room { Room(UnsafeMutableBufferPointer(rebasing: places[part])) }

  /// Fills a place of a new array.
  func put(_ element: Element, at place: Int) { places.initializeElement(at: place, to: element) }

  /// Fills all places of a new array.
  func put(_ elements: [Element]) { _ = places.initialize(fromContentsOf: elements) }

  /// Asks for huge pages under places that have not been written yet.
  func preferHugePages() { machine_prefer_huge_pages(start, count * MemoryLayout<Element>.stride) }
}

extension Array {
  /// A new array; `fill` fills each of its places once.
  init(count: Int, fill: (Room<Element>) -> Void) {
    self.init(unsafeUninitializedCapacity: count) { places, filled in
      fill(Room(UnsafeMutableBufferPointer(rebasing: places[..<count])))
      filled = count
    }
  }

  mutating func lend<Result>(_ body: (Room<Element>) -> Result) -> Result {
    withUnsafeMutableBufferPointer { body(Room($0)) }
  }
}

/// Hints about memory, which change nothing but the time; a place to prefetch may lie beyond the end.
extension Array {
  /// Asks for huge pages if the array is large enough to have some.
  package func useHugePages() {
    withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      machine_use_huge_pages(base, bytes.count)
    }
  }

  @inline(__always)
  func prefetch(_ place: Int) {
    withUnsafeBufferPointer { elements in
      guard let base = elements.baseAddress else { return }
      machine_prefetch(base + place)
    }
  }
}

extension Span where Element: BitwiseCopyable {
  @inline(__always)
  func prefetch(_ place: Int) {
    withUnsafeBufferPointer { elements in
      guard let base = elements.baseAddress else { return }
      machine_prefetch(base + place)
    }
  }
}
