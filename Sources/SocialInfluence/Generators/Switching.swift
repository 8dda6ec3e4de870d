/// Double-edge switches: a–b, c–d become a–d, c–b. Every agent keeps its degree.
///
/// Source: S. Maslov, K. Sneppen (2002), Science 296:910, doi:10.1126/science.1065103.
package enum Switching {
  /// Switches away loops and repeated pairs of a matching of stubs, in at most 100·m tries.
  static func removeLoopsAndRepeats(in ties: inout TieList, at address: RandomAddress) throws(GenerationFailure) {
    let count = ties.count
    var known = PairSet(capacity: count + 16)
    var bad = [Int]()
    for place in 0..<count {
      let (a, b) = (Int(ties.sources[place]), Int(ties.targets[place]))
      if a == b || !known.insert(a, b) { bad.append(place) }
    }
    var isBad = Set(bad)
    var words = address.stream(.switches)
    var tries = 0
    while let place = bad.last {
      tries += 1
      guard tries <= 100 * count else {
        throw GenerationFailure("loops and repeated ties were left after 100·m switches")
      }
      let other = words.below(count)
      let flip = words.next() & 1 == 1
      guard !isBad.contains(other) else { continue }
      let (a, b) = (Int(ties.sources[place]), Int(ties.targets[place]))
      var (c, d) = (Int(ties.sources[other]), Int(ties.targets[other]))
      if flip { swap(&c, &d) }
      guard a != d, c != b, !known.contains(a, d), !known.contains(c, b), (a, d) != (c, b), (a, d) != (b, c) else {
        continue
      }
      known.remove(c, d)
      _ = known.insert(a, d)
      _ = known.insert(c, b)
      (ties.sources[place], ties.targets[place]) = (UInt32(a), UInt32(d))
      (ties.sources[other], ties.targets[other]) = (UInt32(c), UInt32(b))
      bad.removeLast()
      isBad.remove(place)
    }
  }

  /// `network` after `share`·m/2 successful switches. Directed ties keep every in- and out-degree.
  package static func switched(
    _ network: Network, share: Double, at address: RandomAddress
  ) throws(GenerationFailure) -> Network {
    var bench = SwitchingBench(network)
    let wanted = Int((share * Double(bench.ties.count) / 2).rounded())
    // Entity 0 is for `removeLoopsAndRepeats`, 1 for `clustered`, 2 for these switches.
    var words = address.stream(.switches, entity: 2)
    var done = 0
    var tries = 0
    let most = 100 * max(1, bench.ties.count, wanted)
    while done < wanted {
      tries += 1
      guard tries <= most else {
        throw GenerationFailure("\(done) of \(wanted) switches succeeded within \(most) tries")
      }
      if let proposal = bench.proposal(using: &words) {
        bench.apply(proposal)
        done += 1
      }
    }
    return bench.network
  }

  /// `network` switched, in at most 100·m tries, until its transitivity lies within .005 of `target`; only switches
  /// toward it are kept.
  package static func clustered(
    _ network: Network, transitivity target: Double, at address: RandomAddress
  ) throws(GenerationFailure) -> Network {
    var bench = SwitchingBench(network)
    let triples = (0..<network.agentCount).reduce(0) { $0 + network.outDegree($1) * (network.outDegree($1) - 1) / 2 }
    guard triples > 0 else { throw GenerationFailure("a network without paths of length two has no transitivity") }
    var triangles = NetworkStatistics.triangles(of: network).total
    var words = address.stream(.switches, entity: 1)
    var tries = 0
    func transitivity() -> Double { 3 * Double(triangles) / Double(triples) }
    while abs(transitivity() - target) > 0.005 {
      tries += 1
      guard tries <= 100 * bench.ties.count else {
        throw GenerationFailure(
          "transitivity stopped at \(transitivity()) after 100·m switches, asked for \(target)",
          holdsForMore: transitivity() < target)
      }
      guard let proposal = bench.proposal(using: &words) else { continue }
      let change = bench.changeOfTriangles(proposal)
      if change != 0 && (change > 0) == (transitivity() < target) {
        bench.apply(proposal)
        triangles += change
      }
    }
    return bench.network
  }
}

