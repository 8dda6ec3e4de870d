internal import SocialInfluence
internal import Statistics
internal import Theory

/// Bass and its relatives: closed forms, recursions, and simulated markets.
enum BassChecks {
  static let tasks: [Verification.Task] = [
    .init(name: "B1") { effort, checks in try mixed(effort, &checks) },
    .init(name: "B2") { _, checks in try closedForms(&checks) },
    .init(name: "B3") { _, checks in try twoSegments(&checks) },
    .init(name: "B4") { effort, checks in try talk(effort, &checks) },
    .init(name: "B5") { _, checks in stages(&checks) },
    .init(name: "B6") { _, checks in try fits(&checks) },
    .init(name: "ring") { effort, checks in try ring(effort, &checks) },
    .init(name: "noisy") { effort, checks in try noisy(effort, &checks) },
  ]

  private static func mixed(_ effort: Effort, _ checks: inout Checks) throws {
    let agents = effort.runs(10_000, quick: 1500)
    let draws = effort.runs(50, quick: 40)
    let theory = Bass(innovation: 0.03, imitation: 0.38).rounds(15)
    let records = try Trial.cascades(
      Trial.Case(
        draws: draws, agents: agents, network: "{ kind: complete }",
        rule: "{ kind: bass, innovation: 0.03, imitation: 0.38, steps: 16 }", seed: 101, more: "seeds: 0\ncutoff: none")
    )[0]
    for (step, expected) in [(5, 0.27290684), (10, 0.78264257), (15, 0.97815953)] {
      checks.value("p .03, q .38: recursion at \(step)", expected, "Bass 1969", found: theory[step], within: 1e-7)
      checks.mean(
        "mixed market of \(agents): share at \(step)", expected, "Bass 1969",
        of: records.map { Double($0.stepEnds[min(step, $0.stepEnds.count - 1)]) / Double(agents) },
        allowance: 0.001 * 10_000 / Double(agents))
    }
  }

  private static func closedForms(_ checks: inout Checks) throws {
    let rows: [(String, Double, Double, Double, Double, Double)] = [
      ("average", 0.03, 0.38, 6.192619, 0.460526, 0.110592),
      ("black-and-white TV", 0.028, 0.25, 7.875023, 0.444000, 0.077284),
      ("color TV", 0.005, 0.84, 6.063863, 0.497024, 0.212507),
      ("air conditioners", 0.010, 0.42, 8.692255, 0.488095, 0.110060),
      ("clothes dryers", 0.017, 0.36, 8.097853, 0.476389, 0.098701),
    ]
    for (name, p, q, time, share, density) in rows {
      let bass = Bass(innovation: p, imitation: q)
      checks.value("\(name): t*", time, "ln(q/p)/(p+q)", found: bass.peakTime ?? .nan, within: 1e-6)
      checks.value("\(name): F(t*)", share, "1/2 − p/2q", found: bass.peakShare ?? .nan, within: 1e-6)
      checks.value("\(name): F(t*) on the curve", share, "Bass 1969", found: bass.share(at: time), within: 1e-6)
      checks.value("\(name): f(t*)", density, "(p+q)²/4q", found: bass.peakDensity ?? .nan, within: 1e-6)
    }
    let bass = Bass(innovation: 0.02, imitation: 0.4)
    let finite = try bass.mixedShares(agentCount: 100, at: [5, 10, 15])
    let rounds = bass.rounds(15)
    for (place, (time, infinite, hundred, discrete)) in [
      (5, 0.25442472, 0.24905526, 0.19753623), (10, 0.75774727, 0.73337144, 0.69293889),
      (15, 0.96280368, 0.95509168, 0.96593234),
    ].enumerated() {
      checks.value("p .02, q .4: F(\(time))", infinite, "Bass 1969", found: bass.share(at: Double(time)), within: 1e-7)
      checks.value("p .02, q .4: F(\(time)), 100 agents", hundred, "pure birth", found: finite[place], within: 1e-7)
      checks.value("p .02, q .4: F(\(time)), in steps", discrete, "recursion", found: rounds[time], within: 1e-7)
    }
  }

