@testable import SocialInfluence
import Testing

/// Always the same word: the pathological cases.
private struct Stuck: RandomNumberGenerator {
  let word: UInt64
  mutating func next() -> UInt64 { word }
}

@Suite struct SamplersTests {
  @Test func endsOfIntervals() {
    #expect(UInt64.min.unitInterval == 0 && UInt64.max.unitInterval == 1 - 0x1p-53)
    #expect(UInt64.min.openUnitInterval == 0x1p-53 && UInt64.max.openUnitInterval == 1 - 0x1p-53)
    for count in [1, 2, 3, 1000, 1 << 36] {
      #expect(UInt64.min.below(count) == 0 && UInt64.max.below(count) == count - 1)
    }
    #expect(UInt64.max.failures(spacing: 1) == 0)
    #expect(UInt64.min.failures(spacing: 1) == 36)
    #expect(UInt64.min.failures(spacing: 1e300) == 1 << 53)
    #expect(UInt64.min.failures(spacing: 0) == 0)
  }

  @Test func stuckGeneratorsEnd() {
    for word in [UInt64.min, .max] {
      var generator = Stuck(word: word)
      var items = Array(0..<10)
      generator.shuffle(&items)
      #expect(items.sorted() == Array(0..<10))
      #expect(generator.bernoulli(1) && !generator.bernoulli(0))
    }
    var empty = [Int]()
    var generator = Stuck(word: 0)
    generator.shuffle(&empty)
    #expect(empty.isEmpty)
  }

  /// χ² with 2 degrees of freedom, limit at 1e-5.
  @Test func belowThreeIsUniform() {
    var words = Fixture.random(1).stream(.needs)
    var counts = [0.0, 0, 0]
    for _ in 0..<100_000 { counts[words.below(3)] += 1 }
    let expected = 100_000.0 / 3
    #expect(counts.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected } < 23.1)
  }

  /// All 24 orders of four are equally likely: χ² with 23 degrees of freedom, limit at 1e-5.
  @Test func shuffleIsUniform() {
    var words = Fixture.random(2).stream(.needs)
    var counts = [[Int]: Double]()
    for _ in 0..<48_000 {
      var items = [0, 1, 2, 3]
      words.shuffle(&items)
      counts[items, default: 0] += 1
    }
    #expect(counts.count == 24)
    #expect(counts.values.reduce(0) { $0 + ($1 - 2000) * ($1 - 2000) / 2000 } < 64)
  }

  /// P(skip = k) = p(1 − p)^k: mean (1 − p)/p with standard deviation √(1 − p)/p.
  @Test(arguments: [0.05, 0.15, 0.5, 0.9])
  func failuresAreGeometric(p: Double) {
    var words = Fixture.random(3).stream(.coins)
    let rate = hazard(ofProbability: p)
    let count = 200_000
    var sum = 0
    var zeros = 0
    for _ in 0..<count {
      let skip = words.next().failures(spacing: 1 / rate)
      sum += skip
      zeros += skip == 0 ? 1 : 0
    }
    let root = Double(count).squareRoot()
    #expect(abs(Double(sum) / Double(count) - (1 - p) / p) < 4 * (1 - p).squareRoot() / p / root)
    #expect(abs(Double(zeros) / Double(count) - p) < 4 * (p * (1 - p)).squareRoot() / root)
  }

  @Test func aliasTableFollowsWeights() {
    let weights = [1.0, 0, 3, 6]
    let table = AliasTable(weights: weights)
    var words = Fixture.random(4).stream(.network)
    var counts = [0.0, 0, 0, 0]
    for _ in 0..<100_000 { counts[table.agent(words.next())] += 1 }
    #expect(counts[1] == 0)
    for index in [0, 2, 3] {
      let p = weights[index] / 10
      #expect(abs(counts[index] / 100_000 - p) < 4 * (p * (1 - p) / 100_000).squareRoot())
    }
  }
}
