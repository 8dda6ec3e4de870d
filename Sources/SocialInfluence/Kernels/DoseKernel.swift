/// The kernel of remembered doses.
///
/// Doses are integers, in units of 2⁻²⁴, so that subtracting a forgotten dose is exact.
enum DoseKernel {
  /// A need that no sum of doses reaches.
  private static let never = UInt64(1) << 62
  /// The largest dose: 1000, the longest memory, sum to less than `never`.
  private static let largest = Double(UInt64(1) << 48)

  /// How doses are given, remembered and lost.
  struct Course {
    /// p: chance that an adopter gives its contact a dose.
    let exposure: Double
    /// d: size of a dose.
    let dose: any Distribution
    /// T: steps for which a dose is remembered.
    let memory: Int
    /// r: chance per step that adopters below their threshold give up.
    let recovery: Double
    /// ρ: chance per step that the immune become susceptible.
    let resusceptibility: Double
    /// Whether contacts are drawn from all agents, not only from the agent's speakers.
    let meetsAnybody: Bool
    let steps: Int
  }

  /// The contacts of agents and the doses they receive, addressed by agent and step.
  struct Contacts {
    /// The speaker met, the place of its tie (−1 if not needed), and the random word that decides whether it gives a
    /// dose.
    struct Contact {
      let speaker: Int
      var place = -1
      let coin: UInt64
    }

    let course: Course
    let network: Network
    /// nil without direction and weights: an agent's own row then lists its speakers.
    let listening: Listening?
    let audience: Audience
    let address: RandomAddress
    /// `audience.persuasionScale`, computed once.
    private let persuasionScale: Double

    init(
      _ course: Course, _ network: Network, _ listening: Listening?, _ audience: Audience, _ address: RandomAddress
    ) {
      (self.course, self.network, self.listening) = (course, network, listening)
      (self.audience, self.address) = (audience, address)
      persuasionScale = audience.persuasionScale
    }

    @inline(__always)
    func contact(of agent: Int, in step: Int) -> Contact? {
      let choices = course.meetsAnybody ? network.agentCount - 1 : Int(network.inDegrees[agent])
      guard choices > 0 else { return nil }
      let (word, coin) = address.words(.meetings, entity: agent, index: step)
      let chosen = Int(word.multipliedFullWidth(by: UInt64(choices)).high)
      if course.meetsAnybody { return Contact(speaker: chosen < agent ? chosen : chosen + 1, coin: coin) }
      if let listening {
        let voice = listening.voice(chosen, of: agent)
        return Contact(speaker: voice.speaker, place: voice.place, coin: coin)
      }
      return Contact(speaker: Int(network.targets[Int(network.offsets[agent]) + chosen]), coin: coin)
    }

    /// The dose that `agent` receives from an adopter, in units of 2⁻²⁴; 0 if none.
    func dose(from contact: Contact, to agent: Int, in step: Int) -> UInt64 {
      guard contact.coin.unitInterval < course.exposure else { return 0 }
      let dose =
        course.dose.constant
        ?? course.dose.value(at: address.words(.steps, entity: agent, index: step).0.openUnitInterval)
      var weight = audience.listeners.responsiveness(agent)
      if course.meetsAnybody {
        if !audience.persuasion.isEmpty { weight *= audience.persuasion[contact.speaker] / persuasionScale }
      } else if let weights = audience.weights {
        weight *= weights[contact.place]
      }
      let units = (dose * weight * Need.weightUnit).rounded()
      // NaN (0 · ∞) counts as 0.
      return units > 0 ? UInt64(min(DoseKernel.largest, units)) : 0
    }

    /// The need of `agent` in units of 2⁻²⁴; 0 if it adopts by itself.
    func need(of agent: Int) -> UInt64 {
      let listeners = audience.listeners
      if listeners.isInstigator(agent) { return 0 }
      let units = ((listeners.demands[agent] - 1e-9) * Need.weightUnit).rounded(.up)
      return listeners.responsiveness(agent) > 0 && units < DoseKernel.largest
        ? UInt64(max(1, units)) : DoseKernel.never
    }
  }

  /// The state of all agents.
  private struct Crowd {
    enum State: UInt8 { case susceptible, adopter, immune }

    var states: [State]
    /// D, the sum of remembered doses, and the need.
    var sums: [UInt64]
    let needs: [UInt64]
    var adopters: [UInt32] = []
    var immune: [UInt32] = []
    /// May adopt in this step: agents with a new dose, newly susceptible or, in step 1, without need of a dose.
    var candidates: [UInt32] = []
    var hasEverAdopted: [Bool]
    /// The doses received in each of the last T steps.
    var remembered: [[(agent: UInt32, dose: UInt64)]]

    func mayAdopt(_ agent: Int) -> Bool { states[agent] == .susceptible && sums[agent] >= needs[agent] }

