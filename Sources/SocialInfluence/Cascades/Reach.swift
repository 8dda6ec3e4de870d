/// One-step reach: how many agents a lone speaker convinces on average.
package enum Reach {
  /// Σ_v p(u,v) for every agent u, for cascades: p = 1 − exp(−η).
  package static func ofCascade(weights: [Double]?, _ listeners: Listeners, on network: Network) -> [Double] {
    // Where everything is common, one probability serves all ties.
    let common: Double? =
      weights == nil && listeners.hazards.isEmpty && listeners.susceptibility.isEmpty
      ? probability(ofHazard: listeners.hazard * listeners.story) : nil
    return (0..<network.agentCount).map { speaker in
      if let common { return common * Double(network.outDegree(speaker)) }
      return network.voices(of: speaker).reduce(0) { sum, place in
        let rate = listeners.rate(Int(network.targets[place]))
        // Cheaper than the exact complement, and as good for a sum of probabilities that are not tiny.
        return sum + (rate > 0 ? 1 - exponential(-rate * (weights?[place] ?? 1)) : 0)
      }
    }
  }

  /// The number of listeners whose need each agent meets alone, voices of weight 1.
  package static func ofCounts(_ needs: [UInt32], on network: Network) -> [Double] {
    (0..<network.agentCount).map { speaker in
      Double(network.voices(of: speaker).count { needs[Int(network.targets[$0])] == 1 })
    }
  }

  /// The same for voices that differ.
  package static func ofUnits(_ needs: [UInt64], exposures: [UInt64], on network: Network) -> [Double] {
    (0..<network.agentCount).map { speaker in
      Double(network.voices(of: speaker).count { exposures[$0] >= needs[Int(network.targets[$0])] })
    }
  }
}
