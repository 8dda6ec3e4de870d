internal import CMachine

/// Random words of one block for many entities at once, vectorized over entities.
extension RandomAddress {
  /// Entities per batch, few enough for their words to stay in the L1 cache.
  private static let batch = 512

  /// Calls `use` with batches of the entities 0 ..< `count`, and the two words of block `index` of each entity.
  @inline(__always)
  package func draw(
    _ purpose: Purpose, count: Int, index: Int = 0,
    _ use: (_ entities: Range<Int>, _ first: Span<UInt64>, _ second: Span<UInt64>) -> Void
  ) {
    let lanes = counter(purpose, entity: 0, index: index)
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * Self.batch) { words in
      guard let first = words.baseAddress else { return }
      let second = first + Self.batch
      for start in stride(from: 0, to: count, by: Self.batch) {
        let end = min(count, start + Self.batch)
        machine_draw_range(
          first, second, randomSeed, lanes.x, lanes.y, lanes.z, lanes.w, UInt64(truncatingIfNeeded: start), end - start)
        use(
          start..<end, Span(_unsafeStart: UnsafePointer(first), count: end - start),
          Span(_unsafeStart: UnsafePointer(second), count: end - start))
      }
    }
  }

  /// Calls `use` with batches of places of `entities`, and the first word of block `index` of the entity at each place.
  @inline(__always)
  package func draw(
    _ purpose: Purpose, of entities: ArraySlice<UInt32>, index: Int = 0,
    _ use: (_ places: Range<Int>, _ first: Span<UInt64>) -> Void
  ) {
    let lanes = counter(purpose, entity: 0, index: index)
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * Self.batch) { words in
      entities.withUnsafeBufferPointer { entities in
        guard let first = words.baseAddress, let listed = entities.baseAddress else { return }
        for start in stride(from: 0, to: entities.count, by: Self.batch) {
          let end = min(entities.count, start + Self.batch)
          machine_draw_listed(
            first, first + Self.batch, randomSeed, lanes.x, lanes.y, lanes.z, lanes.w, listed + start, end - start)
          use(start..<end, Span(_unsafeStart: UnsafePointer(first), count: end - start))
        }
      }
    }
  }

  /// Exp(1) of each entity 0 ..< `values.count`: −ln(1 − U) of the first word of block 0.
  func fillExponentials(_ values: inout [Double], _ purpose: Purpose) {
    values.withUnsafeMutableBufferPointer { values in
      guard let base = values.baseAddress else { return }
      draw(purpose, count: values.count) { entities, first, _ in
        first.withUnsafeBufferPointer { machine_exponentials(base + entities.lowerBound, $0.baseAddress, $0.count) }
      }
    }
  }
}

/// The first words of many entities, drawn at once: word w of the entity at place i has the index w · `size` + i.
struct WordBatch {
  /// Entities per batch, few enough for their words to stay in cache.
  static let size = 256
  private(set) var words: [UInt64] = []
  private(set) var wordsEach = 0
  private var address = RandomAddress(randomSeed: 0)
  private var purpose = Purpose.network
  private var index = 0

  /// Draws at least `wordsEach` words, from block `index` on, for each of up to `size` consecutive entities.
  mutating func draw(
    _ purpose: Purpose, _ entities: Range<Int>, index: Int = 0, wordsEach: Int, at address: RandomAddress
  ) {
    prepare(purpose, index, wordsEach, entities.count, address)
    words.withUnsafeMutableBufferPointer { words in
      guard let base = words.baseAddress else { return }
      for word in stride(from: 0, to: self.wordsEach, by: 2) {
        let lanes = address.counter(purpose, entity: 0, index: index + word / 2)
        machine_draw_range(
          base + word * Self.size, base + (word + 1) * Self.size, address.randomSeed, lanes.x, lanes.y, lanes.z,
          lanes.w, UInt64(truncatingIfNeeded: entities.lowerBound), entities.count)
      }
    }
  }

  /// The same for listed entities, from block 0 on.
  mutating func draw(_ purpose: Purpose, of entities: ArraySlice<UInt32>, wordsEach: Int, at address: RandomAddress) {
    prepare(purpose, 0, wordsEach, entities.count, address)
    entities.withUnsafeBufferPointer { entities in
      words.withUnsafeMutableBufferPointer { words in
        guard let listed = entities.baseAddress, let base = words.baseAddress else { return }
        for word in stride(from: 0, to: self.wordsEach, by: 2) {
          let lanes = address.counter(purpose, entity: 0, index: word / 2)
          machine_draw_listed(
            base + word * Self.size, base + (word + 1) * Self.size, address.randomSeed, lanes.x, lanes.y, lanes.z,
            lanes.w, listed, entities.count)
        }
      }
    }
  }

  private mutating func prepare(
    _ purpose: Purpose, _ index: Int, _ wordsEach: Int, _ count: Int, _ address: RandomAddress
  ) {
    precondition(count <= Self.size, "a batch holds \(Self.size) entities")
    (self.purpose, self.index, self.wordsEach, self.address) = (purpose, index, (wordsEach + 1) & ~1, address)
    if words.count < self.wordsEach * Self.size {
      words = [UInt64](repeating: 0, count: self.wordsEach * Self.size)
    }
  }

  @inline(__always)
  subscript(word: Int, place: Int) -> UInt64 { words[word &* Self.size &+ place] }

  /// The entity's words after the drawn ones.
  @inline(__always)
  func rest(of entity: Int) -> RandomStream {
    address.stream(purpose, entity: entity, index: index + wordsEach / 2)
  }
}

extension RandomAddress {
  /// Fills `words` with the words of one entity, in order, from block `index` on.
  ///
  /// - Precondition: an even number of words; no block index but the first is a multiple of 2³².
  func draw(_ purpose: Purpose, entity: Int = 0, index: Int, into words: inout [UInt64]) {
    let lanes = counter(purpose, entity: entity, index: index)
    words.withUnsafeMutableBufferPointer { words in
      machine_draw_blocks(words.baseAddress, randomSeed, lanes.x, lanes.y, lanes.z, lanes.w, words.count / 2)
    }
  }
}

extension UInt64 {
  /// `failures(spacing:)` of the first `count` words, vectorized; 2³² − 1 means that number or more.
  static func fill(_ skips: inout [UInt32], _ words: [UInt64], count: Int, spacing: Double) {
    precondition(count <= skips.count && count <= words.count, "words for every skip")
    skips.withUnsafeMutableBufferPointer { machine_log_skips($0.baseAddress, words, spacing, count) }
  }
}