/// The ties of a network laid out for switching.
struct SwitchingBench {
  struct Proposal { let first, second, a, b, c, d: Int }

  private(set) var ties = TieList()
  private var known: PairSet
  private var neighbors: [[UInt32]]
  private let source: Network

  init(_ network: Network) {
    precondition(network.weights == nil, "switches would carry tie weights to other pairs")
    source = network
    known = PairSet(capacity: network.tieCount + 16)
    neighbors = []
    ties.reserveCapacity(network.tieCount)
    for agent in 0..<network.agentCount {
      for place in network.voices(of: agent) {
        let other = Int(network.targets[place])
        guard network.isDirected || agent < other else { continue }
        ties.append(agent, other)
        _ = network.isDirected ? known.insertArrow(agent, other) : known.insert(agent, other)
      }
    }
    if !network.isDirected {
      neighbors = (0..<network.agentCount).map { Array(network.targets[network.voices(of: $0)]) }
    }
  }

  /// Two random ties to switch; nil if these two cannot be switched.
  mutating func proposal(using words: inout RandomStream) -> Proposal? {
    guard ties.count > 1 else { return nil }
    let first = words.below(ties.count)
    let second = words.below(ties.count)
    let (a, b) = (Int(ties.sources[first]), Int(ties.targets[first]))
    var (c, d) = (Int(ties.sources[second]), Int(ties.targets[second]))
    let flip = words.next() & 1 == 1
    if !source.isDirected && flip { swap(&c, &d) }
    guard first != second, a != c, b != d, a != d, c != b, !has(a, d), !has(c, b) else { return nil }
    return Proposal(first: first, second: second, a: a, b: b, c: c, d: d)
  }

  mutating func apply(_ p: Proposal) {
    if source.isDirected {
      known.removeArrow(p.a, p.b)
      known.removeArrow(p.c, p.d)
      _ = known.insertArrow(p.a, p.d)
      _ = known.insertArrow(p.c, p.b)
    } else {
      known.remove(p.a, p.b)
      known.remove(p.c, p.d)
      _ = known.insert(p.a, p.d)
      _ = known.insert(p.c, p.b)
      replace(p.b, of: p.a, by: p.d)
      replace(p.a, of: p.b, by: p.c)
      replace(p.d, of: p.c, by: p.b)
      replace(p.c, of: p.d, by: p.a)
    }
    (ties.sources[p.first], ties.targets[p.first]) = (UInt32(p.a), UInt32(p.d))
    (ties.sources[p.second], ties.targets[p.second]) = (UInt32(p.c), UInt32(p.b))
  }

  /// Triangles gained minus triangles lost. Undirected networks only.
  func changeOfTriangles(_ p: Proposal) -> Int {
    let lost = common(p.a, p.b) + common(p.c, p.d)
    var gained = common(p.a, p.d) + common(p.c, p.b)
    // A common neighbor reached over a tie that is removed closes no triangle: b and c for a–d, d and a for c–b.
    if has(p.b, p.d) { gained -= 1 }
    if has(p.a, p.c) { gained -= 1 }
    if has(p.d, p.b) { gained -= 1 }
    if has(p.c, p.a) { gained -= 1 }
    return gained - lost
  }

  var network: Network { Network(agentCount: source.agentCount, ties: ties, isDirected: source.isDirected) }

  private func has(_ a: Int, _ b: Int) -> Bool {
    source.isDirected ? known.containsArrow(a, b) : known.contains(a, b)
  }

  private func common(_ a: Int, _ b: Int) -> Int {
    let (few, many) = neighbors[a].count < neighbors[b].count ? (a, b) : (b, a)
    return neighbors[few].count { Int($0) != many && known.contains(many, Int($0)) }
  }

  private mutating func replace(_ old: Int, of agent: Int, by new: Int) {
    if let place = neighbors[agent].firstIndex(of: UInt32(old)) { neighbors[agent][place] = UInt32(new) }
  }
}
