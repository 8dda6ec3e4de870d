@testable import SocialInfluence
import Testing

@Suite struct OrderedWorkTests {
  private struct Broken: Error, Equatable { let index: Int }

  @Test(arguments: [1, 2, 3, 16])
  func resultsComeInOrder(workers: Int) throws {
    let output = try OrderedWork(items: 500, workers: workers).run(
      workspace: { 0 },
      work: { (own: inout Int, index: Int) in
        own += 1
        return index * index
      }, into: [Int](), emit: { $0.append($1) })
    #expect(output == (0..<500).map { $0 * $0 })
    let none = try OrderedWork(items: 0, workers: workers).run(
      workspace: { 0 }, work: { (_: inout Int, index: Int) in index }, into: [Int](),
      emit: { $0.append($1) })
    #expect(none.isEmpty)
  }

  @Test(arguments: [1, 2, 5])
  func earliestErrorWins(workers: Int) {
    #expect(throws: Broken(index: 40)) {
      try OrderedWork(items: 200, workers: workers).run(
        workspace: { 0 },
        work: { (_: inout Int, index: Int) in
          if index >= 40 { throw Broken(index: index) }
          return index
        }, into: [Int](), emit: { $0.append($1) })
    }
    #expect(throws: Broken(index: 7)) {
      try OrderedWork(items: 200, workers: workers).run(
        workspace: { 0 }, work: { (_: inout Int, index: Int) in index }, into: [Int](),
        emit: { _, index in if index == 7 { throw Broken(index: 7) } })
    }
  }
}

@Suite struct PairSetTests {
  /// 200,000 random insertions and removals against the standard library's set.
  @Test func againstSet() {
    var words = Fixture.random(1).stream(.selection)
    var pairs = PairSet(capacity: 1600)
    var reference = Set<[Int]>()
    for _ in 0..<200_000 {
      let (a, b) = (words.below(40), words.below(40))
      let key = [min(a, b), max(a, b)]
      if words.bernoulli(0.5) {
        #expect(pairs.insert(a, b) == reference.insert(key).inserted)
      } else {
        pairs.remove(b, a)
        reference.remove(key)
      }
      #expect(pairs.contains(a, b) == reference.contains(key))
    }
  }

  @Test func arrowsHaveDirections() {
    var pairs = PairSet(capacity: 4)
    #expect(pairs.insertArrow(1, 2) && pairs.insertArrow(2, 1) && !pairs.insertArrow(1, 2))
    pairs.removeArrow(1, 2)
    #expect(!pairs.containsArrow(1, 2) && pairs.containsArrow(2, 1))
  }
}
