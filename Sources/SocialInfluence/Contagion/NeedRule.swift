internal import CMachine

/// The family of exposure-driven progressive rules: adoption is permanent, and after step 1 an agent can adopt only in
/// the step after one of its voices has adopted. A rule is compiled into each agent's need and each voice's exposure;
/// two loops, for equal and for unequal voices, serve all rules.
package protocol NeedRule: ContagionRule {
  /// A listener's demand, from its two random words: E ~ Exp(1), or its threshold.
  func demand(_ words: (UInt64, UInt64)) -> Double
  /// The need of a listener as a number of voices of weight 1; `Need.never` if no number suffices.
  func count(_ listener: Listener) -> UInt32
  /// The need of a listener in fixed-point units of exposure, at least 1; `Need.neverUnits` if no exposure suffices.
  func units(_ listener: Listener) -> UInt64
  /// The exposure that a voice of weight `weight` gives this listener, in the same units, rounded once.
  func exposure(_ weight: Double, on listener: Listener) -> UInt64

  // Requirements, so that each rule gets its own compiled loop; `HazardRule` and `PlainThresholdRule` override them.
  func fillCounts(_ needs: inout [UInt32], _ listeners: Listeners, _ network: Network)
  func fillUnits(_ needs: inout [UInt64], _ listeners: Listeners, _ network: Network)
}

extension NeedRule {
  package var exposureBasis: ExposureBasis? { .voices }

  package func fillDemands(_ demands: inout [Double], at address: RandomAddress) {
    address.draw(.needs, count: demands.count) { agents, first, second in
      for agent in agents {
        let place = agent - agents.lowerBound
        demands[agent] = demand((first[place], second[place]))
      }
    }
  }

  func fillCounts(_ needs: inout [UInt32], _ listeners: Listeners, _ network: Network) {
    for agent in 0..<network.agentCount { needs[agent] = count(listeners.listener(agent, on: network)) }
  }

  func fillUnits(_ needs: inout [UInt64], _ listeners: Listeners, _ network: Network) {
    for agent in 0..<network.agentCount { needs[agent] = units(listeners.listener(agent, on: network)) }
  }

  package func fillExposures(
    _ exposures: inout [UInt64], weights: [Double]?, _ listeners: Listeners, _ network: Network
  ) {
    fillExposuresOneByOne(&exposures, weights: weights, listeners, network)
  }

  func fillExposuresOneByOne(
    _ exposures: inout [UInt64], weights: [Double]?, _ listeners: Listeners, _ network: Network
  ) {
    for place in 0..<network.voiceCount {
      let listener = listeners.listener(Int(network.targets[place]), on: network, place: place)
      exposures[place] = exposure(weights?[place] ?? 1, on: listener)
    }
    exposures.useHugePages()
  }

  package func spread(
    from seeds: [UInt32], on network: Network, _ audience: Audience, at address: RandomAddress,
    in workspace: inout Workspace
  ) throws(GenerationFailure) {
    spreadByNeeds(from: seeds, on: network, audience, in: &workspace)
  }

  /// Runs a cascade from needs drawn beforehand: counts if all voices are equal, otherwise fixed-point units.
  func spreadByNeeds(
    from seeds: [UInt32], on network: Network, _ audience: Audience, in workspace: inout Workspace
  ) {
    let listeners = audience.listeners
    let alone =
      listeners.mayHaveInstigators ? (0..<network.agentCount).filter(listeners.isInstigator).map { UInt32($0) } : []
    workspace.begin(network.agentCount)
    if audience.weights == nil && listeners.tieHazards.isEmpty {
      workspace.makeCounts(network.agentCount)
      fillCounts(&workspace.counts, listeners, network)
      ProgressiveKernel.spread(
        from: seeds, alone: alone, on: network, missing: &workspace.counts, queue: &workspace.outcome.queue,
        stepEnds: &workspace.outcome.stepEnds, order: &workspace.order,
        batch: &workspace.rows)
    } else {
      let exposures = exposures(audience, on: network)
      workspace.makeUnits(network.agentCount)
      if audience.units.count == network.agentCount {
        for agent in audience.units.indices { workspace.units[agent] = audience.units[agent] }
      } else {
        fillUnits(&workspace.units, listeners, network)
      }
      ProgressiveKernel.spread(
        from: seeds, alone: alone, on: network, exposures: exposures, missing: &workspace.units,
        queue: &workspace.outcome.queue,
        stepEnds: &workspace.outcome.stepEnds, order: &workspace.order,
        batch: &workspace.weightedRows)
    }
  }

  /// The audience's needs in units, computed unless it has them.
  package func units(_ audience: Audience, on network: Network) -> [UInt64] {
    if audience.units.count == network.agentCount { return audience.units }
    var units = [UInt64](repeating: 0, count: network.agentCount)
    fillUnits(&units, audience.listeners, network)
    return units
  }

  /// The audience's exposures, computed unless it has them.
  func exposures(_ audience: Audience, on network: Network) -> [UInt64] {
    if audience.exposures.count == network.voiceCount { return audience.exposures }
    var exposures = [UInt64](repeating: 0, count: network.voiceCount)
    fillExposures(&exposures, weights: audience.weights, audience.listeners, network)
    return exposures
  }
}
