internal import SocialInfluence
internal import Statistics

/// Known answers, uniformity, and independence of numbers at different addresses.
enum RandomnessChecks {
  static let tasks: [Verification.Task] = [
    .init(name: "R1") { _, checks in knownAnswers(&checks) },
    .init(name: "R2") { effort, checks in conversions(effort, &checks) },
    .init(name: "R3") { effort, checks in try independence(effort, &checks) },
    .init(name: "R3") { effort, checks in try workers(effort, &checks) },
    .init(name: "battery", isQuick: false) { _, checks in battery(&checks) },
  ]

  private static let random123 = "Random123 kat_vectors"

  private static func knownAnswers(_ checks: inout Checks) {
    let cases: [(counter: [UInt32], key: [UInt32], output: [UInt32])] = [
      ([0, 0, 0, 0], [0, 0], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
      (
        [.max, .max, .max, .max], [.max, .max], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
      ),
      (
        [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
        [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
      ),
    ]
    for (number, one) in cases.enumerated() {
      let block = Philox4x32.block(SIMD4(one.counter), key: SIMD2(one.key))
      let found = (0..<4).map { String(block[$0], radix: 16) }.joined(separator: " ")
      let expected = one.output.map { String($0, radix: 16) }.joined(separator: " ")
      checks.equal("Philox 4x32-10, vector \(number + 1)", expected, random123, found: found)
    }
    // The layout of the address: purpose 8, network 24, draw 24, entity 36, index 36 bits.
    let address = RandomAddress(randomSeed: 1, network: 3, draw: 5)
    let counter = address.counter(.coins, entity: 7, index: 9)
    checks.equal(
      "counter of an address", [9, 112, 1280, 3 | 6 << 24], "layout", found: (0..<4).map { Int(counter[$0]) })
  }

  private static func conversions(_ effort: Effort, _ checks: inout Checks) {
    checks.value("unit interval of 0", 0, "definition", found: UInt64.min.unitInterval, within: 0)
    checks.value("unit interval of 2⁶⁴ − 1", 1 - 0x1p-53, "definition", found: UInt64.max.unitInterval, within: 0)
    let count = effort.runs(1_000_000, quick: 200_000)
    var words = RandomAddress(randomSeed: 101).stream(.selection)
    var (thirds, values) = ([0, 0, 0], [Double]())
    var (cells, order) = ([Int](repeating: 0, count: 100), [Int](repeating: 0, count: 256))
    for _ in 0..<count {
      thirds[words.below(3)] += 1
      let u = words.uniform()
      cells[Int(u * 100)] += 1
      values.append(u)
    }
    checks.law("below(3)", [1, 1, 1].map { $0 / 3 }, "uniform", counts: thirds)
    checks.law("unit interval, 100 cells", [Double](repeating: 0.01, count: 100), "uniform", counts: cells)
    checks.mean("mean of a uniform", 0.5, "1/2", of: values)
    checks.mean("mean of its square", 1.0 / 3, "1/3", of: values.map { $0 * $0 })
    for _ in 0..<count / 10 {
      var four = [0, 1, 2, 3]
      words.shuffle(&four)
      order[four[0] << 6 | four[1] << 4 | four[2] << 2 | four[3]] += 1
    }
    let seen = order.filter { $0 > 0 }
    checks.law("shuffles of four", [Double](repeating: 1.0 / 24, count: 24), "uniform", counts: seen)
    let skips = (0..<count).map { (_: Int) in Double(words.next().failures(spacing: 1 / hazard(ofProbability: 0.15))) }
    checks.mean("geometric skips at .15", 0.85 / 0.15, "(1 − p)/p", of: skips)
  }

  private typealias Pair = (what: String, z: Double, equal: Int)

  private static func compare(_ what: String, _ first: [Double], _ second: [Double]) -> Pair {
    let sum = zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
    return (what, sum * 12 / Double(first.count).squareRoot(), zip(first, second).count { $0 == $1 })
  }

  private static func checkWorst(_ name: String, _ pairs: [Pair], of count: Int, _ checks: inout Checks) {
    guard let correlated = pairs.max(by: { abs($0.z) < abs($1.z) }), let equal = pairs.max(by: { $0.equal < $1.equal })
    else { return }
    let bound = Normal.quantile(1 - 5e-6 / Double(pairs.count))
    checks.holds(
      "\(name): largest correlation of \(pairs.count)", "|z| < \(Checks.text(bound))", "independent",
      found: "\(Checks.text(correlated.z)) (\(correlated.what))", abs(correlated.z) < bound)
    checks.holds(
      "\(name): equal numbers", "0 of \(count)", "independent", found: "\(equal.equal) (\(equal.what))",
      equal.equal == 0)
  }

  /// Correlations that must be 0: between words at addresses that differ in one part alone.
  private static func independence(_ effort: Effort, _ checks: inout Checks) throws {
    let count = effort.runs(100_000, quick: 10_000)
    func words(_ purpose: Purpose, network: Int = 1, draw: Int = 1, shift: Int = 0, index: Int = 0) -> [Double] {
      let address = RandomAddress(randomSeed: 7, network: network, draw: draw)
      return (0..<count).map { address.words(purpose, entity: $0 + shift, index: index).0.unitInterval - 0.5 }
    }
    func worst(_ name: String, _ pairs: [Pair]) { checkWorst(name, pairs, of: count, &checks) }
    let purposes = Purpose.allCases.map { ($0, words($0)) }
    worst(
      "across purposes",
      purposes.indices.flatMap { a in
        purposes.indices.filter { $0 > a }.map { b in
          compare("\(purposes[a].0) and \(purposes[b].0)", purposes[a].1, purposes[b].1)
        }
      })
    let base = words(.needs)
    worst(
      "across replicates",
      (0...16).filter { $0 != 1 }.map { compare("networks 1 and \($0)", base, words(.needs, network: $0)) }
        + [compare("networks 2 and 3", words(.network, network: 2), words(.network, network: 3))])
    worst("across draws", (2...16).map { compare("draws 1 and \($0)", base, words(.needs, draw: $0)) })
    worst("across agents", (1...16).map { compare("agents \($0) apart", base, words(.needs, shift: $0)) })
    worst("across indices", (1...16).map { compare("indices 0 and \($0)", base, words(.needs, index: $0)) })
    // The demands of a rule come from their own addresses alone.
    let rule = try Trial.rule("{ kind: fractional-threshold, threshold: { kind: uniform } }")
    var demands = [Double](repeating: 0, count: count)
    rule.fillDemands(&demands, at: RandomAddress(randomSeed: 7, network: 1, draw: 1))
    worst(
      "needs of a rule",
      purposes.filter { $0.0 != .needs }.map { compare("needs and \($0.0)", demands.map { $0 - 0.5 }, $0.1) })
  }

  /// The same cascades with any number of workers, and from one item run by itself.
  private static func workers(_ effort: Effort, _ checks: inout Checks) throws {
    let scenario = Trial.Case(
      networks: 20, draws: 3, agents: 500, network: "{ kind: chung-lu, meanDegree: 4 }",
      rule: "{ kind: independent-cascade, probability: 0.3 }", seed: 5
    ).scenario
    let plan = try Plan(try Scenario.parse(Array(scenario.utf8), name: "workers"))
    func sizes(_ workers: Int) throws -> [Int] {
      try Simulation.outcomes(plan, workers: workers, progress: Progress(total: 1))[0].sizes.map { Int($0) }
    }
    let one = try sizes(1)
    for workers in [2, 3, 7] {
      checks.equal("\(workers) workers", true, "the same cascades", found: try sizes(workers) == one)
    }
    var worker = ReplicateWorker(plan, Progress(total: 1))
    let alone = try worker.run(item: 11).cascades.map(\.cascade.size)
    checks.equal("network 12 by itself", Array(one[33..<36]), "the same cascades", found: alone)
    checks.holds(
      "replicates differ", "more than one size", "independent", found: "\(Set(one).count) sizes", Set(one).count > 5)
  }

  /// Statistical tests of the stream as the program reads it: one word per agent.
  private static func battery(_ checks: inout Checks) {
    let address = RandomAddress(randomSeed: 12345, network: 1, draw: 1)
    let words = (0..<1 << 20).map { address.words(.needs, entity: $0).0 }
    let uniforms = words.map(\.unitInterval)
    neighbors(words, uniforms, &checks)
    orders(uniforms, &checks)
    bits(words, &checks)
    groups(words, &checks)
  }

  private static func neighbors(_ words: [UInt64], _ uniforms: [Double], _ checks: inout Checks) {
    // Serial test: pairs of three-bit numbers of neighboring agents.
    var pairs = [Int](repeating: 0, count: 64)
    for place in stride(from: 0, to: words.count - 1, by: 2) {
      pairs[Int(words[place] >> 61) * 8 + Int(words[place + 1] >> 61)] += 1
    }
    checks.law("serial pairs", pairs.map { _ in 1.0 / 64 }, "battery", counts: pairs)
    // Gap test: gaps between numbers below 1/4.
    var gaps = [Int](repeating: 0, count: 31)
    var gap = 0
    for u in uniforms {
      if u < 0.25 {
        gaps[min(30, gap)] += 1
        gap = 0
      } else {
        gap += 1
      }
    }
    let geometric = (0...30).map { $0 < 30 ? 0.25 * power(0.75, Double($0)) : power(0.75, 30) }
    checks.law("gaps below 1/4", geometric, "battery", counts: gaps)
  }

  private static func orders(_ uniforms: [Double], _ checks: inout Checks) {
    // Permutation test: the order of three neighboring numbers.
    var orders = [Int](repeating: 0, count: 8)
    for place in stride(from: 0, to: uniforms.count - 2, by: 3) {
      let (a, b, c) = (uniforms[place], uniforms[place + 1], uniforms[place + 2])
      orders[(a < b ? 4 : 0) + (b < c ? 2 : 0) + (a < c ? 1 : 0)] += 1
    }
    let possible = orders.indices.filter { $0 != 1 && $0 != 6 }.map { orders[$0] }
    checks.law("order of three", possible.map { _ in 1.0 / 6 }, "battery", counts: possible)
    // Largest of eight: its eighth power is uniform.
    let largest = stride(from: 0, to: uniforms.count, by: 8).map { power(uniforms[$0..<$0 + 8].max() ?? 0, 8) }
    let (distance, p) = KolmogorovSmirnov.uniform(largest)
    checks.holds(
      "largest of eight", "p > 1e-5", "battery", found: "D \(Checks.text(distance)), p \(Checks.text(p))", p > 1e-5)
  }

  private static func bits(_ words: [UInt64], _ checks: inout Checks) {
    let count = Double(words.count)
    // Ones in each word, and each bit by itself.
    var ones = [Int](repeating: 0, count: 65)
    var bits = [Int](repeating: 0, count: 64)
    for word in words {
      ones[word.nonzeroBitCount] += 1
      for bit in 0..<64 { bits[bit] += Int(word >> UInt64(bit) & 1) }
    }
    var binomial = [power(0.5, 64)]
    for k in 1...64 { binomial.append(binomial[k - 1] * Double(65 - k) / Double(k)) }
    checks.law("ones in 64 bits", binomial, "battery", counts: ones)
    let worst = bits.map { abs(Double($0) - count / 2) / (count / 4).squareRoot() }.max() ?? 0
    checks.holds("each of 64 bits", "|z| < 5.3", "battery", found: "largest \(Checks.text(worst))", worst < 5.3)
  }

  private static func groups(_ words: [UInt64], _ checks: inout Checks) {
    // Birthday spacings: 512 birthdays in 2²⁴ days; repeated spacings are Poisson with mean 512³ ÷ (4 · 2²⁴) = 2.
    var spacings = [Int](repeating: 0, count: 12)
    for group in 0..<words.count / 512 {
      let days = words[group * 512..<(group + 1) * 512].map { $0 >> 40 }.sorted()
      let steps = zip(days.dropFirst(), days).map { $0 - $1 }.sorted()
      spacings[min(11, zip(steps.dropFirst(), steps).count { $0 == $1 })] += 1
    }
    var poisson = [exponential(-2)]
    for k in 1..<11 { poisson.append(poisson[k - 1] * 2 / Double(k)) }
    poisson.append(1 - poisson.reduce(0, +))
    checks.law("birthday spacings", poisson, "battery", counts: spacings)
    // Rank of 32 × 32 binary matrices.
    var ranks = [0, 0, 0]
    for group in 0..<words.count / 32 {
      ranks[min(2, 32 - rank(words[group * 32..<(group + 1) * 32].map { UInt32($0 >> 32) }))] += 1
    }
    checks.law("rank of binary matrices", [0.288788, 0.577576, 0.133636], "battery", counts: ranks)
  }

  private static func rank(_ rows: [UInt32]) -> Int {
    var rows = rows
    var rank = 0
    for bit in 0..<32 {
      guard let pivot = rows[rank...].firstIndex(where: { $0 >> UInt32(bit) & 1 == 1 }) else { continue }
      rows.swapAt(rank, pivot)
      for other in rows.indices where other != rank && rows[other] >> UInt32(bit) & 1 == 1 { rows[other] ^= rows[rank] }
      rank += 1
    }
    return rank
  }
}
