/// A random simple network with given degrees: degrees invert a law, stubs are matched at random, and loops and repeats
/// are removed by random switches.
///
/// d_i = inverse distribution function of the law at Φ(connectivity latent), or the given sequence;
/// κ_i = d_i · (G_i Σd / Σ(dG)), or d_i · G_i without equal mass, rounded up with the probability of the remainder; an
/// odd sum adds one stub at an addressed agent. A sequence that is not graphical (P. Erdős, T. Gallai 1960) is refused.
/// Loops and repeats are switched away, never erased: erasing would take ties from the connectors.
///
/// Source: M. Molloy, B. Reed (1995), Random Struct. Algorithms 6:161, doi:10.1002/rsa.3240060204.
package struct ConfigurationModel: NetworkGenerator {
  package let traits: GeneratorTraits
  let law: any Distribution

  package init(_ values: ParameterValues) {
    law = values.distribution("degrees")
    traits = GeneratorTraits(
      takesConnectivity: true, meanDegree: law.mean, agentCount: law.listed?.count,
      degreeLaw: law.isRoundedToDegrees ? nil : .undirected(law), invertsDegrees: true, givenDegrees: law.listed,
      looksForFreePlaces: true)
  }

  package static let description = Description(
    "configuration-model", "a random simple network whose degrees follow a law or a given sequence",
    source: "Molloy & Reed 1995, doi:10.1002/rsa.3240060204",
    parameters: [
      Parameter.optional(
        "meanDegree", .number(.scale), unit: "ties",
        "z: mean of the degree law; refused by a law that fixes its own mean (power-law, list)"),
      Parameter("degrees", .degreeLaw, "the law of degrees"),
    ])

  package func network(_ demand: NetworkDemand, at address: RandomAddress) throws(GenerationFailure) -> Network {
    var degrees = try wholeDegrees(demand, at: address)
    if degrees.reduce(0, +) % 2 == 1 {
      degrees[address.words(.rounding, entity: 0, index: 1).0.below(degrees.count)] += 1
    }
    guard Self.isGraphical(degrees) else {
      throw GenerationFailure("the degree sequence is not graphical: no simple network has it")
    }
    var stubs = [UInt32]()
    stubs.reserveCapacity(degrees.reduce(0, +))
    for (agent, degree) in degrees.enumerated() {
      stubs.append(contentsOf: repeatElement(UInt32(agent), count: degree))
    }
    var words = address.stream(.network)
    words.shuffle(&stubs)
    var ties = TieList()
    ties.reserveCapacity(stubs.count / 2)
    for place in stride(from: 0, to: stubs.count, by: 2) { ties.append(Int(stubs[place]), Int(stubs[place + 1])) }
    try Switching.removeLoopsAndRepeats(in: &ties, at: address)
    return Network(agentCount: demand.agentCount, ties: ties, isDirected: false, workers: demand.workers)
  }

  /// κ rounded to whole stubs.
  private func wholeDegrees(_ demand: NetworkDemand, at address: RandomAddress) throws(GenerationFailure) -> [Int] {
    func checked(_ degrees: [Double]) throws(GenerationFailure) -> [Double] {
      guard degrees.allSatisfy({ $0 < Double(demand.agentCount) }) else {
        throw GenerationFailure(
          "the degree sequence is not graphical: an agent would have more ties than there are others")
      }
      return degrees
    }
    let given = law.listed?.map(Double.init)
    let plain =
      given ?? law.values(atScores: demand.latents).map { $0.rounded(.toNearestOrAwayFromZero) }
    guard !demand.gains.isEmpty else { return try checked(plain).map { Int($0) } }
    let raised = zip(plain, demand.gains).map { $0 * $1 }
    let mass = raised.reduce(0, +)
    let kept = demand.equalMass && mass > 0 ? plain.reduce(0, +) / mass : 1
    let expectations = try checked(zip(plain, demand.gains).map { $0 * ($1 * kept) })
    return (0..<plain.count).map { agent in
      let expected = expectations[agent]
      let whole = expected.rounded(.down)
      let up = address.words(.rounding, entity: agent).0.unitInterval < expected - whole
      return Int(whole) + (up ? 1 : 0)
    }
  }

  /// The condition of Erdős and Gallai (1960), Matematikai Lapok 11:264, in O(N log N) by sorting.
  package static func isGraphical(_ degrees: [Int]) -> Bool {
    let count = degrees.count
    guard degrees.allSatisfy({ $0 >= 0 && $0 < max(1, count) }), degrees.reduce(0, +) % 2 == 0 else { return false }
    let sorted = degrees.sorted(by: >)
    // Beyond position k, min(d, k) = d once d < k: suffix sums from a border that falls as k grows.
    var suffix = [Int](repeating: 0, count: count + 1)
    for place in stride(from: count - 1, through: 0, by: -1) { suffix[place] = suffix[place + 1] + sorted[place] }
    var left = 0
    var border = count
    for k in stride(from: 1, through: count, by: 1) {
      left += sorted[k - 1]
      while border > 0 && sorted[border - 1] < k { border -= 1 }
      let split = max(border, k)
      if left > k * (k - 1) + k * (split - k) + suffix[split] { return false }
    }
    return true
  }
}
