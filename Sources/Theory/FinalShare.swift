internal import SocialInfluence

/// The share of adopters after a random share of seeds, in the limit of many agents on random networks without short
/// cycles, under synchronous updates.
///
/// Source: J. P. Gleeson, D. J. Cahalane (2007), Phys. Rev. E 75:056103, doi:10.1103/PhysRevE.75.056103.
/// *Differs*: any response to (voices, adopters among them), not only a law of fractional thresholds; a directed
/// form beside the undirected one.
package struct FinalShare {
  /// Chance that an agent with k voices, m of them adopters, has adopted: in [0, 1], non-decreasing in m. For an agent
  /// that adopts by itself it is above 0 at m = 0.
  package typealias Response = (_ voices: Int, _ adopters: Int) -> Double

  /// Where the final share jumps as the seed share grows.
  package struct Jump {
    /// The seed share of the jump; 0 inside the cascade window, where a vanishing share suffices.
    package let seedShare: Double
    /// The final share just below the jump.
    package let before: Double
    /// The final share just above the jump.
    package let after: Double
  }

  /// P(k voices), k = 0, 1, …
  private let voices: [Double]
  /// P(k voices) of an agent reached along a tie.
  private let reached: [Double]
  /// 1 on undirected networks: the tie along which the agent was reached does not count.
  private let closed: Int
  package let response: Response
  /// The chance that one adopter fails, by the listener's number of voices; nil unless voices convince independently.
  private var failures: [Double]?

  private init(voices: [Double], reached: [Double], closed: Int, response: @escaping Response) {
    (self.voices, self.reached, self.closed, self.response) = (voices, reached, closed, response)
  }

  /// Every adopter among an agent's voices convinces it or fails, independently of the others.
  ///
  /// - Parameter failure: chance in [0, 1] that one adopter fails with an agent of `voices` ≥ 1 voices.
  package static func independent(
    degrees: [Double], isDirected: Bool, failure: @escaping (_ voices: Int) -> Double
  ) -> FinalShare {
    let response: Response = { $0 == 0 ? 0 : 1 - power(failure($0), Double($1)) }
    var model =
      isDirected ? directed(voices: degrees, response: response) : undirected(degrees: degrees, response: response)
    model.failures = degrees.indices.map { $0 == 0 ? 1 : failure($0) }
    return model
  }

  /// Undirected networks with degree law p_k = `degrees`[k]: a reached agent has k − 1 further ties with weight
  /// k p_k / z.
  package static func undirected(degrees: [Double], response: @escaping Response) -> FinalShare {
    let mean = DegreeProbabilities.mean(degrees)
    let reached = degrees.indices.map { mean > 0 ? Double($0) * degrees[$0] / mean : 0 }
    return FinalShare(voices: degrees, reached: reached, closed: 1, response: response)
  }

  /// Directed networks on which an agent has j voices with probability `voices`[j], independently of its out-ties,
  /// whose law plays no part: Poisson voices for the influence networks of Watts and Dodds.
  package static func directed(voices: [Double], response: @escaping Response) -> FinalShare {
    FinalShare(voices: voices, reached: voices, closed: 0, response: response)
  }

  /// The share of adopters after 0, 1, …, `steps` rounds from a random share `seedShare` in [0, 1] of seeds.
  package func trajectory(seedShare: Double, steps: Int) -> [Double] {
    var tie = seedShare
    var shares = [seedShare]
    for _ in 0..<steps {
      shares.append(seedShare + (1 - seedShare) * adopting(tie))
      tie = seedShare + (1 - seedShare) * reachedAdopting(tie)
    }
    return shares
  }

  /// The final share of adopters. At `seedShare` = 0 the limit of a vanishing share of seeds: inside the cascade window
  /// the size of a global cascade, outside it 0.
  ///
  /// The iteration rises monotonically; it ends when a round adds less than 10⁻¹⁵, or after 10⁶ rounds.
  package func limit(seedShare: Double) -> Double { iterate(seedShare: seedShare, rounds: 1_000_000).share }

  /// The same; nil if it takes more than `rounds` rounds.
  package func limit(seedShare: Double, rounds: Int) -> Double? {
    let end = iterate(seedShare: seedShare, rounds: min(rounds, 1_000_000))
    return end.isStill ? end.share : nil
  }

  private func iterate(seedShare: Double, rounds: Int) -> (share: Double, isStill: Bool) {
    var tie = seedShare
    if seedShare == 0 && reachedAdopting(0) == 0 {
      guard branchingFactor > 1 else { return (0, true) }
      tie = 1e-9
    }
    var isStill = false
    for _ in 0..<rounds {
      let next = seedShare + (1 - seedShare) * reachedAdopting(tie)
      isStill = next - tie < 1e-15
      tie = next
      if isStill { break }
    }
    return (seedShare + (1 - seedShare) * adopting(tie), isStill)
  }

  /// Upper bound on evaluations of the response per round: for each number of voices, counts within twelve standard
  /// deviations.
  package var valuesPerRound: Int {
    reached.indices.reduce(1) { sum, k in
      reached[k] > 0 ? sum + 1 + min(k, Int(24 * Double(k).squareRoot())) : sum
    }
  }

  /// Approximate rounds that `jump` takes.
  package static var roundsOfJump: Int { grid.count + 300 }

  /// The widest jump of the final share; nil if the share grows without a jump.
  ///
  /// The seed share that holds a share q of reached adopters is (q − h(q)) / (1 − h(q)), with h(q) the chance that a
  /// reached agent responds: the final share follows the running maximum of this curve and jumps across its valleys.
  package var jump: Jump? {
    let grid = Self.grid
    let shares = grid.map(holding)
    // Agents that adopt by themselves hold a share without seeds: the curve starts below 0.
    var record = shares[0] < 0 ? shares.firstIndex { $0 >= 0 } ?? 0 : 0
    var hasFallen = false
    var widest: (from: Int, to: Int)?
    for i in grid.indices.dropFirst(record + 1) {
      if shares[i] < shares[record] - 1e-11 { hasFallen = true }
      guard shares[i] >= shares[record] else { continue }
      if hasFallen && grid[i] - grid[record] > widest.map({ grid[$0.to] - grid[$0.from] }) ?? 0 {
        widest = (record, i)
      }
      (record, hasFallen) = (i, false)
    }
    return widest.map { refined(grid, from: $0.from, to: $0.to) }
  }

  /// 0, then 10⁻⁸ to 10⁻² in equal ratios, then to 1 in equal steps.
  private static let grid: [Double] = {
    var points = [0.0]
    for i in 0..<300 { points.append(power(10, -8 + 6 * Double(i) / 300)) }
    for i in 0...900 { points.append(0.01 + 0.99 * Double(i) / 900) }
    return points
  }()

  private func refined(_ grid: [Double], from: Int, to: Int) -> Jump {
    let before = from == 0 ? 0 : Roots.maximum(grid[from - 1], grid[from], grid[from + 1], holding)
    let share = from == 0 ? 0 : holding(before)
    // At the end of the grid everybody adopts.
    let after = to == grid.count - 1 ? 1 : Roots.between(grid[to - 1], grid[to]) { holding($0) - share }
    return Jump(
      seedShare: share, before: share + (1 - share) * adopting(before), after: share + (1 - share) * adopting(after))
  }

  private func holding(_ tie: Double) -> Double {
    if tie >= 1 { return 1 }
    let chance = reachedAdopting(tie)
    return chance < 1 ? (tie - chance) / (1 - chance) : -.infinity
  }

  private var branchingFactor: Double {
    reached.indices.dropFirst().reduce(0) { $0 + reached[$1] * Double($1 - closed) * response($1, 1) }
  }

  private func reachedAdopting(_ tie: Double) -> Double { mean(reached, closed, tie) }

  private func adopting(_ tie: Double) -> Double { mean(voices, 0, tie) }

  /// The mean response over agents of `weights`, each of whose voices except `closed` is an adopter with probability
  /// `tie`.
  private func mean(_ weights: [Double], _ closed: Int, _ tie: Double) -> Double {
    guard let failures else {
      return weights.indices.reduce(0) { sum, k in
        guard weights[k] > 0 else { return sum }
        return sum + weights[k] * BinomialMean.of(trials: k - closed, probability: tie) { response(k, $0) }
      }
    }
    // Hazards of an agent's voices add up.
    var (sum, failure, voice) = (0.0, 1.0, 0.0)
    for k in weights.indices where weights[k] > 0 {
      if failures[k] != failure {
        failure = failures[k]
        voice = hazard(ofProbability: tie * (1 - failure))
      }
      if k > closed { sum += weights[k] * probability(ofHazard: Double(k - closed) * voice) }
    }
    return sum
  }
}
