@testable import SocialInfluence
import Testing

/// Draws of many entities at once, and what replaces a logarithm, against one at a time.
@Suite struct DrawsTests {
  @Test(arguments: [0, 1, 511, 512, 513, 1500])
  func wordsOfManyAreWordsOfEach(count: Int) {
    let address = RandomAddress(randomSeed: 0xFEDC_BA98_7654_3210, network: 9, draw: 77)
    var seen = 0
    address.draw(.needs, count: count, index: 3 << 33) { entities, first, second in
      for entity in entities {
        let (one, two) = address.words(.needs, entity: entity, index: 3 << 33)
        #expect(first[entity - entities.lowerBound] == one && second[entity - entities.lowerBound] == two)
        seen += 1
      }
    }
    #expect(seen == count)
  }

  /// Entities up to the last that 32 bits can name: their highest bits stand in another lane.
  @Test func wordsOfListedEntities() {
    let address = RandomAddress(randomSeed: 5, network: 1 << 23, draw: 3)
    let entities: [UInt32] = (0..<700).map { UInt32(truncatingIfNeeded: $0 &* 0x9E37_79B9) } + [.max, 1 << 28, 0]
    var found = [UInt64]()
    address.draw(.periods, of: entities[...]) { places, words in
      for place in places { found.append(words[place - places.lowerBound]) }
    }
    #expect(found == entities.map { address.words(.periods, entity: Int($0)).0 })
  }

  /// To the bit, whatever the processor's widest instructions are.
  @Test func exponentialsOfManyAreThoseOfEach() {
    let address = RandomAddress(randomSeed: 6, network: 1, draw: 1)
    var values = [Double](repeating: 0, count: 20_000)
    address.fillExponentials(&values, .needs)
    #expect(
      values.indices.allSatisfy {
        values[$0] == -naturalLogarithm(1 - address.words(.needs, entity: $0).0.unitInterval)
      })
  }

  /// The table gives the very numbers of the logarithm: random words, and words beside every cut.
  @Test(arguments: [1e-9, 0.003, 0.05, 0.15, 0.3, 0.5, 0.9, 1])
  func geometricTableIsTheLogarithm(p: Double) {
    let rate = hazard(ofProbability: p)
    let sampler = GeometricSampler(hazard: rate)
    var words = RandomAddress(randomSeed: 8).stream(.coins)
    for _ in 0..<100_000 {
      let word = words.next()
      #expect(sampler.failures(word) == word.failures(spacing: 1 / rate))
    }
    for k in 1..<40 {
      let cut = exponential(-rate * Double(k)) * 0x1p64
      guard cut < 0x1.FFFFFp63, cut > 1e6 else { continue }
      for step in -8...8 {
        let word = UInt64(cut) &+ UInt64(bitPattern: Int64(step * 1000))
        #expect(sampler.failures(word) == word.failures(spacing: 1 / rate))
      }
    }
    for word in [UInt64.min, .max] { #expect(sampler.failures(word) == word.failures(spacing: 1 / rate)) }
  }
}

@Suite struct ElementaryFunctionsTests {
  /// Known to the last digits: ln 2, ln 10, ln 3 and small arguments' series.
  @Test func logarithmsKnown() {
    for (x, known) in [
      (2, 0.693147180559945309), (10, 2.302585092994045684), (3, 1.098612288668109691), (0.5, -0.693147180559945309),
      (1, 0), (0x1p-53, -36.736800569677101399), (1 - 0x1p-53, -0x1p-53), (1e300, 690.77552789821370521),
      (0x1p-1022, -708.39641853226410622),
    ] {
      #expect(abs(naturalLogarithm(x) - known) <= known.ulp, "ln \(x)")
    }
    #expect(naturalLogarithm(0) == -.infinity && naturalLogarithm(-1).isNaN && naturalLogarithm(.infinity) == .infinity)
    #expect(abs(naturalLogarithm(0x1p-1074) + 744.44007192138126231) < 1e-12)
  }

  /// Never falls, also where the exponent changes, at the ends of the reduction and between neighbors.
  @Test func logarithmNeverFalls() {
    var words = RandomAddress(randomSeed: 9).stream(.coins)
    for _ in 0..<200_000 {
      let x = words.uniform() + 0x1p-60
      let (below, here) = (naturalLogarithm(x.nextDown), naturalLogarithm(x))
      #expect(below <= here)
      // exp of ln: an error of e in ln is a relative error of e in the result.
      #expect(abs(exponential(here) / x - 1) < 4e-16 + 2.3e-16 * abs(here))
    }
    for edge in [0.5, 1, 0.25, 0.5.squareRoot(), 0.5.squareRoot() / 2] {
      var x = edge
      for _ in 0..<50 { x = x.nextDown }
      for _ in 0..<100 {
        #expect(naturalLogarithm(x) <= naturalLogarithm(x.nextUp))
        x = x.nextUp
      }
    }
  }
}
