import Testing
@testable import Theory

@Suite struct RingFrontTests {
  /// Synchronous runs on rings: agents, neighbours a side, need, block, rounds.
  @Test(arguments: [
    [100, 2, 1, 3, 25], [100, 2, 2, 2, 49], [100, 2, 2, 3, 48], [100, 2, 2, 5, 47], [1000, 5, 1, 11, 99],
    [1000, 5, 3, 11, 165], [1000, 5, 5, 11, 493], [60, 3, 2, 7, 13], [60, 3, 3, 3, 28],
  ])
  func rounds(row: [Int]) {
    let front = RingFront(neighborsPerSide: row[1], need: row[2])
    #expect(front.spreads && front.speed == row[1] - row[2] + 1)
    #expect(front.rounds(agentCount: row[0], seedBlock: row[3]) == row[4])
  }

  @Test(arguments: [(2, 3, 5), (5, 6, 11)])
  func stuck(reach: Int, need: Int, block: Int) {
    let front = RingFront(neighborsPerSide: reach, need: need)
    #expect(!front.spreads && front.speed == 0 && front.rounds(agentCount: 100, seedBlock: block) == nil)
  }

  @Test func bridges() {
    #expect([1, 2, 3].map { RingFront(neighborsPerSide: $0, need: 1).bridgeWidth } == [1, 3, 6])
    #expect(RingFront(neighborsPerSide: 2, need: 2).rounds(agentCount: 10, seedBlock: 10) == 0)
  }
}
