internal import CMachine

/// Erdős–Rényi G(n, m): m = round(zN / 2) distinct pairs, all sets of m equally likely.
///
/// The ties are the first m distinct pairs of one addressed sequence, so that a larger m keeps the old ties.
///
/// Source: P. Erdős, A. Rényi (1959), Publ. Math. Debrecen 6:290.
package struct GnmNetwork: NetworkGenerator {
  package let traits: GeneratorTraits

  package init(_ values: ParameterValues) {
    let z = values.number("meanDegree")
    traits = GeneratorTraits(
      meanDegree: z, degreeLaw: .undirected(PoissonLaw(ParameterValues(["mean": .number(z)]))),
      nestsInMeanDegree: true, isIntegerOnly: true)
  }

  package static let description = Description(
    "gnm", "Erdős–Rényi: exactly round(zN / 2) ties, all such networks equally likely",
    source: "Erdős & Rényi 1959", parameters: [.meanDegree])

  package func network(_ demand: NetworkDemand, at address: RandomAddress) throws(GenerationFailure) -> Network {
    let count = demand.agentCount
    let wanted = Int((demand.meanDegree * Double(count) / 2).rounded())
    guard count < 2 ? wanted == 0 : wanted <= count * (count - 1) / 2 else {
      throw GenerationFailure("\(wanted) ties do not fit between \(count) agents")
    }
    let tries = Tries(agentCount: count, address: address)
    // If repeats are rare, all tries are sorted at once; otherwise each is looked up in a set.
    guard count > 1, 64 * wanted <= count * (count - 1) / 2 else {
      return Network(agentCount: count, ties: try tries.distinct(wanted), isDirected: false, workers: demand.workers)
    }
    let first = Network(
      agentCount: count, ties: tries.first(wanted, workers: demand.workers), isDirected: false, workers: demand.workers)
    let more = try tries.distinct(wanted - first.tieCount, after: wanted, notIn: first)
    return first.adding(more)
  }

  /// The sequence of random pairs; each takes one block of two words.
  private struct Tries: Sendable {
    let agentCount: Int
    let address: RandomAddress

    /// The first `wanted` tries, repeats included.
    func first(_ wanted: Int, workers: Int) -> TieBlocks {
      let size = TieList.pieceSize
      let pieces = Parallel.map(
        max(1, (wanted + size - 1) / size), workers: workers, workspace: { [UInt64](repeating: 0, count: 1024) }
      ) { words, piece in
        let end = min(wanted, (piece + 1) * size)
        var ties = TieList(count: end - piece * size)
        for start in stride(from: piece * size, to: end, by: words.count / 2) {
          address.draw(.network, index: start, into: &words)
          ties.pick(
            from: words, among: agentCount, start - piece * size..<min(end, start + words.count / 2) - piece * size)
        }
        return ties
      }
      return TieBlocks(pieces)
    }

    /// The first `wanted` distinct pairs, from try `start` on, that `network` does not have.
    ///
    /// 500 P tries miss a given one of P pairs with probability e⁻⁵⁰⁰; more are allowed.
    func distinct(
      _ wanted: Int, after start: Int = 0, notIn network: Network? = nil
    ) throws(GenerationFailure) -> TieList {
      let last = 500.0 * Double(agentCount) * Double(agentCount)
      var ties = TieList()
      ties.reserveCapacity(wanted)
      var known = PairSet(capacity: wanted)
      var words = [UInt64](repeating: 0, count: 512)
      var tries = TieList(count: words.count / 2)
      var block = start
      while ties.count < wanted {
        guard Double(block) < last + 1000 else { throw GenerationFailure("the tries for new ties do not end") }
        address.draw(.network, index: block, into: &words)
        block += tries.count
        tries.pick(from: words, among: agentCount, 0..<tries.count)
        for place in 0..<tries.count { known.prefetch(Int(tries.sources[place]), Int(tries.targets[place])) }
        for place in 0..<tries.count where ties.count < wanted {
          let (one, other) = (Int(tries.sources[place]), Int(tries.targets[place]))
          if network?.speaks(one, to: other) ?? false { continue }
          if known.insert(one, other) { ties.append(one, other) }
        }
      }
      return ties
    }
  }
}

extension TieList {
  fileprivate init(count: Int) {
    self.init(sources: [UInt32](repeating: 0, count: count), targets: [UInt32](repeating: 0, count: count))
  }

  /// Writes random pairs of different agents to `places`, each from two words.
  fileprivate mutating func pick(from words: [UInt64], among agentCount: Int, _ places: Range<Int>) {
    precondition(places.upperBound <= count && 2 * places.count <= words.count, "room for every pair")
    machine_pick_pairs(
      &sources, &targets, places.lowerBound, words, UInt32(truncatingIfNeeded: agentCount), places.count)
  }
}