    mutating func receive(_ dose: UInt64, _ agent: Int, in slot: Int) {
      guard dose > 0 else { return }
      sums[agent] += dose
      remembered[slot].append((UInt32(truncatingIfNeeded: agent), dose))
      if states[agent] == .susceptible { candidates.append(UInt32(truncatingIfNeeded: agent)) }
    }

    mutating func forget(_ slot: Int) {
      for (agent, dose) in remembered[slot] { sums[Int(agent)] -= dose }
      remembered[slot].removeAll(keepingCapacity: true)
    }
  }

  static func spread(
    from seeds: [UInt32], _ contacts: Contacts, in workspace: inout Workspace
  ) {
    let course = contacts.course
    let count = contacts.network.agentCount
    workspace.begin(count)
    var crowd = Crowd(
      states: Array(repeating: .susceptible, count: count), sums: Array(repeating: 0, count: count),
      needs: (0..<count).map(contacts.need), hasEverAdopted: Array(repeating: false, count: count),
      remembered: Array(repeating: [], count: course.memory))
    var tail = 0
    func adopt(_ agent: UInt32) {
      guard crowd.states[Int(agent)] != .adopter else { return }
      crowd.states[Int(agent)] = .adopter
      crowd.adopters.append(agent)
      guard !crowd.hasEverAdopted[Int(agent)] else { return }
      crowd.hasEverAdopted[Int(agent)] = true
      workspace.outcome.queue[tail] = agent
      tail += 1
    }
    for seed in seeds {
      crowd.receive(crowd.needs[Int(seed)], Int(seed), in: 0)
      adopt(seed)
    }
    workspace.outcome.stepEnds.append(tail)
    crowd.candidates = (0..<UInt32(count)).filter { crowd.needs[Int($0)] == 0 }
    var prevalence = EpidemicKernel.Prevalence(steps: course.steps)
    for step in 1...course.steps {
      // Nobody is left to give a dose, to adopt, or to become susceptible.
      if crowd.adopters.isEmpty && crowd.candidates.isEmpty && crowd.immune.isEmpty { break }
      if workspace.notesTalkers { workspace.outcome.talkers.append(crowd.adopters) }
      prevalence.add(crowd.adopters.count, at: step)
      crowd.forget(step % course.memory)
      meet(&crowd, contacts, in: step)
      // Before `giveUp`: agents that it makes susceptible adopt in the next step at the earliest.
      let newcomers = crowd.candidates.filter { crowd.mayAdopt(Int($0)) }
      crowd.candidates.removeAll(keepingCapacity: true)
      giveUp(&crowd, course, contacts.address, in: step)
      for agent in newcomers { adopt(agent) }
      workspace.outcome.stepEnds.append(tail)
    }
    workspace.outcome.dropIdleSteps()
    workspace.outcome.prevalence = prevalence.mean / Double(count)
  }

  /// Draws contacts; only agents whose contact is an adopter can receive a dose.
  private static func meet(_ crowd: inout Crowd, _ contacts: Contacts, in step: Int) {
    guard !crowd.adopters.isEmpty else { return }
    let (network, slot) = (contacts.network, step % contacts.course.memory)
    func meet(_ agent: Int) {
      guard let contact = contacts.contact(of: agent, in: step), crowd.states[contact.speaker] == .adopter else {
        return
      }
      crowd.receive(contacts.dose(from: contact, to: agent, in: step), agent, in: slot)
    }
    let heard = crowd.adopters.reduce(0) { $0 + network.outDegree(Int($1)) }
    guard !contacts.course.meetsAnybody, heard < network.agentCount else {
      for agent in 0..<network.agentCount { meet(agent) }
      return
    }
    // With few adopters, only their listeners need to draw a contact.
    for speaker in crowd.adopters {
      for place in network.voices(of: Int(speaker)) {
        let listener = Int(network.targets[place])
        if contacts.contact(of: listener, in: step)?.speaker == Int(speaker) { meet(listener) }
      }
    }
  }

  /// Adopters below their threshold may give up, and the immune may become susceptible again.
  private static func giveUp(_ crowd: inout Crowd, _ course: Course, _ address: RandomAddress, in step: Int) {
    var kept = [UInt32]()
    for agent in crowd.adopters {
      let place = Int(agent)
      if crowd.sums[place] < crowd.needs[place],
        address.words(.steps, entity: place, index: step).1.unitInterval < course.recovery
      {
        crowd.states[place] = .immune
        crowd.immune.append(agent)
      } else {
        kept.append(agent)
      }
    }
    crowd.adopters = kept
    guard course.resusceptibility > 0 else {
      crowd.immune.removeAll(keepingCapacity: true)
      return
    }
    kept.removeAll(keepingCapacity: true)
    for agent in crowd.immune {
      if address.words(.periods, entity: Int(agent), index: step).0.unitInterval < course.resusceptibility {
        crowd.states[Int(agent)] = .susceptible
        crowd.candidates.append(agent)
      } else {
        kept.append(agent)
      }
    }
    crowd.immune = kept
  }
}
