internal import SocialInfluence

/// The parts of conditions read so far: points and arms share most of them.
struct ConditionParts {
  struct Address: Hashable {
    let name: String
    let versions: [Int]
  }
  struct Part {
    /// Nil after a problem.
    let value: (any Sendable)?
    let values: [(key: String, number: Int32)]
    let resolved: [Setting.Pair]
  }
  private(set) var known: [Address: Part] = [:]
  /// Numbers of values, by key and text, and of groups of such numbers, by what they determine.
  private var texts = Numbering<[String]>()
  private var groups = Numbering<ConditionKeyGroup>()

  /// Checksum of all values in order of appearance, and of the values that each condition has.
  func checksum(_ points: [Scenario.Point]) -> String {
    var checksum = Checksum()
    for text in texts.inOrder {
      let bytes = Array((text.joined(separator: "\u{1F}") + "\n").utf8)
      checksum.update(bytes, count: bytes.count)
    }
    for condition in points.lazy.flatMap(\.arms) {
      let bytes = ConditionReader.keys.flatMap { key in
        let number = UInt32(bitPattern: condition.values[key])
        return [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: number >> $0) }
      }
      checksum.update(bytes, count: bytes.count)
    }
    return checksum.text
  }

  /// Parts kept at a time; beyond this, all are dropped and read again.
  private static let most = 20_000

  mutating func add(_ value: (any Sendable)?, _ resolved: ArraySlice<Setting.Pair>, at address: Address) -> Part {
    if known.count >= Self.most { known.removeAll() }
    let values = resolved.map { (key: $0.key, number: number(of: [$0.key, $0.value.inline])) }
    let part = Part(value: value, values: values, resolved: Array(resolved))
    known[address] = part
    return part
  }

  mutating func number(of text: [String]) -> Int32 { texts.number(of: text) }

  mutating func number(_ name: String, of numbers: [Int32]) -> Int32 {
    groups.number(of: ConditionKeyGroup(name: name, numbers: numbers))
  }
}

struct ConditionKeyGroup: Hashable {
  let name: String
  let numbers: [Int32]
}

/// Numbers values from 1, in order of appearance.
struct Numbering<Value: Hashable> {
  private var known: [Value: Int32] = [:]
  private(set) var inOrder: [Value] = []

  mutating func number(of value: Value) -> Int32 {
    let next = Int32(known.count + 1)
    if let number = known[value] { return number }
    known[value] = next
    inOrder.append(value)
    return next
  }
}

/// Reads one condition from a tree in which sweeps and arms have been resolved.
struct ConditionReader {
  /// The keys of a condition, which points and arms may vary.
  static let keys = [
    "agents", "network", "traits", "correlations", "roles", "few", "equalMass", "tieWeights", "rule", "story", "seeds",
    "seedFraction",
    "seeding",
  ]

  let version: (_ key: String) -> [Int]
  let trees: ConditionTrees
  let point: Int
  /// Created when the first part must be read.
  var loaded: GroupReader?
  private var settings: [Setting.Pair] = []
  private var values = ConditionValues()
  private var parts: ConditionParts

  var root: GroupReader {
    get { loaded ?? GroupReader(empty: "") }
    set { loaded = newValue }
  }

  private init(
    version: @escaping (_ key: String) -> [Int], _ trees: ConditionTrees, point: Int, _ parts: ConditionParts
  ) {
    (self.version, self.trees, self.point, self.parts) = (version, trees, point, parts)
  }

  /// - Parameters:
  ///   - version: conditions with the same version of a key have the same value there.
  ///   - parts: the parts read for other conditions.
  /// - Returns: the condition and its settings; nil after a problem.
  static func read(
    version: @escaping (_ key: String) -> [Int], _ parts: inout ConditionParts, _ problems: inout Problems,
    _ trees: ConditionTrees, point: Int
  ) -> (condition: Condition, resolved: Setting)? {
    var reader = ConditionReader(version: version, trees, point: point, parts)
    parts = ConditionParts()
    defer { parts = reader.parts }
    return reader.condition(&problems).map { ($0, .group(reader.settings)) }
  }

