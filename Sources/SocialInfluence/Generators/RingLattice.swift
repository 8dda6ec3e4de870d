/// A ring on which each agent is tied to the z / 2 nearest on each side.
struct RingLattice: NetworkGenerator {
  let traits: GeneratorTraits
  let reach: Int

  init(_ values: ParameterValues) throws(InvalidParameter) {
    reach = try Self.reach(values)
    traits = GeneratorTraits(
      isRandom: false, meanDegree: Double(2 * reach), isIntegerOnly: true, width: .ring, fewestAgents: 2 * reach + 1)
  }

  static let description = Description(
    "ring-lattice", "a ring with ties to the z / 2 nearest on each side", source: "Watts & Strogatz 1998",
    parameters: [.evenMeanDegree])

  func network(_ demand: NetworkDemand, at address: RandomAddress) throws(GenerationFailure) -> Network {
    let ties = try RingTies(agentCount: demand.agentCount, reach: reach)
    return Network(agentCount: demand.agentCount, sorting: ties, isDirected: false, workers: demand.workers)
  }

  static func reach(_ values: ParameterValues) throws(InvalidParameter) -> Int {
    let degree = values.whole("meanDegree")
    guard degree % 2 == 0 else {
      throw InvalidParameter("meanDegree", "\(degree) is odd", remedy: "write an even number: half of it on each side")
    }
    return degree / 2
  }
}

/// The ties of a ring, nearest first: tie d · N + i leads from agent i to the agent d + 1 places on, or to its new end
/// if rewired.
struct RingTies: TieSource {
  let agentCount: Int
  let reach: Int
  var targets: [UInt32]

  init(agentCount: Int, reach: Int) throws(GenerationFailure) {
    guard 2 * reach < agentCount || agentCount == 0 && reach == 0 else {
      throw GenerationFailure("a ring of \(agentCount) agents has no room for \(2 * reach) neighbors each")
    }
    (self.agentCount, self.reach) = (agentCount, reach)
    targets = []
    targets.reserveCapacity(agentCount * reach)
    for distance in 0..<reach {
      // The ties of the last agents wrap around.
      targets.append(contentsOf: UInt32(distance + 1)..<UInt32(agentCount))
      targets.append(contentsOf: 0..<UInt32(distance + 1))
    }
  }

  private static let pieceSize = 1 << 16
  private var piecesEach: Int { (agentCount + Self.pieceSize - 1) / Self.pieceSize }
  var tieCount: Int { targets.count }
  var pieceCount: Int { reach * piecesEach }

  @inline(__always)
  func forEachTie(in piece: Int, _ body: (UInt32, UInt32) -> Void) {
    let (distance, part) = piece.quotientAndRemainder(dividingBy: piecesEach)
    let targets = targets.span
    for agent in part * Self.pieceSize..<min(agentCount, (part + 1) * Self.pieceSize) {
      body(UInt32(truncatingIfNeeded: agent), targets[distance * agentCount + agent])
    }
  }
}
