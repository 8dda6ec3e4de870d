import SocialInfluence

/// Generates networks of mean degree 10, a new replicate each time.
enum Generation {
  nonisolated(unsafe) private static var replicate = 0

  /// Seconds and ties, as text.
  static func make(_ kind: String, agents: Int, workers: Int) -> String {
    guard let type = Catalogue.networks.first(where: { $0.description.kind == kind }) else {
      preconditionFailure("\(kind): no such network")
    }
    let isWhole = kind == "barabasi-albert" || kind == "watts-strogatz"
    var values: [String: ParameterValue] = ["meanDegree": isWhole ? .whole(10) : .number(10)]
    values["attention"] = .number(0)
    values["rewiring"] = .number(0.1)
    guard let generator = try? type.init(ParameterValues(values)) else { preconditionFailure("\(kind) takes z = 10") }
    var demand = NetworkDemand(agentCount: agents, meanDegree: 10)
    demand.workers = workers
    replicate += 1
    let address = RandomAddress(randomSeed: 1, network: replicate)
    var made: Network?
    let time = ContinuousClock().measure { made = try? generator.network(demand, at: address) }
    return "\(time / .seconds(1)) \(made?.tieCount ?? 0)"
  }
}
