internal import SocialInfluence

/// Parts of conditions that have been read: points and arms share most of them.
struct ConditionParts {
  struct Address: Hashable {
    let name: String
    let versions: [Int]
  }
  struct Part {
    /// Nil after a problem.
    let value: (any Sendable)?
    let resolved: [Setting.Pair]
  }
  var known: [Address: Part] = [:]
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
  /// Made when the first part is not known yet.
  var loaded: GroupReader?
  var settings: [[Setting.Pair]] = []
  var parts: ConditionParts

  var root: GroupReader {
    get { loaded ?? GroupReader(empty: "") }
    set { loaded = newValue }
  }

  /// - Parameters:
  ///   - version: two conditions with the same version of a key have the same value there.
  ///   - parts: what has been read of other conditions.
  /// - Returns: nil after a problem.
  static func read(
    version: @escaping (_ key: String) -> [Int], _ parts: inout ConditionParts, _ problems: inout Problems,
    _ trees: ConditionTrees, point: Int
  ) -> Condition? {
    var reader = ConditionReader(version: version, trees: trees, point: point, parts: parts)
    parts = ConditionParts()
    defer { parts = reader.parts }
    return reader.condition(&problems)
  }

  /// The value of the part of a condition that `keys` decide, read once for each of their versions.
  mutating func part<Value: Sendable>(
    _ name: String, _ keys: String..., problems: inout Problems,
    _ read: (inout ConditionReader, inout Problems) -> Value?
  ) -> Value? {
    let address = ConditionParts.Address(name: name, versions: keys.flatMap(version))
    if let known = parts.known[address] {
      if !known.resolved.isEmpty { settings.append(known.resolved) }
      return known.value as? Value
    }
    if loaded == nil { loaded = GroupReader(trees.tree(point), name: "", &problems) }
    let before = root.resolved.count
    let value = read(&self, &problems)
    let own = Array(root.resolved[before...])
    if !own.isEmpty { settings.append(own) }
    parts.known[address] = ConditionParts.Part(value: value, resolved: own)
    return value
  }

  mutating func condition(_ problems: inout Problems) -> Condition? {
    let network = part("network", "network", problems: &problems) { $0.network(&$1) }
    let agents: AgentCount? = part("agents", "agents", "network", problems: &problems) {
      AgentCount(value: $0.agentCount(network?.source, &$1))
    }
    let laws = part("traits", "traits", problems: &problems) { $0.traits(&$1) }
    let correlations = part("correlations", "correlations", problems: &problems) { $0.correlations(&$1) }
    let written = part("roles", "roles", problems: &problems) { $0.roles(&$1) }
    let isFewPresent = part("few", "few", problems: &problems) {
      $0.root.choice("few", of: ["present", "absent"], standard: "present", &$1) == "present"
    }
    let equalMass = part("equalMass", "equalMass", problems: &problems) {
      $0.root.flag("equalMass", standard: true, &$1)
    }
    let weighting = part("tieWeights", "tieWeights", "network", "rule", problems: &problems) {
      $0.root.choice(
        "tieWeights", of: TieWeighting.allCases.map(\.rawValue),
        standard: $0.standardWeighting(network?.source).rawValue,
        &$1)
    }
    let rule: (any ContagionRule)? = part("rule", "rule", problems: &problems) {
      $0.variant("rule", among: Catalogue.rules, standard: nil, &$1)
    }
    let story = part("story", "story", problems: &problems) {
      $0.root.number("story", in: ValueRange(1e-9, 1e9), standard: 1, &$1)
    }
    let seeds: SeedCount? = part("seeds", "seeds", "seedFraction", "seeding", problems: &problems) {
      $0.seedCount(&$1)
    }
    let seeding: SeedingRead? = part("seeding", "seeding", problems: &problems) { $0.seeding(&$1) }
    guard let network, let laws, let correlations, let written, let isFewPresent, let equalMass, let weighting,
      let rule,
      let story, let seeds, let seeding
    else { return nil }
    let roles = isFewPresent ? written : written.mapValues { RoleSpecification(fraction: $0.fraction, gain: 1) }
    _ = part("check", "network", "traits", "roles", problems: &problems) { reader, problems in
      reader.check(network.source, laws: laws, roles: written, &problems)
      return true
    }
    guard let keys = keys(roles, equalMass, problems: &problems) else { return nil }
    return Condition(
      agentCount: agents?.value, source: network.source, switches: network.switches, transitivity: network.transitivity,
      traitLaws: laws, correlations: correlations, roles: roles, isFewPresent: isFewPresent, equalMass: equalMass,
      weighting: TieWeighting(rawValue: weighting) ?? .relative, rule: rule, story: story, seedCount: seeds,
      seeds: seeds.number(of: agents?.value, named: seeding.strategy.named?.count ?? 0),
      seeding: seeding.strategy, selection: seeding.selection, keys: keys, settings: settings, trees: trees,
      point: point)
  }

