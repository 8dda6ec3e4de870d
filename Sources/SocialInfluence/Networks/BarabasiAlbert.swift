/// Growth with preferential attachment: each new agent ties to m = z / 2 others in proportion to their degree.
///
/// Starts from a star on m + 1 agents, so that there are m(N − m) ties. The m others are distinct: a pick that is
/// already tied is drawn again.
///
/// Source: A.-L. Barabási, R. Albert (1999), Science 286:509, doi:10.1126/science.286.5439.509.
package struct BarabasiAlbert: NetworkGenerator {
  package let traits: GeneratorTraits
  let newTies: Int

  package init(_ values: ParameterValues) throws(InvalidParameter) {
    newTies = try RingLattice.reach(values)
    traits = GeneratorTraits(meanDegree: Double(2 * newTies))
  }

  package static let description = Description(
    "barabasi-albert", "growth with preferential attachment, z / 2 ties per new agent, from a star",
    source: "Barabási & Albert 1999, doi:10.1126/science.286.5439.509", parameters: [.evenMeanDegree])

  package func network(_ demand: NetworkDemand, at address: RandomAddress) throws(GenerationFailure) -> Network {
    let count = demand.agentCount
    guard newTies < count || count == 0 else {
      throw GenerationFailure("\(newTies) ties per new agent need more than \(count) agents")
    }
    guard newTies > 0 && count > 0 else { return Network(agentCount: count, ties: TieList(), isDirected: false) }
    let ties = TieList(sources: Self.sources(newTies, count), targets: targets(count, at: address))
    return Network(agentCount: count, ties: ties, isDirected: false, workers: demand.workers)
  }

  /// Who came with each tie: the leaves of the star, then every new agent with its ties.
  private static func sources(_ newTies: Int, _ count: Int) -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: newTies * (count - newTies)) { sources, filled in
      for tie in 0..<newTies { sources.initializeElement(at: tie, to: UInt32(truncatingIfNeeded: tie + 1)) }
      for new in newTies + 1..<max(newTies + 1, count) {
        let start = (new - newTies) * newTies
        for tie in start..<start + newTies { sources.initializeElement(at: tie, to: UInt32(truncatingIfNeeded: new)) }
      }
      filled = newTies * (count - newTies)
    }
  }

  /// The older end of each tie. Every agent stands once per tie in the list of all ends, where end 2t is who came with tie
  /// t and end 2t + 1 the other: a uniform pick among ends is a pick in proportion to degree.
  ///
  /// Picks are drawn for many new agents at once, and what they name is asked for, before one after the other is tied.
  private func targets(_ count: Int, at address: RandomAddress) -> [UInt32] {
    let newTies = newTies
    var targets = [UInt32](repeating: 0, count: newTies * (count - newTies))
    targets.useHugePages()
    var batch = WordBatch()
    for start in stride(from: newTies + 1, to: count, by: WordBatch.size) {
      let agents = start..<min(count, start + WordBatch.size)
      batch.draw(.network, agents, wordsEach: min(64, newTies), at: address)
      var own = targets.mutableSpan
      for word in 0..<min(newTies, batch.wordsEach) {
        for new in agents {
          let end = batch[word, new - start].below(2 * newTies * (new - newTies))
          own.span.prefetch(end >> 1)
        }
      }
      for new in agents {
        let first = (new - newTies) * newTies
        var more: RandomStream?
        var (tie, word) = (first, 0)
        while tie < first + newTies {
          let drawn: UInt64
          if word < batch.wordsEach {
            drawn = batch[word, new - start]
            word += 1
          } else {
            var stream = more ?? batch.rest(of: new)
            drawn = stream.next()
            more = stream
          }
          let end = drawn.below(2 * first)
          let old = end & 1 == 0 ? Self.newcomer(end >> 1, newTies) : own[end >> 1]
          if !(first..<tie).contains(where: { own[$0] == old }) {
            own[tie] = old
            tie += 1
          }
        }
      }
    }
    return targets
  }

  /// Who came with a tie.
  @inline(__always)
  private static func newcomer(_ tie: Int, _ newTies: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: tie < newTies ? tie + 1 : newTies + tie / newTies)
  }
}