  /// The part of a condition that `keys` determine, read once for each combination of their versions.
  private mutating func part<Value: Sendable>(
    _ name: String, _ keys: String..., problems: inout Problems,
    _ read: (inout ConditionReader, inout Problems) -> Value?
  ) -> Value? {
    let address = ConditionParts.Address(name: name, versions: keys.flatMap(version))
    let part: ConditionParts.Part
    if let known = parts.known[address] {
      part = known
    } else {
      if loaded == nil { loaded = GroupReader(trees.tree(point), name: "", &problems) }
      let before = root.resolved.count
      let value = read(&self, &problems)
      part = parts.add(value, root.resolved[before...], at: address)
    }
    settings += part.resolved
    for (key, number) in part.values { values[key] = number }
    return part.value as? Value
  }

  /// The agents as written in the scenario.
  private struct People {
    let traits: TraitsRead
    let correlations: TraitCorrelations
    let roles: [Role: RoleSpecification]
    let isFewPresent: Bool
    let equalMass: Bool
  }

  private mutating func people(_ problems: inout Problems) -> People? {
    let traits: TraitsRead? = part("traits", "traits", problems: &problems) { reader, problems in
      reader.traits(&problems).map { laws in
        let connectivity = reader.root.resolved.last?.value[Trait.connectivity.name]?.inline ?? ""
        return TraitsRead(laws: laws, connectivity: reader.parts.number(of: ["connectivity", connectivity]))
      }
    }
    let correlations = part("correlations", "correlations", problems: &problems) { $0.correlations(&$1) }
    let roles = part("roles", "roles", problems: &problems) { $0.roles(&$1) }
    let isFewPresent = part("few", "few", problems: &problems) {
      $0.root.choice("few", of: ["present", "absent"], standard: "present", &$1) == "present"
    }
    let equalMass = part("equalMass", "equalMass", problems: &problems) {
      $0.root.flag("equalMass", standard: true, &$1)
    }
    guard let traits, let correlations, let roles, let isFewPresent, let equalMass else { return nil }
    return People(
      traits: traits, correlations: correlations, roles: roles, isFewPresent: isFewPresent, equalMass: equalMass)
  }

  mutating func condition(_ problems: inout Problems) -> Condition? {
    let network = part("network", "network", problems: &problems) { $0.network(&$1) }
    let agents: AgentCount? = part("agents", "agents", "network", problems: &problems) {
      AgentCount(value: $0.agentCount(network?.source, &$1))
    }
    let people = people(&problems)
    let weighting = part("tieWeights", "tieWeights", "network", "rule", problems: &problems) {
      $0.root.choice(
        "tieWeights", of: TieWeighting.allCases.map(\.rawValue),
        standard: $0.standardWeighting(network?.source).rawValue, &$1)
    }
    let contagion = part("rule", "rule", problems: &problems) {
      $0.variant("rule", among: Catalogue.rules, standard: nil, &$1).map { ContagionSpec(rule: $0) }
    }
    let story = part("story", "story", problems: &problems) {
      $0.root.number("story", in: ValueRange(1e-9, 1e9), standard: 1, &$1)
    }
    let seeds: SeedCount? = part("seeds", "seeds", "seedFraction", "seeding", problems: &problems) {
      $0.seedCount(&$1)
    }
    let aiming = part("seeding", "seeding", problems: &problems) { $0.seeding(&$1) }
    guard let network, let people, let weighting, let contagion, let story, let seeds, let aiming else { return nil }
    _ = part("check", "network", "traits", "roles", problems: &problems) { reader, problems in
      reader.check(network.source, laws: people.traits.laws, roles: people.roles, &problems)
      return true
    }
    let population = part(
      "population", "traits", "correlations", "roles", "few", "equalMass", problems: &problems
    ) { _, _ in
      PopulationSpec(
        traitLaws: people.traits.laws, correlations: people.correlations, roles: people.roles,
        isFewPresent: people.isFewPresent, equalMass: people.equalMass)
    }
    guard let population else { return nil }
    return Condition(
      SharedParts(network: network, population: population, contagion: contagion, aiming: aiming),
      ConditionNumbers(
        agentCount: agents?.value, story: story, seedCount: seeds, named: aiming.strategy.named?.count ?? 0),
      weighting: TieWeighting(rawValue: weighting) ?? .relative,
      ConditionOrigin(
        keys: keys(population, connectivity: people.traits.connectivity), values: values, trees: trees, point: point))
  }

