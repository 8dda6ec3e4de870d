/// The family of time-driven progressive rules: adoption is permanent, and an agent at risk may adopt in any step, even
/// if nothing around it has changed.
///
/// In step t = 1, 2, … every agent at risk adopts with a chance that depends on the adopters before that step: updates
/// are synchronous. Random numbers are addressed by agent and step, so that they are the same in every arm.
protocol TimeDrivenRule: ContagionRule, StepChances {
  /// How much each part of the pressure contributes to an adoption, in any unit; credit is shared in proportion.
  func parts(_ pressure: Pressure) -> PressureParts

  /// The kernel; a requirement, so that the compiler specializes it per rule.
  func run(
    from seeds: [UInt32], on network: Network, _ audience: Audience, at address: RandomAddress,
    in workspace: inout Workspace)
}

extension TimeDrivenRule {
  package var traits: RuleTraits { timeDrivenTraits }

  var timeDrivenTraits: RuleTraits {
    RuleTraits().with {
      ($0.pace, $0.hasOutsideInfluence, $0.meetings) = (.steps(steps), hasOutsideInfluence, meetings)
    }
  }

  /// Credit is shared in proportion to the pressure in the step of the adoption.
  package func trace(_ traced: Traced) -> InfluenceTrace { trace(traced, audience: traced.audience) }

  func trace(_ traced: Traced, audience: Audience) -> InfluenceTrace {
    let network = traced.network
    let meeting = StepKernel.Meetings(meetings, network, audience, traced.address)
    return traced.trace { listener, step in
      var voices = traced.adopted(listener, before: step).map { voice in
        (source: UInt32?.some(UInt32(voice.speaker)), weight: audience.weights?[voice.place] ?? 1)
      }
      var met = [(source: UInt32?, weight: Double)]()
      meeting.strangers(of: listener, step: step) { other in
        guard traced.steps.hasAdopted(other, before: step) else { return }
        met.append((UInt32(other), meeting.weight(other)))
      }
      let pressure = Pressure(
        demand: audience.listeners.demands.isEmpty ? 0 : audience.listeners.demands[listener],
        exposure: voices.reduce(0) { $0 + $1.weight }, inDegree: Int(network.inDegrees[listener]),
        met: met.reduce(0) { $0 + $1.weight }, responsiveness: audience.listeners.responsiveness(listener))
      let parts = parts(pressure)
      for place in voices.indices { voices[place].weight *= parts.perVoice }
      for place in met.indices { met[place].weight *= parts.perMeeting }
      return InfluenceTrace.shares(voices + met + [(nil, parts.outside)])
    }
  }

  package var isIntegerOnly: Bool { false }
  package var meetings: Int { 0 }

  package func spread(
    from seeds: [UInt32], on network: Network, _ audience: Audience, at address: RandomAddress,
    in workspace: inout Workspace
  ) throws(GenerationFailure) {
    run(from: seeds, on: network, audience, at: address, in: &workspace)
  }

  package func run(
    from seeds: [UInt32], on network: Network, _ audience: Audience, at address: RandomAddress,
    in workspace: inout Workspace
  ) {
    StepKernel.run(self, from: seeds, on: network, audience, at: address, &workspace)
  }

  static var stepsParameter: Parameter {
    Parameter("steps", .whole(1...1_000_000), unit: "steps", "steps after which the run ends")
  }
}
