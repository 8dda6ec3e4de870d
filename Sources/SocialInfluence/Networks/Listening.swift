/// The ties of a network by listener: who speaks to v, and the place of that tie in the speaker's row.
package struct Listening: Sendable {
  /// The voices of v are `offsets[v] ..< offsets[v + 1]`, ascending by speaker.
  private let offsets: [Int]
  private let speakers: [UInt32]
  private let places: [UInt32]

  package init(_ network: Network) {
    var next = [Int](repeating: 0, count: network.agentCount + 1)
    for target in network.targets { next[Int(target) + 1] += 1 }
    for agent in 0..<network.agentCount { next[agent + 1] += next[agent] }
    offsets = next
    var speakers = [UInt32](repeating: 0, count: network.voiceCount)
    var places = speakers
    for speaker in 0..<network.agentCount {
      for place in network.voices(of: speaker) {
        let listener = Int(network.targets[place])
        speakers[next[listener]] = UInt32(speaker)
        places[next[listener]] = UInt32(place)
        next[listener] += 1
      }
    }
    (self.speakers, self.places) = (speakers, places)
  }

  /// Voice number `place` of `listener`: its speaker and its place in the network.
  func voice(_ place: Int, of listener: Int) -> (speaker: Int, place: Int) {
    (Int(speakers[offsets[listener] + place]), Int(places[offsets[listener] + place]))
  }

  /// All voices of `listener`: each speaker with the place of its tie in the network.
  package func voices(of listener: Int) -> [(speaker: Int, place: Int)] {
    (offsets[listener]..<offsets[listener + 1]).map { (Int(speakers[$0]), Int(places[$0])) }
  }
}
