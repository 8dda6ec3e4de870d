internal import SocialInfluence

/// Reads traits and roles.
extension ConditionReader {
  mutating func traits(_ problems: inout Problems) -> [Trait: any Distribution]? {
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
      // Expertise and persuasion must be positive: listeners share their attention in proportion to them.
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

  mutating func correlations(_ problems: inout Problems) -> TraitCorrelations? {
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

  mutating func roles(_ problems: inout Problems) -> [Role: RoleSpecification]? {
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

  /// Checks that need several keys.
  func check(
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