  private static func twoSegments(_ checks: inout Checks) throws {
    let source = "Van den Bulte & Joshi 2007"
    let model = TwoSegmentBass(
      influentials: Bass(innovation: 0.03, imitation: 0.5), imitators: Bass(innovation: 0, imitation: 0.5),
      influentialShare: 0.2, weight: 1)
    let points = try model.points(at: [5, 10])
    for (point, expected) in zip(points, [0.35258055, 0.89580196]) {
      checks.value(
        "F(\(Int(point.time))), closed form", expected, source, found: model.closedFormShare(at: point.time) ?? .nan,
        within: 1e-6)
      checks.value("F(\(Int(point.time))), solved", expected, source, found: point.share, within: 1e-6)
    }
    let peaks = try model.peaks(before: 40)
    checks.equal("peaks", 1, source, found: peaks.count)
    checks.value("peak", 5.644, source, found: peaks.first?.time ?? .nan, within: 1e-3)
    checks.value("adoption at the peak", 0.146182, source, found: peaks.first?.density ?? .nan, within: 1e-6)
  }

  private static func talk(_ effort: Effort, _ checks: inout Checks) throws {
    let source = "Goldenberg et al. 2001"
    let rows: [(s: Int, w: Int, advertising: Double, weak: Double, strong: Double, times: [Int])] = [
      (5, 5, 0.0005, 0.005, 0.01, [53, 82, 129]), (5, 5, 0.00525, 0.01, 0.04, [12, 21, 37]),
      (17, 17, 0.00525, 0.01, 0.04, [6, 9, 14]), (29, 29, 0.01, 0.015, 0.07, [4, 5, 7]),
    ]
    for (number, row) in rows.enumerated() {
      let theory = Theory.TalkOfTheNetwork(
        strongTies: row.s, weakTies: row.w, advertising: row.advertising, weakEffect: row.weak, strongEffect: row.strong
      )
      let found = [0.16, 0.5, 0.95].map { theory.firstPeriod(reaching: $0) ?? -1 }
      checks.equal("row \(number + 1): 16, 50, 95 %, recursion", row.times, source, found: found)
      guard number < 3, effort == .full || number > 0 else { continue }
      let records = try Trial.cascades(
        Trial.Case(
          draws: effort.runs(100, quick: 20), agents: 3000 / (row.s + 1) * (row.s + 1),
          network: "{ kind: disjoint-cliques, size: \(row.s + 1) }",
          rule: """
            { kind: talk-of-the-network, advertising: \(row.advertising), strong: \(row.strong), weak: \(row.weak), \
            meetings: \(row.w), steps: 400 }
            """, seed: 103, more: "seeds: 0\ncutoff: none"))[0]
      for (place, time) in row.times.enumerated() {
        checks.mean(
          "row \(number + 1): \([16, 50, 95][place]) %", Double(time), source,
          of: records.map { Double($0.cascade.stepsToShares[place] ?? 0) }, allowance: 1)
      }
    }
  }

  /// Standardized effects over the full grid of three levels each.
  private static func stages(_ checks: inout Checks) {
    var rows = [[Double]]()
    var times = [[Double]]()
    for s in [5, 17, 29] {
      for w in [5, 17, 29] {
        for advertising in [0.0005, 0.00525, 0.01] {
          for weak in [0.005, 0.01, 0.015] {
            for strong in [0.01, 0.04, 0.07] {
              let theory = Theory.TalkOfTheNetwork(
                strongTies: s, weakTies: w, advertising: advertising, weakEffect: weak, strongEffect: strong)
              rows.append([Double(s), Double(w), advertising, weak, strong])
              times.append([0.16, 0.5, 0.95].map { Double(theory.firstPeriod(reaching: $0) ?? 0) })
            }
          }
        }
      }
    }
    // On a full grid the regressors are orthogonal: each coefficient is a correlation.
    func correlation(_ x: [Double], _ y: [Double]) -> Double {
      let (mx, my) = (Sample.mean(x), Sample.mean(y))
      let covariance = Sample.mean(zip(x, y).map { ($0 - mx) * ($1 - my) }) * Double(x.count) / Double(x.count - 1)
      return covariance / (Sample.variance(x) * Sample.variance(y)).squareRoot()
    }
    for (place, expected) in [
      [-0.371, -0.261, -0.593, -0.158, -0.325], [-0.435, -0.336, -0.468, -0.209, -0.368],
      [-0.482, -0.394, -0.322, -0.241, -0.403],
    ].enumerated() {
      for (column, name) in ["s", "w", "α", "β_w", "β_s"].enumerated() {
        let found = correlation(rows.map { $0[column] }, times.map { $0[place] })
        checks.value(
          "T\([16, 50, 95][place]): effect of \(name)", expected[column], "Goldenberg et al. 2001", found: found,
          within: 2e-3)
      }
    }
  }

