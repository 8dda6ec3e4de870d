/// Growth with preferential attachment: each new agent ties to m = z / 2 others with probability proportional to
/// degree.
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
    traits = GeneratorTraits(meanDegree: Double(2 * newTies), isIntegerOnly: true, fewestAgents: newTies + 1)
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
    var growth = Growth(newTies: newTies, agentCount: count)
    try growth.run(at: address)
    return Network(agentCount: count, sorting: growth, isDirected: false, workers: demand.workers)
  }
}

/// The ties in order of creation: first those of the star around agent 0, then those of each new agent.
///
/// Of tie t, end 2t is the newer agent and end 2t + 1 the older. Each agent occurs once per tie, so a uniform pick
/// among all ends is a pick in proportion to degree.
private struct Growth: TieSource {
  let newTies: Int
  let agentCount: Int
  /// The older agent of each tie.
  private(set) var targets: [UInt32]
  /// ⌊t · this ÷ 2⁶⁴⌋ = ⌊t ÷ newTies⌋ for t below 2³².
  private let reciprocal: UInt64
  /// The newcomer that last tied to each agent; used only if newcomers have too many ties to search one by one.
  private var lastNewcomer: [UInt32] = []

  /// Most ties of a newcomer that are searched one by one.
  private static let few = 32

  init(newTies: Int, agentCount: Int) {
    (self.newTies, self.agentCount) = (newTies, agentCount)
    reciprocal = newTies == 1 ? 0 : UInt64.max / UInt64(newTies) + 1
    targets = [UInt32](repeating: 0, count: newTies * (agentCount - newTies))
    targets.useHugePages()
    if newTies > Self.few { lastNewcomer = [UInt32](repeating: 0, count: agentCount) }
  }

  /// The newer agent of a tie.
  @inline(__always)
  private func newcomer(_ tie: Int) -> UInt32 {
    let place = reciprocal == 0 ? UInt64(tie) : UInt64(tie).multipliedFullWidth(by: reciprocal).high
    return UInt32(truncatingIfNeeded: tie < newTies ? tie + 1 : newTies + Int(place))
  }

  /// Adds the agents after the star, one by one. Their random words are drawn in batches, and the ends that they pick
  /// are prefetched.
  mutating func run(at address: RandomAddress) throws(GenerationFailure) {
    var batch = WordBatch()
    for start in stride(from: newTies + 1, to: agentCount, by: WordBatch.size) {
      let agents = start..<min(agentCount, start + WordBatch.size)
      batch.draw(.network, agents, wordsEach: min(64, newTies), at: address)
      for word in 0..<min(newTies, batch.wordsEach) {
        for new in agents {
          targets.prefetch(batch[word, new - start].below(2 * newTies * (new - newTies)) >> 1)
        }
      }
      for new in agents { try tie(new, place: new - start, batch) }
    }
  }

  /// Adds the ties of one new agent: picks until all are distinct.
  ///
  /// Each of the others has at least one of the 2m · (new − m) ends. The worst case is the first newcomer, which must
  /// find m of the m + 1 agents of a star: 1000 (m + 1) picks miss one of its leaves with probability below 10⁻²⁰⁰.
  private mutating func tie(_ new: Int, place: Int, _ batch: WordBatch) throws(GenerationFailure) {
    let first = (new - newTies) * newTies
    var more: RandomStream?
    var (tie, word) = (first, 0)
    var patience = 1000 * (newTies + 1)
    while tie < first + newTies {
      guard patience > 0 else { throw GenerationFailure("the picks of a new agent do not end") }
      patience -= 1
      let drawn: UInt64
      if word < batch.wordsEach {
        drawn = batch[word, place]
        word += 1
      } else {
        var stream = more ?? batch.rest(of: new)
        drawn = stream.next()
        more = stream
      }
      let end = drawn.below(2 * first)
      // Look up both ends: a branch on which of them is picked would be unpredictable.
      let (young, old) = (newcomer(end >> 1), targets[end >> 1])
      let picked = end & 1 == 0 ? young : old
      if lastNewcomer.isEmpty {
        var isTied = false
        for known in first..<tie { isTied = isTied || targets[known] == picked }
        guard !isTied else { continue }
      } else {
        guard lastNewcomer[Int(picked)] != UInt32(truncatingIfNeeded: new) else { continue }
        lastNewcomer[Int(picked)] = UInt32(truncatingIfNeeded: new)
      }
      targets[tie] = picked
      tie += 1
    }
  }

  private static let pieceSize = 1 << 14
  var tieCount: Int { targets.count }
  var pieceCount: Int { (agentCount + Self.pieceSize - 1) / Self.pieceSize }

  @inline(__always)
  func forEachTie(in piece: Int, _ body: (UInt32, UInt32) -> Void) {
    let targets = targets.span
    for new in max(1, piece * Self.pieceSize)..<max(1, min(agentCount, (piece + 1) * Self.pieceSize)) {
      let first = new <= newTies ? new - 1 : (new - newTies) * newTies
      for tie in first..<first + (new <= newTies ? 1 : newTies) {
        body(UInt32(truncatingIfNeeded: new), targets[tie])
      }
    }
  }
}
