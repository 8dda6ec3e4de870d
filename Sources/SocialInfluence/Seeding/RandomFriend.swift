/// A random friend of a random agent: somebody is asked at random and names one of those to whom it listens. Friends have more
/// ties than agents on average, without anybody's ties being known.
///
/// Agents who listen to nobody are asked in vain, and somebody else is asked. A friend has k ties with a chance in proportion to
/// Σ 1 ÷ k_i over those who listen to it: on random networks as good as k p_k, but unlike a pick in proportion to ties it comes
/// with the one who named it.
///
/// Sources: S. L. Feld (1991), Am. J. Sociology 96:1464, doi:10.1086/229693; A. Chin, D. Eckles, J. Ugander (2022), Management
/// Science 68:1714, doi:10.1287/mnsc.2021.3963.
/// *Differs*: several seeds come from several agents that are asked, each for one friend; a friend who is a seed already is passed over.
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
}
