internal import SocialInfluence

/// Reads who is seeded.
extension ConditionReader {
  /// The strategy, and which of its agents may be seeded.
  mutating func seeding(_ problems: inout Problems) -> SeedingSpec? {
    var eligibility = SeedEligibility()
    let strategy: (any SeedingStrategy)? = variant("seeding", among: Catalogue.seedings, standard: "random", &problems)
    {
      group, strategy, problems in
      let keys = ["where", "spread"].compactMap { group.node[$0] }
      if let strategy, !strategy.takesSelection, let key = keys.first {
        problems.add(
          Problem(
            key, "`\(type(of: strategy).description.kind)` says itself who is seeded: nobody can be left out",
            remedy: "remove it, or choose another kind of seeding"))
      }
      eligibility.requirements = Self.requirements(&group, &problems)
      if let node = group.take("spread"), let column = ScalarReading.text(node, group.path("spread"), &problems) {
        eligibility.spread = column
        group.keep("spread", .text(column))
      }
    }
    return strategy.map { SeedingSpec(strategy: $0, eligibility: eligibility) }
  }

  /// `where: { column: value, other: [a, b] }`.
  private static func requirements(
    _ group: inout GroupReader, _ problems: inout Problems
  ) -> [SeedEligibility.Requirement] {
    guard let node = group.take("where") else { return [] }
    var inner = GroupReader(node, name: group.path("where"), &problems)
    var requirements = [SeedEligibility.Requirement]()
    for entry in inner.node.entries ?? [] {
      _ = inner.take(entry.key)
      let items: [ScenarioNode]
      if case .list(let list) = entry.value.content { items = list } else { items = [entry.value] }
      let values = items.compactMap { ScalarReading.text($0, inner.path(entry.key), &problems) }
      requirements.append(SeedEligibility.Requirement(column: entry.key, values: values))
      inner.keep(entry.key, values.count == 1 ? .text(values[0]) : .list(values.map { .text($0) }))
    }
    if requirements.isEmpty && node.entries != nil {
      problems.add(Problem(node, "`\(group.path("where"))` is empty", remedy: "write { column: value }, or remove it"))
    }
    group.keep("where", .group(inner.resolved))
    return requirements
  }
}
