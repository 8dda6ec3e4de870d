/// The kernel of time-driven progressive rules.
enum StepKernel {
  /// Tries per stranger. At least half of all agents are strangers, so all 64 fail with probability 2⁻⁶⁴ at most.
  private static let searchLimit = 64

  @inline(__always)
  static func run<Rule: StepChances>(
    _ rule: Rule, from seeds: [UInt32], on network: Network, _ audience: Audience, at address: RandomAddress,
    _ workspace: inout Workspace
  ) {
    let count = network.agentCount
    workspace.begin(count)
    workspace.makePressures(count)
    workspace.makeMarks(count)
    let listeners = audience.listeners
    var atRisk = [UInt32]()
    var newcomers = seeds
    var tail = 0
    for seed in seeds { workspace.hasAdopted[Int(seed)] = true }
    if rule.hasOutsideInfluence { atRisk = (0..<UInt32(count)).filter { !workspace.hasAdopted[Int($0)] } }
    let meeting = Meetings(rule.meetings, network, audience, address)
    var step = 0
    while true {
      for agent in newcomers {
        workspace.outcome.queue[tail] = agent
        tail += 1
      }
      for speaker in newcomers {
        for place in network.voices(of: Int(speaker)) {
          let listener = Int(network.targets[place])
          let weight = audience.weights?[place] ?? 1
          // Unless agents adopt alone, the first voice of positive weight puts a listener on the list.
          if !rule.hasOutsideInfluence && weight > 0 && workspace.pressures[listener] == 0
            && !workspace.hasAdopted[listener]
          {
            atRisk.append(UInt32(listener))
          }
          workspace.pressures[listener] += weight
        }
      }
      workspace.outcome.stepEnds.append(tail)
      guard !atRisk.isEmpty, step < rule.steps else { break }
      step += 1
      newcomers.removeAll(keepingCapacity: true)
      var kept = 0
      var someoneMay = false
      for agent in atRisk {
        let place = Int(agent)
        let pressure = Pressure(
          demand: listeners.demands.isEmpty ? 0 : listeners.demands[place], exposure: workspace.pressures[place],
          inDegree: Int(network.inDegrees[place]),
          met: rule.meetings == 0 ? 0 : meeting.force(of: place, step: step, workspace.hasAdopted),
          responsiveness: listeners.responsiveness(place))
        let chance = rule.chance(pressure)
        someoneMay = someoneMay || chance > 0 || rule.meetings > 0
        if chance > 0 && address.words(.steps, entity: place, index: step).0.unitInterval < chance {
          newcomers.append(agent)
        } else {
          atRisk[kept] = agent
          kept += 1
        }
      }
      atRisk.removeSubrange(kept...)
      for agent in newcomers { workspace.hasAdopted[Int(agent)] = true }
      // If no agent has a chance or meets strangers, nothing will ever change.
      if newcomers.isEmpty && !someoneMay { break }
    }
    workspace.outcome.dropIdleSteps()
    for place in 0..<tail { workspace.hasAdopted[Int(workspace.outcome.queue[place])] = false }
    for place in workspace.pressures.indices { workspace.pressures[place] = 0 }
  }

  /// Random meetings with strangers: uniform over the other agents that do not speak to this one.
  struct Meetings {
    private let count: Int
    private let network: Network
    private let address: RandomAddress
    /// q scaled to mean `audience.meanPersuasion`; empty if agents do not differ in persuasion.
    private let force: [Double]

    init(_ count: Int, _ network: Network, _ audience: Audience, _ address: RandomAddress) {
      (self.count, self.network, self.address) = (count, network, address)
      let scale = audience.persuasionScale
      force = audience.persuasion.map { $0 / scale }
    }

    /// Calls `meet` for each stranger that `agent` meets in `step`, with replacement; never if there are no strangers.
    func strangers(of agent: Int, step: Int, _ meet: (Int) -> Void) {
      guard count > 0 else { return }
      var words = address.stream(.meetings, entity: agent, index: step << 16)
      let tied = Int(network.inDegrees[agent]) + 1
      if 2 * tied > network.agentCount {
        // Strangers may be few: list them instead of searching.
        let others = (0..<network.agentCount).filter { $0 != agent && !network.speaks($0, to: agent) }
        if !others.isEmpty { for _ in 0..<count { meet(others[words.below(others.count)]) } }
        return
      }
      for _ in 0..<count {
        for _ in 0..<searchLimit {
          let other = words.below(network.agentCount)
          guard other != agent, !network.speaks(other, to: agent) else { continue }
          meet(other)
          break
        }
      }
    }

    func force(of agent: Int, step: Int, _ hasAdopted: [Bool]) -> Double {
      var sum = 0.0
      strangers(of: agent, step: step) { other in
        if hasAdopted[other] { sum += force.isEmpty ? 1 : force[other] }
      }
      return sum
    }

    func weight(_ agent: Int) -> Double { force.isEmpty ? 1 : force[agent] }
  }
}
