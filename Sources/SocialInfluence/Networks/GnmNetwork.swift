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
      nestsInMeanDegree: true)
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
    var ties = TieList()
    ties.reserveCapacity(wanted)
    var known = PairSet(capacity: wanted)
    // Every try takes one block of two words.
    var words = [UInt64](repeating: 0, count: 512)
    var block = 0
    while ties.count < wanted {
      address.draw(.network, index: block, into: &words)
      block += words.count / 2
      func pair(_ place: Int) -> (Int, Int) {
        let (first, second) = (words[place].below(count), words[place + 1].below(count - 1))
        return (first, second < first ? second : second + 1)
      }
      for place in stride(from: 0, to: words.count, by: 2) {
        let (first, other) = pair(place)
        known.prefetch(first, other)
      }
      for place in stride(from: 0, to: words.count, by: 2) where ties.count < wanted {
        let (first, other) = pair(place)
        if known.insert(first, other) { ties.append(first, other) }
      }
    }
    return Network(agentCount: count, ties: ties, isDirected: false, workers: demand.workers)
  }
}
