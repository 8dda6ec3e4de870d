internal import CMachine

/// How the process holds memory; this changes nothing but the time.
package enum ProcessMemory {
  /// Keeps memory that one replicate frees for the next. Call once, at the start.
  package static func reuse() { machine_reuse_memory() }
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
