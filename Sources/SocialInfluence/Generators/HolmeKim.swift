/// Growth with preferential attachment and triads: hubs as in Barabási–Albert networks, with the clustering that those
/// lack.
///
/// Each new agent ties to m = z / 2 others: the first with probability proportional to degree; each further one, with
/// probability `triads`, is a random neighbor of the last that was picked by degree, and otherwise is picked by degree
/// again. If the newcomer is already tied to all of those neighbors, it picks by degree. Starts from a star on m + 1
/// agents, so that there are m(N − m) ties; degrees are those from before the newcomer came.
///
/// For m = 2, the two others of an agent that no later agent has tied to are tied to each other with probability
/// `triads`, as N → ∞. Local clustering stays as the network grows; transitivity falls slowly to 0 (R. I. Oliveira et
/// al. 2016, arXiv:1610.03817).
///
/// Source: P. Holme, B. J. Kim (2002), Phys. Rev. E 65:026107, doi:10.1103/PhysRevE.65.026107.
/// *Differs*: there growth starts from agents without ties.
struct HolmeKim: NetworkGenerator {
  let traits: GeneratorTraits
  private let newTies: Int
  private let triads: Double

  init(_ values: ParameterValues) throws(InvalidParameter) {
    newTies = try RingLattice.reach(values)
    triads = values.number("triads")
    traits = GeneratorTraits(
      meanDegree: Double(2 * newTies), isIntegerOnly: true, extraBytesPerAgent: 80 + 24 * Double(newTies),
      looksForFreePlaces: true, effort: 6, fewestAgents: newTies + 1)
  }

  static let description = Description(
    "holme-kim", "growth with preferential attachment and triads: hubs and clustering",
    source: "Holme & Kim 2002, doi:10.1103/PhysRevE.65.026107",
    parameters: [
      .evenMeanDegree,
      Parameter(
        "triads", .number(.probability),
        "P: chance that a further tie closes a triangle with the last pick by degree"),
    ])

  func network(_ demand: NetworkDemand, at address: RandomAddress) throws(GenerationFailure) -> Network {
    let count = demand.agentCount
    guard newTies < count || count == 0 else {
      throw GenerationFailure("\(newTies) ties per new agent need more than \(count) agents")
    }
    guard newTies > 0 && count > 0 else { return Network(agentCount: count, ties: TieList(), isDirected: false) }
    var growth = TriadGrowth(newTies: newTies, agentCount: count)
    for new in newTies + 1..<count { try growth.tie(new, triads: triads, at: address) }
    return Network(agentCount: count, ties: growth.ties, isDirected: false)
  }
}

/// The ties so far, and the neighbors of each agent.
private struct TriadGrowth {
  private(set) var ties = TieList()
  private let newTies: Int
  private var neighbors: [[UInt32]]

  /// A star around agent 0.
  init(newTies: Int, agentCount: Int) {
    self.newTies = newTies
    neighbors = Array(repeating: [], count: agentCount)
    ties.reserveCapacity(newTies * (agentCount - newTies))
    for leaf in 1...newTies { add(UInt32(leaf), 0) }
  }

  private mutating func add(_ one: UInt32, _ other: UInt32) {
    ties.append(Int(one), Int(other))
    neighbors[Int(one)].append(other)
    neighbors[Int(other)].append(one)
  }

  /// Adds the ties of one new agent.
  mutating func tie(_ new: Int, triads: Double, at address: RandomAddress) throws(GenerationFailure) {
    var words = address.stream(.network, entity: new)
    var chosen = [UInt32]()
    var center = 0
    // As in `BarabasiAlbert`, this many picks by degree fail with probability below 10⁻²⁰⁰.
    var patience = 1000 * (newTies + 1)
    while chosen.count < newTies {
      if !chosen.isEmpty, words.next().unitInterval < triads, let friend = friend(of: center, besides: chosen, &words) {
        chosen.append(friend)
        continue
      }
      var pick: UInt32
      repeat {
        guard patience > 0 else { throw GenerationFailure("the picks of a new agent do not end") }
        patience -= 1
        // A random end of a random tie: an agent in proportion to its degree.
        let end = words.next().below(2 * ties.count)
        pick = end & 1 == 0 ? ties.sources[end >> 1] : ties.targets[end >> 1]
      } while chosen.contains(pick)
      chosen.append(pick)
      center = Int(pick)
    }
    for other in chosen { add(UInt32(new), other) }
  }

  /// A random neighbor of `center` that is not yet chosen; nil if there is none.
  private func friend(of center: Int, besides chosen: [UInt32], _ words: inout RandomStream) -> UInt32? {
    let all = neighbors[center]
    // A few picks usually find one; otherwise list those left. Either way all of them are equally likely.
    for _ in 0..<8 {
      let pick = all[words.next().below(all.count)]
      if !chosen.contains(pick) { return pick }
    }
    let left = all.filter { !chosen.contains($0) }
    return left.isEmpty ? nil : left[words.next().below(left.count)]
  }
}