  /// What the condition shares with others; each text is made once for all that have it.
  mutating func keys(
    _ roles: [Role: RoleSpecification], _ equalMass: Bool, problems: inout Problems
  ) -> ConditionKeys? {
    let resolved = Setting.group(settings.flatMap { $0 })
    func text(_ keys: String...) -> String { keys.map { resolved[$0]?.inline ?? "" }.joined(separator: "|") }
    let acting = Role.allCases.map { role in roles[role].map { "\($0.fraction),\($0.gain)" } ?? "" }
    let network: String? = part(
      "network key", "agents", "network", "traits", "roles", "few", "equalMass", problems: &problems
    ) { _, _ in
      // What shapes ties: the network's own keys, the law of connectivity, and connectors that act.
      var network = text("agents", "network") + "|" + (resolved["traits"]?["connectivity"]?.inline ?? "")
      if let connector = roles[.connector], connector.gain != 1 || connector.span != 1 {
        network += "|\(connector.fraction),\(connector.gain),\(connector.span),\(equalMass)"
      }
      return network
    }
    let traits: String? = part("traits key", "traits", "correlations", problems: &problems) { _, _ in
      text("traits", "correlations")
    }
    let agents: String? = part("agents key", "traits", "correlations", "roles", "few", problems: &problems) { _, _ in
      text("traits", "correlations") + "|" + acting.joined(separator: "|")
    }
    let population: String? = part(
      "population key", "agents", "network", "traits", "correlations", "roles", "few", "equalMass",
      problems: &problems
    ) { _, _ in (network ?? "") + "|" + (agents ?? "") }
    let rule: String? = part("rule key", "rule", problems: &problems) { _, _ in text("rule") }
    let seeding: String? = part("seeding key", "seeding", problems: &problems) { _, _ in text("seeding") }
    guard let network, let traits, let agents, let population, let rule, let seeding else { return nil }
    return ConditionKeys(
      network: network, agents: agents, traits: traits, population: population, rule: rule, seeding: seeding)
  }

  /// A fractional threshold is a share of one's own weight where a file may have weights.
  func standardWeighting(_ source: NetworkSource?) -> TieWeighting {
    guard case .file = source, let kind = root.node.descendant(["rule", "kind"]),
      case .scalar(FractionalThreshold.description.kind, _) = kind.content
    else { return .relative }
    return .own
  }

  /// `seeds`, or `seedFraction` of all agents; without either all that are named, or one.
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

  /// N, where the scenario fixes it.
  struct AgentCount: Sendable { let value: Int? }

  mutating func variant<V>(
    _ key: String, among catalogue: [any Variant.Type], standard: String?, _ problems: inout Problems,
    besides: (inout GroupReader, V?, inout Problems) -> Void = { _, _, _ in }
  ) -> V? {
    guard let node = root.take(key) ?? standard.map({ kindNode($0) }) else {
      root.missing(key, "write `\(key): { kind: … }`, known: " + kinds(catalogue), &problems)
      return nil
    }
    var group = GroupReader(node, name: key, &problems)
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
