internal import SocialInfluence

/// Reads the network.
extension ConditionReader {
  mutating func network(_ problems: inout Problems) -> NetworkSpec? {
    guard let node = root.take("network") else {
      root.missing("network", "write `network: { kind: … }`, known: file, " + kinds(Catalogue.networks), &problems)
      return nil
    }
    var group = GroupReader(
      node, name: "network", kinds: ["file"] + Catalogue.networks.map { $0.description.kind }, &problems)
    defer { root.keep("network", .group(group.resolved)) }
    if case .scalar("file", _) = node["kind"]?.content {
      _ = group.take("kind")
      group.keep("kind", .text("file"))
      let settings = EdgeListReader.read(&group, &problems)
      group.finish(&problems)
      return settings.map { NetworkSpec(source: .file($0), switches: 0, transitivity: nil) }
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
    return NetworkSpec(source: .generated(generator), switches: switches, transitivity: transitivity)
  }

  mutating func agentCount(_ source: NetworkSource?, _ problems: inout Problems) -> Int? {
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
      } else if let count, node != nil {
        // Another arm's network may need it.
        root.keep("agents", .number(count))
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
