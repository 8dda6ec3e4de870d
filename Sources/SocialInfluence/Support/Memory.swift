internal import CMachine

/// How the process holds memory; it changes nothing but time.
package enum ProcessMemory {
  /// Keeps what one replicate frees for the next. Once, at the start.
  package static func reuse() { machine_reuse_memory() }
}

/// Asks for memory that will be read soon. Nothing depends on it but time; a place beyond the end does no harm.
extension Array {
  /// Asks for huge pages where the array is large enough to have some; changes nothing but time.
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
