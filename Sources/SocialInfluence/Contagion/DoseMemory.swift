/// Remembered doses: an agent adopts while the doses of its last T contacts add up to its threshold.
///
/// In each step t = 1, 2, … every agent has one contact: one of its voices, or any other agent, chosen at random. If
/// the contact was an adopter before the step, the agent receives with chance p a dose d from a law; the dose weighs
/// s · h_v · w(u,v) · d. D_v is the sum of the doses that v received in the last T steps, in any state. A susceptible
/// agent with D_v ≥ d*_v adopts; an adopter with D_v < d*_v gives up with chance r and can adopt again from the next
/// step on; with ρ < 1 it is immune first, and loses its immunity with chance ρ in each step, the first one included.
///
/// A threshold of one dose gives epidemics (SI, SIR, SIS); thresholds of two doses or more give complex contagion;
/// memory without end gives an absolute threshold. With r = ρ = 1 and random contacts, T and the chances P₁ and P₂ that
/// one or two doses suffice decide how contagion begins (`DoseResponse` in `Theory`).
///
/// *Edge cases*: a seed starts with the doses that it needs, so that it talks for at least T steps; an agent without
/// voices has no contact; an agent whose threshold in a file is 0 or less adopts by itself in step 1 and never gives
/// up.
///
/// Source: P. S. Dodds, D. J. Watts (2004), Phys. Rev. Lett. 92:218701, doi:10.1103/PhysRevLett.92.218701; (2005), J.
/// Theor. Biol. 232:587, doi:10.1016/j.jtbi.2004.09.006.
/// *Differs*: contacts along ties too; doses and thresholds are whole multiples of 2⁻²⁴.
package struct DoseMemory: ContagionRule {
  let course: DoseKernel.Course
  /// d*.
  package let threshold: any Distribution
  /// p.
  package var exposure: Double { course.exposure }
  /// d.
  package var dose: any Distribution { course.dose }
  /// T.
  package var memory: Int { course.memory }
  /// r.
  package var recovery: Double { course.recovery }
  /// ρ.
  var resusceptibility: Double { course.resusceptibility }
  /// Whether any agent may be a contact; otherwise only the agent's own voices.
  var meetsAnybody: Bool { course.meetsAnybody }
  package var steps: Int { course.steps }

  package init(_ values: ParameterValues) {
    threshold = values.distribution("threshold")
    course = DoseKernel.Course(
      exposure: values.number("exposure"), dose: values.distribution("dose"), memory: values.whole("memory"),
      recovery: values.number("recovery"), resusceptibility: values.number("resusceptibility"),
      meetsAnybody: values.text("contacts") == "anybody", steps: values.whole("steps"))
  }

  package static let description = Description(
    "dose-memory", "adopts while the doses of the last T contacts reach a threshold, then gives up",
    source: "Dodds & Watts 2004, doi:10.1103/PhysRevLett.92.218701; 2005, doi:10.1016/j.jtbi.2004.09.006",
    parameters: [
      Parameter("exposure", .number(.probability), unit: "per contact", "p: chance that an adopter gives a dose"),
      Parameter(
        "dose", .distribution(support: .nonNegative), standard: .law("constant", ["mean": 1]), "d: size of a dose"),
      Parameter(
        "threshold", .distribution(support: .positive), unit: "doses", standard: .law("constant", ["mean": 1]),
        "d*: remembered doses that suffice"),
      Parameter("memory", .whole(1...1000), unit: "steps", "T: steps for which a dose is remembered"),
      Parameter(
        "recovery", .number(.probability), unit: "per step", standard: .number(1),
        "r: chance that an adopter below its threshold gives up"),
      Parameter(
        "resusceptibility", .number(.probability), unit: "per step", standard: .number(1),
        "ρ: chance that who has given up can adopt again; 0: never"),
      Parameter(
        "contacts", .choice(["voices", "anybody"]), standard: .text("voices"),
        "voices: one of those whom the agent listens to; anybody: everybody is as likely"),
      Parameter("steps", .whole(1...1_000_000), unit: "steps", "steps after which the run ends"),
    ])

  package var traits: RuleTraits {
    RuleTraits().with {
      ($0.pace, $0.notesTalkers, $0.drawsThresholds) = (.steps(steps), true, true)
      $0.drawnLaw = threshold
      // Each agent has one contact per step.
      ($0.meetings, $0.meetingLaw) = (1, dose)
      // Each agent's remembered doses, at most one per step, its need and its sum.
      $0.bytesPerAgent = 40 + 16 * Double(min(memory, steps))
    }
  }

  package var isIntegerOnly: Bool { false }
  package var takesThresholds: Bool { true }

  package func fillDemands(_ demands: inout [Double], at address: RandomAddress) {
    for agent in demands.indices {
      demands[agent] = threshold.value(at: address.words(.needs, entity: agent).0.openUnitInterval)
    }
  }

  package func spread(
    from seeds: [UInt32], on network: Network, _ audience: Audience, at address: RandomAddress,
    in workspace: inout Workspace
  ) throws(GenerationFailure) {
    var listening: Listening?
    if !meetsAnybody, network.isDirected || audience.weights != nil { listening = Listening(network) }
    DoseKernel.spread(
      from: seeds, DoseKernel.Contacts(course, network, listening, audience, address), in: &workspace)
  }

  /// Credit for an agent's first adoption, shared in proportion to the remembered doses; adoption by itself is credited
  /// to no one.
  package func trace(_ traced: Traced) -> InfluenceTrace {
    let contacts = DoseKernel.Contacts(course, traced.network, traced.listening, traced.audience, traced.address)
    // Adopters come in order of steps: talkers of steps before the memory can go.
    var talkers = [Int: Set<UInt32>]()
    return traced.trace { listener, step in
      let remembered = max(1, step - memory + 1)...step
      talkers = talkers.filter { remembered.contains($0.key) }
      var doses = [(source: UInt32?, weight: Double)]()
      for step in remembered {
        guard let contact = contacts.contact(of: listener, in: step) else { continue }
        if talkers[step] == nil { talkers[step] = Set(traced.outcome.talkers[step - 1]) }
        guard talkers[step]?.contains(UInt32(contact.speaker)) == true else { continue }
        doses.append((UInt32(contact.speaker), Double(contacts.dose(from: contact, to: listener, in: step))))
      }
      return InfluenceTrace.shares(doses.contains { $0.weight > 0 } ? doses : [(nil, 1)])
    }
  }
}
