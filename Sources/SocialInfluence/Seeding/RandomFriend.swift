/// A random friend of a random agent: an agent drawn at random names one of its voices at random. Friends have more
/// ties than agents on average, and no knowledge of the network is needed to find them.
///
/// Agents without voices are skipped. An agent is named with a chance in proportion to Σ 1 ÷ k_i over its listeners i:
/// on random networks the law of its ties is close to k p_k, but it is correlated with the agent that named it.
///
/// Sources: S. L. Feld (1991), Am. J. Sociology 96:1464, doi:10.1086/229693; A. Chin, D. Eckles, J. Ugander (2022),
/// Management Science 68:1714, doi:10.1287/mnsc.2021.3963.
/// *Differs*: for several seeds, several agents name one friend each; a friend that is already a seed is skipped.
struct RandomFriend: SeedingStrategy {
  init(_ values: ParameterValues) {}

  static let description = Description(
    "random-friend", "random agents name one of those to whom they listen, at random",
    source: "Feld 1991, doi:10.1086/229693; Chin, Eckles & Ugander 2022, doi:10.1287/mnsc.2021.3963", parameters: [])

  func pool(_ context: SeedingContext) -> SeedPool {
    let network = context.network
    let listening = Listening(network)
    let speakers = (0..<network.agentCount).count { network.outDegree($0) > 0 }
    return .picked(count: speakers) { words in
      let voices = listening.voices(of: words.next().below(network.agentCount))
      return voices.isEmpty ? [] : [UInt32(voices[words.next().below(voices.count)].speaker)]
    }
  }

  var takesSelection: Bool { false }
  // Friends that are seeds already are named again and again.
  var effort: Double { 10 }
}
