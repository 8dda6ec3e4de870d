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
    var ties = TieList()
    ties.reserveCapacity(newTies * max(0, count - newTies))
    // Every agent stands here once per tie: a uniform pick is a pick in proportion to degree.
    var ends = [UInt32]()
    ends.reserveCapacity(2 * newTies * max(0, count - newTies))
    func tie(_ new: Int, _ old: Int) {
      ties.append(new, old)
      ends.append(UInt32(new))
      ends.append(UInt32(old))
    }
    if newTies > 0 && count > 0 {
      for leaf in 1...newTies { tie(leaf, 0) }
      for new in (newTies + 1)..<max(newTies + 1, count) {
        var words = address.stream(.network, entity: new)
        let known = ends.count
        let start = ties.count
        while ties.count - start < newTies {
          let old = ends[words.below(known)]
          if !ties.targets[start...].contains(old) { tie(new, Int(old)) }
        }
      }
    }
    return Network(agentCount: count, ties: ties, isDirected: false)
  }
}
