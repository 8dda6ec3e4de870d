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

  private let version: (_ key: String) -> [Int]
  private let trees: ConditionTrees
  private let point: Int
  /// Made when the first part is not known yet.
  private var loaded: GroupReader?
  private var settings: [[Setting.Pair]] = []
  private var parts: ConditionParts

  private var root: GroupReader {
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
  private mutating func part<Value: Sendable>(
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

  private mutating func condition(_ problems: inout Problems) -> Condition? {
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
      seeds: seeds.number(of: agents?.value, named: (seeding.strategy as? ExplicitSeeds)?.agents.count ?? 0),
      seeding: seeding.strategy, selection: seeding.selection, keys: keys, settings: settings, trees: trees,
      point: point)
  }

  /// What the condition shares with others; each text is made once for all that have it.
  private mutating func keys(
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
  private func standardWeighting(_ source: NetworkSource?) -> TieWeighting {
    guard case .file = source, let kind = root.node.descendant(["rule", "kind"]),
      case .scalar(FractionalThreshold.description.kind, _) = kind.content
    else { return .relative }
    return .own
  }

  /// `seeds`, or `seedFraction` of all agents; without either all that are named, or one.
  private mutating func seedCount(_ problems: inout Problems) -> SeedCount? {
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
  private struct AgentCount: Sendable { let value: Int? }

  private mutating func variant<V>(
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

  private func kindNode(_ kind: String) -> ScenarioNode {
    let scalar = ScenarioNode(content: .scalar(kind, isQuoted: false), place: root.node.place, source: root.node.source)
    return ScenarioNode(
      content: .group([.init(key: "kind", place: root.node.place, value: scalar)]), place: root.node.place,
      source: root.node.source)
  }

  private func kinds(_ catalogue: [any Variant.Type]) -> String {
    catalogue.map { $0.description.kind }.joined(separator: ", ")
  }
}

// MARK: Seeding

extension ConditionReader {
  private struct SeedingRead: Sendable {
    let strategy: any SeedingStrategy
    let selection: SeedSelection
  }

  /// A strategy, and who of its agents may be seeded.
  private mutating func seeding(_ problems: inout Problems) -> SeedingRead? {
    var selection = SeedSelection()
    let strategy: (any SeedingStrategy)? = variant("seeding", among: Catalogue.seedings, standard: "random", &problems)
    {
      group, strategy, problems in
      let keys = ["where", "spread"].compactMap { group.node[$0] }
      if let strategy, strategy is ExplicitSeeds || strategy is Neighborhood, let key = keys.first {
        problems.add(
          Problem(
            key, "`\(type(of: strategy).description.kind)` says itself who is seeded: nobody can be left out",
            remedy: "remove it, or choose another kind of seeding"))
      }
      selection.requirements = Self.requirements(&group, &problems)
      if let node = group.take("spread"), let column = ScalarReading.text(node, group.path("spread"), &problems) {
        selection.spread = column
        group.keep("spread", .text(column))
      }
    }
    return strategy.map { SeedingRead(strategy: $0, selection: selection) }
  }

  /// `where: { column: value, other: [a, b] }`.
  private static func requirements(
    _ group: inout GroupReader, _ problems: inout Problems
  ) -> [SeedSelection.Requirement] {
    guard let node = group.take("where") else { return [] }
    var inner = GroupReader(node, name: group.path("where"), &problems)
    var requirements = [SeedSelection.Requirement]()
    for entry in inner.node.entries ?? [] {
      _ = inner.take(entry.key)
      let items: [ScenarioNode]
      if case .list(let list) = entry.value.content { items = list } else { items = [entry.value] }
      let values = items.compactMap { ScalarReading.text($0, inner.path(entry.key), &problems) }
      requirements.append(SeedSelection.Requirement(column: entry.key, values: values))
      inner.keep(entry.key, values.count == 1 ? .text(values[0]) : .list(values.map { .text($0) }))
    }
    if requirements.isEmpty && node.entries != nil {
      problems.add(Problem(node, "`\(group.path("where"))` is empty", remedy: "write { column: value }, or remove it"))
    }
    group.keep("where", .group(inner.resolved))
    return requirements
  }
}

// MARK: Network

extension ConditionReader {
  private struct NetworkRead: Sendable {
    let source: NetworkSource
    let switches: Double
    let transitivity: Double?
  }

  private mutating func network(_ problems: inout Problems) -> NetworkRead? {
    guard let node = root.take("network") else {
      root.missing("network", "write `network: { kind: … }`, known: file, " + kinds(Catalogue.networks), &problems)
      return nil
    }
    var group = GroupReader(node, name: "network", &problems)
    defer { root.keep("network", .group(group.resolved)) }
    if case .scalar("file", _) = node["kind"]?.content {
      _ = group.take("kind")
      group.keep("kind", .text("file"))
      let settings = EdgeListReader.read(&group, &problems)
      group.finish(&problems)
      return settings.map { NetworkRead(source: .file($0), switches: 0, transitivity: nil) }
    }
    if let kind = node["kind"], case .scalar(let text, _) = kind.content,
      Spelling.nearest(text, among: ["file"] + Catalogue.networks.map { $0.description.kind }) == "file"
    {
      problems.add(Problem(kind, "`\(text)` is not a kind of network", remedy: "did you mean `file`?"))
      return nil
    }
    let generator = VariantReader.variant(
      &group, among: Catalogue.networks, as: (any NetworkGenerator).self, &problems)
    let switches = group.number("switches", in: ValueRange(0, 1000), standard: 0, &problems)
    var transitivity: Double?
    if let target = group.take("transitivity") {
      transitivity = ScalarReading.number(target, "network.transitivity", in: .probability, &problems)
      transitivity.map { group.keep("transitivity", .number($0)) }
      if generator?.traits.isDirected == true {
        problems.add(
          Problem(
            target, "`network.transitivity` needs an undirected network",
            remedy: "remove it, or choose a generator without directions"))
      }
    }
    group.finish(&problems)
    guard let generator, let switches else { return nil }
    return NetworkRead(source: .generated(generator), switches: switches, transitivity: transitivity)
  }

  private mutating func agentCount(_ source: NetworkSource?, _ problems: inout Problems) -> Int? {
    let node = root.take("agents")
    let range = 1...Int(UInt32.max) - 1
    switch source {
    case .file:
      if let node {
        problems.add(
          Problem(node, "`agents` cannot be set for a network from a file", remedy: "remove it: the file says how many")
        )
      }
      return nil
    case .generated(let generator) where generator.traits.agentCount != nil:
      let count = generator.traits.agentCount
      if let node, ScalarReading.whole(node, "agents", in: range, unit: "agents", &problems) != count {
        problems.add(
          Problem(
            node, "`agents` does not fit the network, which has \(count ?? 0)",
            remedy: "remove `agents`, or write \(count ?? 0)"))
      }
      return count
    default:
      guard let node else {
        if source != nil { root.missing("agents", "write `agents:` with the number N of agents", &problems) }
        return nil
      }
      let count = ScalarReading.whole(node, "agents", in: range, unit: "agents", &problems)
      count.map { root.keep("agents", .number($0)) }
      return count
    }
  }
}

// MARK: Agents

extension ConditionReader {
  private mutating func traits(_ problems: inout Problems) -> [Trait: any Distribution]? {
    let node = root.take("traits")
    var group = node.map { GroupReader($0, name: "traits", &problems) }
    var laws = [Trait: any Distribution]()
    var settings = [Setting.Pair]()
    var isComplete = true
    for trait in Trait.allCases {
      guard let written = group?.take(trait.name) else {
        laws[trait] = Constant(value: 1)
        settings.append(.init(trait.name, .number(1)))
        continue
      }
      // Nobody is without expertise or persuasion: a listener's attention is shared in proportion to them.
      let isVoice = trait == .expertise || trait == .persuasion
      let support: ValueRange = isVoice ? .positive : .nonNegative
      guard let read = VariantReader.law(written, "traits.\(trait.name)", support: support, &problems) else {
        isComplete = false
        continue
      }
      if !(read.law.mean > 0) || read.law.constant.map({ $0 != 1 }) == true {
        problems.add(
          Problem(
            written, "`traits.\(trait.name)` is constant but not 1",
            remedy: "traits have mean 1: remove it, or write a law; laws are divided by their mean"))
        isComplete = false
      }
      laws[trait] = read.law
      settings.append(.init(trait.name, read.setting))
    }
    group?.finish(&problems)
    root.keep("traits", .group(settings))
    return isComplete ? laws : nil
  }

  private mutating func correlations(_ problems: inout Problems) -> TraitCorrelations? {
    let node = root.take("correlations")
    var group = node.map { GroupReader($0, name: "correlations", &problems) }
    var values = [Double](repeating: 0, count: 16)
    var settings = [Setting.Pair]()
    for a in Trait.allCases {
      for b in Trait.allCases where b.rawValue > a.rawValue {
        let key = a.name + b.name.prefix(1).uppercased() + b.name.dropFirst()
        let value = group?.number(key, in: ValueRange(-1, 1), standard: 0, &problems) ?? 0
        values[4 * a.rawValue + b.rawValue] = value
        values[4 * b.rawValue + a.rawValue] = value
        settings.append(.init(key, .number(value)))
      }
    }
    group?.finish(&problems)
    root.keep("correlations", .group(settings))
    if let correlations = TraitCorrelations(rank: { values[4 * $0.rawValue + $1.rawValue] }) { return correlations }
    if let node {
      problems.add(
        Problem(
          node, "these correlations contradict each other: their matrix is not positive definite",
          remedy: "bring them closer to 0; two traits that follow a third closely must follow each other"))
    }
    return nil
  }

  private mutating func roles(_ problems: inout Problems) -> [Role: RoleSpecification]? {
    let node = root.take("roles")
    var group = node.map { GroupReader($0, name: "roles", &problems) }
    var roles = [Role: RoleSpecification]()
    var settings = [Setting.Pair]()
    var isComplete = true
    for role in Role.allCases {
      guard let written = group?.take(role.name) else { continue }
      var reader = GroupReader(written, name: "roles.\(role.name)", &problems)
      let fraction = reader.number("fraction", in: .probability, standard: nil, &problems)
      let gain = reader.number("gain", in: ValueRange(1, 1e9), standard: 1, &problems)
      let span = role == .connector ? reader.number("span", in: ValueRange(1, 1e9), standard: 1, &problems) : 1
      let hearsFirst = role == .maven ? reader.number("hearsFirst", in: .probability, standard: 0, &problems) : 0
      reader.finish(&problems)
      settings.append(.init(role.name, .group(reader.resolved)))
      if let fraction, let gain, let span, let hearsFirst {
        roles[role] = RoleSpecification(fraction: fraction, gain: gain, span: span, hearsFirst: hearsFirst)
      } else {
        isComplete = false
      }
    }
    group?.finish(&problems)
    root.keep("roles", .group(settings))
    return isComplete ? roles : nil
  }

  /// What no single key can know.
  private func check(
    _ source: NetworkSource, laws: [Trait: any Distribution], roles: [Role: RoleSpecification],
    _ problems: inout Problems
  ) {
    let kind = root.node.descendant(["network", "kind"])
    var kindName = ""
    if case .scalar(let text, _) = kind?.content { kindName = text }
    var takesConnectivity = false
    if case .generated(let generator) = source { takesConnectivity = generator.traits.takesConnectivity }
    let connector = root.node.descendant(["roles", "connector"])
    if let connector, roles[.connector]?.gain != 1, !takesConnectivity {
      problems.add(
        Problem(
          connector["gain"] ?? connector,
          "connectors cannot have a gain on `\(kindName)`: its ties take no connectivity",
          remedy:
            "write gain: 1 (they are then the agents with most ties), or choose a network that takes connectivity: "
            + Self.connectivityKinds))
    }
    if let span = connector?["span"], roles[.connector]?.span != 1, kindName != PlantedBlocks.description.kind {
      problems.add(
        Problem(
          span, "a connector's span acts between groups, and `\(kindName)` has none",
          remedy: "remove `span`, or use `planted-blocks`"))
    }
    guard laws[.connectivity]?.constant == nil, let law = root.node.descendant(["traits", "connectivity"]) else {
      return
    }
    if !takesConnectivity {
      problems.add(
        Problem(
          law, "`traits.connectivity` has no effect on `\(kindName)`: connectivity is read off its ties",
          remedy: "remove it, or choose a network that takes connectivity: " + Self.connectivityKinds))
    } else if root.node.descendant(["network", "degreeCV"]) != nil {
      problems.add(
        Problem(
          law, "`traits.connectivity` and `network.degreeCV` both set the law of connectivity",
          remedy: "keep one of them"))
    } else if kindName == ConfigurationModel.description.kind {
      problems.add(
        Problem(
          law, "on a configuration model the degree law sets connectivity", remedy: "remove `traits.connectivity`"))
    }
  }

  private static let connectivityKinds = ["influence-network", "chung-lu", "configuration-model", "planted-blocks"]
    .joined(separator: ", ")
}
