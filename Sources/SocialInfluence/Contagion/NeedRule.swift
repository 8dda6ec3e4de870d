internal import CMachine

/// The family of exposure-driven progressive rules: an adopter stays one, and an agent can change only when a neighbor
/// does. A rule is compiled into what each agent needs and what each voice gives; one small loop then serves them all.
package protocol NeedRule: ContagionRule {
  /// What a listener demands, from the two words drawn for its need: E ~ Exp(1), or its threshold.
  func demand(_ words: (UInt64, UInt64)) -> Double
  /// The need of a listener as a number of voices of weight 1; `Need.never` where no number suffices.
  func count(_ listener: Listener) -> UInt32
  /// The need of a listener in fixed-point units of exposure, at least 1; `Need.neverUnits` where nothing suffices.
  func units(_ listener: Listener) -> UInt64
  /// What a voice of weight `weight` gives this listener, in the same units, rounded once.
  func exposure(_ weight: Double, on listener: Listener) -> UInt64

  // The loops below have one implementation each; they are requirements so that the compiler specialises them per rule.
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

  /// The cascade from needs drawn beforehand: counts where all voices are equal, fixed-point units elsewhere.
  func spreadByNeeds(
    from seeds: [UInt32], on network: Network, _ audience: Audience, in workspace: inout Workspace
  ) {
    let listeners = audience.listeners
    let alone =
      listeners.mayAdoptAlone ? (0..<network.agentCount).filter(listeners.adoptsAlone).map { UInt32($0) } : []
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

  /// The needs of an audience whose voices differ, worked out where they are not given.
  package func units(_ audience: Audience, on network: Network) -> [UInt64] {
    if audience.units.count == network.agentCount { return audience.units }
    var units = [UInt64](repeating: 0, count: network.agentCount)
    fillUnits(&units, audience.listeners, network)
    return units
  }

  /// The audience's exposures, worked out where they are not given.
  func exposures(_ audience: Audience, on network: Network) -> [UInt64] {
    if audience.exposures.count == network.voiceCount { return audience.exposures }
    var exposures = [UInt64](repeating: 0, count: network.voiceCount)
    fillExposures(&exposures, weights: audience.weights, audience.listeners, network)
    return exposures
  }
}
