internal import SocialInfluence

/// What `influents list` prints: the catalogs, from what every variant declares.
package enum CatalogueReport {
  package static let topics = ["rules", "networks", "seedings", "tables", "distributions"]

  /// - Parameter topic: one of `topics`; nil for all.
  package static func text(_ topic: String?) -> String {
    Readable.wrapped(
      topics.filter { topic == nil || topic == $0 }.map { topic in
        topic.uppercased() + "\n\n" + body(topic)
      }.joined(separator: "\n"))
  }

  private static func body(_ topic: String) -> String {
    switch topic {
    case "rules": variants(Catalogue.rules)
    case "networks": variants(Catalogue.networks) + "  file\n    an edge list; its keys:\n" + Self.fileKeys
    case "seedings":
      variants(Catalogue.seedings)
        + """
          beside any kind but explicit and neighborhood
            where: { column: value, other: [a, b] }: who may be seeded, by columns of the agents file
            spread: a column of the agents file whose values take turns

        """
    case "distributions": variants(Catalogue.distributions)
    default: tables
    }
  }

  private static func variants(_ types: [any Variant.Type]) -> String {
    types.map { type in
      let description = type.description
      var text = "  \(description.kind)\n    \(description.summary)\n"
      if !description.source.isEmpty { text += "    source: \(description.source)\n" }
      for parameter in description.parameters { text += "      " + line(parameter) + "\n" }
      return text
    }.joined(separator: "\n") + "\n"
  }

  private static func line(_ parameter: Parameter) -> String {
    var parts = [parameter.kind.rangeWords ?? ""]
    if !parameter.unit.isEmpty { parts.append("unit: " + parameter.unit) }
    if let standard = parameter.standard {
      parts.append("default: " + words(standard))
    } else {
      parts.append(parameter.isOptional ? "optional" : "required")
    }
    return "\(parameter.key): \(parameter.meaning) (\(parts.filter { !$0.isEmpty }.joined(separator: "; ")))"
  }

  private static func words(_ value: ParameterValue) -> String {
    switch value {
    case .number(let number): Digits.shortest(number)
    case .whole(let number): String(number)
    case .text(let text): text
    case .law(let kind, let numbers):
      "{ kind: \(kind), "
        + numbers.sorted { $0.key < $1.key }.map { "\($0.key): \(Digits.shortest($0.value))" }
        .joined(separator: ", ") + " }"
    case .wholes, .numbers, .texts, .distribution: ""
    }
  }

  private static let fileKeys = """
        path: an edge list, relative to the scenario (required)
        directed: whether rows are arrows from speaker to listener (true | false; required)
        reverse: turn every arrow round: "A trusts B" means that B influences A (default: false)
        source, target: columns by name or number from 1 (default: by their names, else the first two)
        weight: column of tie weights by name or number, or none (default: a column named weight)
        loops: rows that tie an agent to itself (refuse | drop; default: refuse)
        repeats: pairs that occur again (refuse | drop: keep the first | merge: add weights up; default: refuse)
        nonPositive: ties with weights ≤ 0 (refuse | drop; default: refuse)
        format: edge-list | alters | matrix | graphml | gexf | gml | pajek | matrix-market | ucinet (default: by the ending .graphml, .gexf, .gml, .net, .mtx, .dl, else edge-list)
        group: what GraphML, GEXF or GML says of its nodes that is their group (default: group); all that it says can be named in seedings, and what has the name of a trait, of `threshold` or of `seed` is one
        encoding: how letters are written (utf-8 | latin1; default: utf-8)
        agentsFile: { path, isolates: refuse | keep, encoding, group: column, scale: written | mean }: a table with id and any of connectivity, expertise, persuasion, susceptibility, threshold, seed, a group and columns for seeding

    """

  private static var tables: String {
    let head = "  written by every run, described column by column in manifest.json:\n\n"
    let all: [(String, String, [Column])] = [
      (CascadesTable.name, "one row per cascade", CascadesTable.own),
      (NetworksTable.name, "one row per point, arm and network", NetworksTable.own),
      (SummaryTable.name, "one row per point and arm", SummaryTable.own),
      (ContrastsTable.name, "paired differences with intervals", ContrastsTable.own),
      (CurvesTable.name, "quantile bands of the adopted share per step", CurvesTable.own),
    ]
    let findings = (FindingsTable.name, "where the scenario has `expect`: expected findings", FindingsTable.own)
    let requested = RequestedTable.allCases.flatMap { table in
      table.files.map { ($0.name, "on request (`tables: [\(table.rawValue)]`): " + $0.summary, $0.all) }
    }
    return head
      + (all + [findings] + requested).map { name, summary, columns in
        "  \(name)\n    \(summary)\n"
          + columns.map { column in
            "      \(column.name): \(column.meaning)\(column.unit.isEmpty ? "" : " (\(column.unit))")\n"
          }.joined()
      }.joined(separator: "\n")
  }
}
