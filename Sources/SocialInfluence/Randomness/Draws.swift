internal import CMachine

/// Many draws at once: the words of one block for many entities, several entities in each instruction.
extension RandomAddress {
  /// Entities drawn at a time: their words stay in the nearest cache.
  private static let batch = 512

  /// Calls `use` with the entities 0 ..< `count` in batches, and the two words of block `index` of each.
  @inline(__always)
  package func draw(
    _ purpose: Purpose, count: Int, index: Int = 0,
    _ use: (_ entities: Range<Int>, _ first: UnsafePointer<UInt64>, _ second: UnsafePointer<UInt64>) -> Void
  ) {
    let lanes = counter(purpose, entity: 0, index: index)
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * Self.batch) { words in
      guard let first = words.baseAddress else { return }
      let second = first + Self.batch
      for start in stride(from: 0, to: count, by: Self.batch) {
        let end = min(count, start + Self.batch)
        machine_draw_range(
          first, second, randomSeed, lanes.x, lanes.y, lanes.z, lanes.w, UInt64(truncatingIfNeeded: start), end - start)
        use(start..<end, UnsafePointer(first), UnsafePointer(second))
      }
    }
  }

  /// Calls `use` with places of `entities` in batches, and the first word of block `index` of the entity at each place.
  @inline(__always)
  package func draw(
    _ purpose: Purpose, of entities: ArraySlice<UInt32>, index: Int = 0,
    _ use: (_ places: Range<Int>, _ first: UnsafePointer<UInt64>) -> Void
  ) {
    let lanes = counter(purpose, entity: 0, index: index)
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * Self.batch) { words in
      entities.withUnsafeBufferPointer { entities in
        guard let first = words.baseAddress, let listed = entities.baseAddress else { return }
        for start in stride(from: 0, to: entities.count, by: Self.batch) {
          let end = min(entities.count, start + Self.batch)
          machine_draw_listed(
            first, first + Self.batch, randomSeed, lanes.x, lanes.y, lanes.z, lanes.w, listed + start, end - start)
          use(start..<end, UnsafePointer(first))
        }
      }
    }
  }

  /// The words of the first `blocks` blocks of each listed entity: word w of the entity at place i stands at
  /// `words[w * stride + i]`.
  @inline(__always)
  func draw(_ purpose: Purpose, of entities: ArraySlice<UInt32>, blocks: Int, stride: Int, into words: inout [UInt64]) {
    precondition(entities.count <= stride && words.count >= 2 * blocks * stride, "words for every entity")
    entities.withUnsafeBufferPointer { entities in
      words.withUnsafeMutableBufferPointer { words in
        guard let listed = entities.baseAddress, let base = words.baseAddress else { return }
        for block in 0..<blocks {
          let lanes = counter(purpose, entity: 0, index: block)
          machine_draw_listed(
            base + 2 * block * stride, base + (2 * block + 1) * stride, randomSeed, lanes.x, lanes.y, lanes.z, lanes.w,
            listed, entities.count)
        }
      }
    }
  }

  /// The same for the entities of a range.
  @inline(__always)
  func draw(_ purpose: Purpose, _ entities: Range<Int>, blocks: Int, stride: Int, into words: inout [UInt64]) {
    precondition(entities.count <= stride && words.count >= 2 * blocks * stride, "words for every entity")
    words.withUnsafeMutableBufferPointer { words in
      guard let base = words.baseAddress else { return }
      for block in 0..<blocks {
        let lanes = counter(purpose, entity: 0, index: block)
        machine_draw_range(
          base + 2 * block * stride, base + (2 * block + 1) * stride, randomSeed, lanes.x, lanes.y, lanes.z, lanes.w,
          UInt64(truncatingIfNeeded: entities.lowerBound), entities.count)
      }
    }
  }

  /// Exp(1) of each entity 0 ..< `values.count`: −ln(1 − U) of the first word of block 0.
  package func fillExponentials(_ values: inout [Double], _ purpose: Purpose) {
    values.withUnsafeMutableBufferPointer { values in
      guard let base = values.baseAddress else { return }
      draw(purpose, count: values.count) { entities, first, _ in
        machine_exponentials(base + entities.lowerBound, first, entities.count)
      }
    }
  }
}

extension UInt64 {
  /// `failures(spacing:)` of the first `count` words, several at once; 2³² − 1 stands for that and more.
  static func fill(_ skips: inout [UInt32], _ words: [UInt64], count: Int, spacing: Double) {
    precondition(count <= skips.count && count <= words.count, "words for every skip")
    skips.withUnsafeMutableBufferPointer { machine_log_skips($0.baseAddress, words, spacing, count) }
  }
}
