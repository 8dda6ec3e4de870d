@testable import SocialInfluence
import Testing

@Suite struct PhiloxTests {
  /// Known answers of the authors' own program (Random123, kat_vectors, philox4x32 10).
  @Test(arguments: [
    (
      SIMD4<UInt32>(0, 0, 0, 0), SIMD2<UInt32>(0, 0),
      SIMD4<UInt32>(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)
    ),
    (
      SIMD4<UInt32>(repeating: UInt32.max), SIMD2<UInt32>(repeating: UInt32.max),
      SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
    ),
    (
      SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), SIMD2(0xa409_3822, 0x299f_31d0),
      SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
    ),
  ])
  func knownAnswers(counter: SIMD4<UInt32>, key: SIMD2<UInt32>, expected: SIMD4<UInt32>) {
    #expect(Philox4x32.block(counter, key: key) == expected)
  }
}

@Suite struct RandomAddressTests {
  /// purpose 8 | network 24 | draw 24 | entity 36 | index 36, most significant first.
  @Test func layout() {
    let address = RandomAddress(randomSeed: 0, network: 0xABCDEF, draw: 0x123456)
    let counter = address.counter(.coins, entity: 0x9_8765_4321, index: 0xF_0000_0001)
    // From the top: 06 ABCDEF | 123456 98 | 7654321 F | 00000001.
    #expect(counter == SIMD4(0x0000_0001, 0x7654_321F, 0x1234_5698, 0x06AB_CDEF))
  }

  /// Every field changes the counter, and no two (purpose, network, draw, entity, index) share one.
  @Test func addressesDiffer() {
    var seen = Set<SIMD4<UInt32>>()
    let values = [0, 1, 255, (1 << 24) - 1]
    let wide = [0, 1, (1 << 28) - 1, 1 << 28, (1 << 36) - 1]
    for purpose in Purpose.allCases {
      for network in values {
        for draw in values {
          let address = RandomAddress(randomSeed: 1, network: network, draw: draw)
          for entity in wide {
            for index in wide { seen.insert(address.counter(purpose, entity: entity, index: index)) }
          }
        }
      }
    }
    #expect(seen.count == Purpose.allCases.count * 16 * 25)
  }

  @Test func streamReadsBlocksInOrder() {
    let address = RandomAddress(randomSeed: 9, network: 3, draw: 2)
    var stream = address.stream(.needs, entity: 5, index: 7)
    let first = address.words(.needs, entity: 5, index: 7)
    let second = address.words(.needs, entity: 5, index: 8)
    #expect([stream.next(), stream.next(), stream.next(), stream.next()] == [first.0, first.1, second.0, second.1])
  }

  /// Neighboring addresses are uncorrelated: 10⁶ pairs, the correlation's standard error is .001.
  @Test(arguments: ["entity", "index", "draw", "network", "purpose"])
  func neighborsAreUncorrelated(field: String) {
    var sum = 0.0
    let count = 1_000_000
    for entity in 0..<count {
      let a = RandomAddress(randomSeed: 4, network: 1, draw: 1).words(.needs, entity: 2 * entity).0.unitInterval
      let b: UInt64 =
        switch field {
        case "entity": RandomAddress(randomSeed: 4, network: 1, draw: 1).words(.needs, entity: 2 * entity + 1).0
        case "index": RandomAddress(randomSeed: 4, network: 1, draw: 1).words(.needs, entity: 2 * entity, index: 1).0
        case "draw": RandomAddress(randomSeed: 4, network: 1, draw: 2).words(.needs, entity: 2 * entity).0
        case "network": RandomAddress(randomSeed: 4, network: 2, draw: 1).words(.needs, entity: 2 * entity).0
        default: RandomAddress(randomSeed: 4, network: 1, draw: 1).words(.coins, entity: 2 * entity).0
        }
      sum += (a - 0.5) * (b.unitInterval - 0.5) * 12
    }
    #expect(abs(sum / Double(count)) < 4 / Double(count).squareRoot())
  }
}