  /// Yearly sales in thousands (Mahajan, Mason & Srinivasan 1986).
  private static func fits(_ checks: inout Checks) throws {
    let series: [(String, [Double], [Double])] = [
      (
        "air conditioners", [96, 195, 238, 380, 1045, 1230, 1267, 1828, 1586, 1673, 1800, 1580, 1500],
        [0.0094, 0.3748, 18713]
      ),
      ("color TV", [747, 1480, 2646, 5118, 5777, 5982, 5962, 4631], [0.0185, 0.6159, 39658]),
      ("dryers", [106, 319, 492, 635, 737, 890, 1397, 1523, 1294, 1240, 1425, 1260, 1236], [0.0136, 0.3267, 16497]),
    ]
    for (name, sales, expected) in series {
      let fit = try BassFit(sales: sales)
      checks.value("\(name): p", expected[0], "Srinivasan & Mason 1986", found: fit.bass.innovation, within: 6e-5)
      checks.value("\(name): q", expected[1], "Srinivasan & Mason 1986", found: fit.bass.imitation, within: 6e-5)
      checks.value("\(name): m", expected[2], "Srinivasan & Mason 1986", found: fit.market, within: 1)
    }
  }

  /// Many short steps on a ring approach the continuous curve, the slowest of all networks.
  private static func ring(_ effort: Effort, _ checks: inout Checks) throws {
    let agents = effort.runs(20_000, quick: 5000)
    // Rates per step are a fortieth: forty steps per unit of time.
    let records = try Trial.cascades(
      Trial.Case(
        draws: effort.runs(20, quick: 8), agents: agents, network: "{ kind: ring-lattice, meanDegree: 2 }",
        rule: "{ kind: bass, innovation: 0.0005, imitation: 0.01, steps: 600 }", seed: 105,
        more: "seeds: 0\ncutoff: none"))[0]
    let bass = Bass(innovation: 0.02, imitation: 0.4)
    for time in [5, 10, 15] {
      checks.mean(
        "ring: share at \(time)", bass.ringShare(at: Double(time)), "Fibich & Levin",
        of: records.map { Double($0.stepEnds[min(40 * time, $0.stepEnds.count - 1)]) / Double(agents) },
        allowance: 0.004)
    }
  }

  /// Below the threshold an agent adopts with probability q per step: the next agent on a path waits 1 ÷ q rounds on
  /// average.
  private static func noisy(_ effort: Effort, _ checks: inout Checks) throws {
    var bench = try Bench(
      SmallNetworks.path(4), "{ kind: below-threshold-per-step, threshold: 2, below: 0.2, steps: 1000 }", seed: 106)
    let rounds = try (1...effort.runs(50_000, quick: 10_000)).map {
      Double(try bench.run(from: [0], draw: $0).stepEnds.count - 1)
    }
    checks.mean("path of 4, q .2: rounds", 15, "3 ÷ q", of: rounds)
    // θ = 2 on a ring of degree 4 from two neighbors: the front of Centola and Macy, which q can only hasten.
    let ring = try Trial.cascades(
      Trial.Case(
        agents: 100, network: "{ kind: ring-lattice, meanDegree: 4 }",
        rule: "{ kind: below-threshold-per-step, threshold: 2, below: 0, steps: 1000 }", seed: 1,
        more: "seeds: 2\nseeding: { kind: explicit, agents: [0, 1] }\ncutoff: none"))[0][0]
    checks.equal("ring of 100, θ 2, q 0: rounds", 49, "Centola & Macy 2007", found: ring.cascade.steps)
  }
}
