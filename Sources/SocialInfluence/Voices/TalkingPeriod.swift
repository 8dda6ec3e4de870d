/// For how many rounds an adopter talks.
package enum TalkingPeriod: Sendable {
  case forever
  /// After each round the adopter falls silent with this probability: at least one round.
  case geometric(Double)
  case fixed(Int)

  /// Mean number of rounds; infinite under `forever`.
  package var mean: Double {
    switch self {
    case .forever: .infinity
    case .geometric(let recovery): 1 / recovery
    case .fixed(let rounds): Double(rounds)
    }
  }

  /// The period with the table that a cascade looks up once.
  var drawn: DrawnPeriod {
    switch self {
    case .forever: .forever
    case .geometric(let recovery): .geometric(GeometricSampler(hazard: hazard(ofProbability: recovery)))
    case .fixed(let rounds): .fixed(rounds)
    }
  }
}

/// A talking period as a cascade draws it.
enum DrawnPeriod: Sendable {
  case forever
  case geometric(GeometricSampler)
  case fixed(Int)

  /// Rounds, at least 1, of the agent's `episode`, from 0; `Int.max` under `forever`.
  @inline(__always)
  func rounds(_ agent: Int, episode: Int, at address: RandomAddress) -> Int {
    switch self {
    case .forever: Int.max
    case .geometric(let sampler):
      1 + sampler.failures(address.words(.periods, entity: agent, index: episode).0)
    case .fixed(let rounds): rounds
    }
  }

  /// Calls `use` with each place of `agents` and the rounds of that agent's first episode.
  @inline(__always)
  func draw(for agents: ArraySlice<UInt32>, at address: RandomAddress, _ use: (_ place: Int, _ rounds: Int) -> Void) {
    guard case .geometric(let sampler) = self else {
      for place in agents.indices { use(place, rounds(Int(agents[place]), episode: 0, at: address)) }
      return
    }
    address.draw(.periods, of: agents) { places, words in
      for place in places { use(place, 1 + sampler.failures(words[place - places.lowerBound])) }
    }
  }
}

/// How long an adopter talks in continuous time.
package enum ContinuousPeriod: Sendable {
  case exponential(rate: Double)
  case fixed(Double)

  /// Mean length, in units of time.
  package var mean: Double {
    switch self {
    case .fixed(let length): length
    case .exponential(let rate): 1 / rate
    }
  }

  /// The length of the agent's period, in units of time.
  @inline(__always)
  func length(_ agent: Int, at address: RandomAddress) -> Double {
    switch self {
    case .fixed(let length): return length
    case .exponential(let rate):
      return -naturalLogarithm(address.words(.periods, entity: agent).0.openUnitInterval) / rate
    }
  }

  /// The chance that a tie with this rate transmits within the period.
  func transmissibility(rate: Double) -> Double {
    switch self {
    case .fixed(let length): probability(ofHazard: rate * length)
    case .exponential(let recovery): rate / (rate + recovery)
    }
  }
}