  /// The numbers of the parts that the condition shares with others.
  private mutating func keys(_ population: PopulationSpec, connectivity: Int32) -> ConditionKeys {
    func text(_ role: RoleSpecification?) -> String { role.map { "\($0.fraction),\($0.gain)" } ?? "" }
    let roles = population.roles
    // Ties depend on the network's own keys, the law of connectivity, and connectors that change something.
    var connectors: Int32 = 0
    if let connector = roles[.connector], connector.gain != 1 || connector.span != 1 {
      connectors = parts.number(of: ["connectors", text(connector), "\(connector.span)", "\(population.equalMass)"])
    }
    let network = parts.number(
      "network", of: [values["agents"], values["network"], connectivity, connectors])
    let traits = parts.number("traits", of: [values["traits"], values["correlations"]])
    let acting = parts.number(of: ["roles"] + Role.allCases.map { text(roles[$0]) })
    let agents = parts.number("agents", of: [traits, acting])
    return ConditionKeys(
      network: network, agents: agents, traits: traits, population: parts.number("population", of: [network, agents]),
      rule: values["rule"], seeding: values["seeding"])
  }

  /// Fractional thresholds use each agent's own weights on a file, which may have weights.
  func standardWeighting(_ source: NetworkSource?) -> TieWeighting {
    guard case .file = source, let kind = root.node.descendant(["rule", "kind"]),
      case .scalar(FractionalThreshold.description.kind, _) = kind.content
    else { return .relative }
    return .own
  }

  /// `seeds`, or `seedFraction` of all agents; without either, all agents that the seeding names, or one.
  mutating func seedCount(_ problems: inout Problems) -> SeedCount? {
    if let node = root.take("seedFraction") {
      if let other = root.take("seeds") {
        problems.add(
          Problem(other, "`seeds` and `seedFraction` both say how many agents are seeded", remedy: "keep one of them"))
        return nil
      }
      let share = ScalarReading.number(node, "seedFraction", in: .probability, &problems)
      share.map { root.keep("seedFraction", .number($0)) }
      return share.map { .share($0) }
    }
    if root.node["seeds"] == nil,
      case .scalar(ExplicitSeeds.description.kind, _) = root.node.descendant(["seeding", "kind"])?.content
    {
      _ = root.take("seeds")
      return .named
    }
    return root.whole("seeds", in: 0...Int(UInt32.max) - 1, unit: "agents", standard: 1, &problems).map { .number($0) }
  }

  struct TraitsRead: Sendable {
    let laws: [Trait: any Distribution]
    /// The number that identifies the law of connectivity.
    let connectivity: Int32
  }

  /// N if the scenario fixes it; a wrapper, so that a part can hold nil.
  struct AgentCount: Sendable { let value: Int? }

  mutating func variant<V>(
    _ key: String, among catalogue: [any Variant.Type], standard: String?, _ problems: inout Problems,
    besides: (inout GroupReader, V?, inout Problems) -> Void = { _, _, _ in }
  ) -> V? {
    guard let node = root.take(key) ?? standard.map({ kindNode($0) }) else {
      root.missing(key, "write `\(key): { kind: … }`, known: " + kinds(catalogue), &problems)
      return nil
    }
    var group = GroupReader(node, name: key, kinds: catalogue.map { $0.description.kind }, &problems)
    let value = VariantReader.variant(&group, among: catalogue, as: V.self, &problems)
    besides(&group, value, &problems)
    group.finish(&problems)
    root.keep(key, .group(group.resolved))
    return value
  }

  func kindNode(_ kind: String) -> ScenarioNode {
    let scalar = ScenarioNode(content: .scalar(kind, isQuoted: false), place: root.node.place, source: root.node.source)
    return ScenarioNode(
      content: .group([.init(key: "kind", place: root.node.place, value: scalar)]), place: root.node.place,
      source: root.node.source)
  }

  func kinds(_ catalogue: [any Variant.Type]) -> String {
    catalogue.map { $0.description.kind }.joined(separator: ", ")
  }
}
