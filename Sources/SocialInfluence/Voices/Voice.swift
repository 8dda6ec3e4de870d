/// How a tie's own weight ω follows from its weight in the file.
package enum TieWeighting: String, CaseIterable, Sendable {
  /// Weight ÷ mean weight.
  case relative
  /// Weight ÷ mean weight of the listener's ties, so that a fractional threshold is a share of their total weight: the
  /// exposure of Valente (1995).
  case own
  /// The weight itself; with merged repeats, their sum.
  case absolute
  /// 1 for every tie.
  case ignore
}

/// The weight of every voice: w(u,v) = λ · q_u · τ(u,v) · ω(u,v), with τ(u,v) = e_u · k_v ÷ Σ e over v's voices.
///
/// Expertise is relative trust: it redistributes a listener's attention. Persuasion is added force.
package struct Voice: Sendable {
  /// q · τ · ω of each tie, parallel to the network's targets; nil where it is 1 for all.
  package let raised: [Double]?
  /// The weights whose mean influence equal mass keeps: ω of each tie, times q · τ of traits that a file gives as
  /// written; nil where all are 1.
  package let plain: [Double]?

  /// - Parameters:
  ///   - expertise: e with the mavens' gain; empty where it is the same for everyone.
  ///   - persuasion: q with the salesmen's gain; empty where it is 1 for everyone.
  ///   - given: e and q that a file gives as written, without gains; empty where it gives none.
  package init(
    on network: Network, expertise: [Double], persuasion: [Double],
    given: (expertise: [Double], persuasion: [Double]) = ([], []), weighting: TieWeighting
  ) {
    let own = Self.tieWeights(network, weighting)
    raised = Self.weights(network, expertise: expertise, persuasion: persuasion, own)
    if given.expertise == expertise && given.persuasion == persuasion {
      plain = raised
    } else {
      plain = Self.weights(network, expertise: given.expertise, persuasion: given.persuasion, own)
    }
  }

  /// q · τ · ω of each tie.
  private static func weights(
    _ network: Network, expertise: [Double], persuasion: [Double], _ own: [Double]?
  ) -> [Double]? {
    // Equal expertise, whatever its value, gives a trust of exactly 1, without rounding.
    let trusts = expertise.contains { $0 != expertise[0] }
    let persuades = persuasion.contains { $0 != 1 }
    guard trusts || persuades else { return own }
    var attention = [Double](repeating: 1, count: trusts ? network.agentCount : 0)
    if trusts {
      var sums = [Double](repeating: 0, count: network.agentCount)
      for speaker in 0..<network.agentCount {
        for place in network.voices(of: speaker) { sums[Int(network.targets[place])] += expertise[speaker] }
      }
      // Σ e = 0 means that e is 0 for all of the listener's voices: their weights stay 0, not 0 ÷ 0.
      for agent in 0..<network.agentCount where sums[agent] > 0 {
        attention[agent] = Double(network.inDegrees[agent]) / sums[agent]
      }
    }
    var weights = [Double](repeating: 1, count: network.voiceCount)
    for speaker in 0..<network.agentCount {
      let factor = (persuades ? persuasion[speaker] : 1) * (trusts ? expertise[speaker] : 1)
      for place in network.voices(of: speaker) {
        let trust = trusts ? attention[Int(network.targets[place])] : 1
        weights[place] = factor * trust * (own?[place] ?? 1)
      }
    }
    return weights
  }

  private static func tieWeights(_ network: Network, _ weighting: TieWeighting) -> [Double]? {
    guard let weights = network.weights, weighting != .ignore else { return nil }
    if weighting == .own {
      let own = network.relativeToListener(weights)
      return own.allSatisfy { $0 == 1 } ? nil : own
    }
    let mean = weighting == .relative ? weights.reduce(0, +) / Double(max(1, weights.count)) : 1
    return weights.allSatisfy { $0 == mean } ? nil : weights.map { $0 / mean }
  }
}

extension Network {
  /// Weights scaled to mean 1 over each listener's voices.
  func relativeToListener(_ weights: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: agentCount)
    for place in weights.indices { sums[Int(targets[place])] += weights[place] }
    return weights.indices.map { place in
      let listener = Int(targets[place])
      return weights[place] * Double(inDegrees[listener]) / sums[listener]
    }
  }
}
