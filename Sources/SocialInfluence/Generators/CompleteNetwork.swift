/// Everyone is tied to everyone.
package struct CompleteNetwork: NetworkGenerator {
  package let traits = GeneratorTraits(isRandom: false, isComplete: true, isIntegerOnly: true)

  package init(_ values: ParameterValues) {}

  /// The network without agents.
  package static let empty = Network(offsets: [0], targets: [], weights: nil, isDirected: false)

  package static let description = Description(
    "complete", "everyone is tied to everyone", source: "", parameters: [])

  package func network(_ demand: NetworkDemand, at address: RandomAddress) throws(GenerationFailure) -> Network {
    let count = demand.agentCount
    guard count * max(0, count - 1) < Int(UInt32.max) else {
      throw GenerationFailure("a complete network of \(count) agents exceeds 2³² voices")
    }
    var targets = [UInt32]()
    targets.reserveCapacity(count * max(0, count - 1))
    var offsets: [UInt32] = [0]
    for agent in 0..<count {
      for other in 0..<count where other != agent { targets.append(UInt32(other)) }
      offsets.append(UInt32(targets.count))
    }
    return Network(offsets: offsets, targets: targets, weights: nil, isDirected: false)
  }
}
