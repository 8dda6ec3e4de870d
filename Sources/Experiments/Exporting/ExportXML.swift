internal import SocialInfluence

/// Writes XML to a file in pieces, and `ExportMark` at its end.
struct XMLSink {
  var file: OutputFile

  /// Writes and clears `text` once it exceeds 64 KiB, or if it is the last piece.
  mutating func take(_ text: inout String, isLast: Bool = false) throws {
    guard isLast || text.utf8.count > 1 << 16 else { return }
    try file.write(Array(text.utf8))
    text.removeAll(keepingCapacity: true)
    guard isLast else { return }
    try file.flush()
    try file.write(ExportMark.line(file.checksum))
  }
}

/// A realization as GraphML, or as GEXF 1.2 with a timeline.
enum ExportXML {
  /// An attribute of an agent: its name, its type in GraphML and GEXF, and its value as XML.
  private typealias Attribute = (name: String, type: String, value: String)

  private static func attributes(_ traced: TracedRecord, _ agent: Int) throws -> [Attribute] {
    let population = traced.population
    var attributes: [Attribute] = Trait.allCases.map { trait in
      (trait.name, "double", Digits.shortest(population.value(trait, agent)))
    }
    attributes += Role.allCases.map { role in
      (name: role.name, type: "boolean", value: population.membership.has(role, agent) ? "true" : "false")
    }
    attributes.append(("credit", "double", Digits.shortest(traced.credit.direct[agent])))
    attributes.append(("downstream", "double", Digits.shortest(traced.credit.downstream[agent])))
    if population.file?.agents?.groups != nil {
      attributes.append(("group", "string", try XMLText.escaped(traced.group(agent) ?? "")))
    }
    return attributes
  }

  static func graphML(_ realization: Realization, to sink: inout XMLSink) throws {
    let traced = realization.traced
    let kinds = traced.steps.isEmpty ? [] : try attributes(traced, 0)
    var text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
      http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">

      """
    for kind in kinds { text += key(kind.name, "node", kind.type) }
    text += key("step", "node", "int") + key("weight", "edge", "double")
    text += key("step", "edge", "int") + key("credit", "edge", "double")
    text += "<graph id=\"realization\" edgedefault=\"\(realization.network.isDirected ? "directed" : "undirected")\">\n"
    text += "<desc>\(try XMLText.escaped(realization.title))</desc>\n"
    for agent in traced.steps.indices {
      try sink.take(&text)
      text += "<node id=\"\(try XMLText.escaped(traced.name(UInt32(agent))))\">"
      for attribute in try attributes(traced, agent) { text += data(attribute.name, attribute.value) }
      if let step = traced.steps[agent] { text += data("step", String(step)) }
      text += "</node>\n"
    }
    try realization.ties { source, target, weight, carried in
      try sink.take(&text)
      text += "<edge source=\"\(try XMLText.escaped(traced.name(source)))\" "
      text += "target=\"\(try XMLText.escaped(traced.name(target)))\">" + data("weight", Digits.shortest(weight))
      if let carried {
        text += data("edge_step", String(carried.step)) + data("edge_credit", Digits.shortest(carried.credit))
      }
      text += "</edge>\n"
    }
    text += "</graph>\n</graphml>\n"
    try sink.take(&text, isLast: true)
  }

  private static func key(_ name: String, _ domain: String, _ type: String) -> String {
    // The prefix keeps keys apart: agents and ties both have a step and a credit.
    "<key id=\"\(domain == "edge" && name != "weight" ? "edge_" : "")\(name)\" for=\"\(domain)\" attr.name=\"\(name)\" attr.type=\"\(type)\"/>\n"
  }

  private static func data(_ key: String, _ value: String) -> String { "<data key=\"\(key)\">\(value)</data>" }

  /// Agents and ties exist from step 0 to `end`; `adopted` and the credit of ties change over time.
  static func gexf(_ realization: Realization, to sink: inout XMLSink) throws {
    var text = try gexfHead(realization)
    try addGEXFNodes(realization, &text, to: &sink)
    try addGEXFEdges(realization, &text, to: &sink)
    text += "</graph>\n</gexf>\n"
    try sink.take(&text, isLast: true)
  }

  private static func gexfHead(_ realization: Realization) throws -> String {
    let (traced, end) = (realization.traced, realization.end)
    let kinds = traced.steps.isEmpty ? [] : try attributes(traced, 0)
    var text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <gexf xmlns="http://www.gexf.net/1.2draft" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
      xsi:schemaLocation="http://www.gexf.net/1.2draft http://www.gexf.net/1.2draft/gexf.xsd" version="1.2">
      <meta><creator>Influents</creator><description>\(try XMLText.escaped(realization.title))</description></meta>
      <graph mode="dynamic" defaultedgetype="\(realization.network.isDirected ? "directed" : "undirected")" \
      timeformat="double" start="0.0" end="\(end).0">
      <attributes class="node" mode="static">

      """
    for (place, kind) in kinds.enumerated() {
      text += "<attribute id=\"\(place)\" title=\"\(kind.name)\" type=\"\(kind.type)\"/>\n"
    }
    text += "<attribute id=\"step\" title=\"step\" type=\"integer\"/>\n</attributes>\n"
    text +=
      "<attributes class=\"node\" mode=\"dynamic\">\n<attribute id=\"adopted\" title=\"adopted\" type=\"boolean\"/>\n"
    text += "</attributes>\n<attributes class=\"edge\" mode=\"static\">\n"
    text += "<attribute id=\"step\" title=\"step\" type=\"integer\"/>\n</attributes>\n"
    text += "<attributes class=\"edge\" mode=\"dynamic\">\n"
    text += "<attribute id=\"credit\" title=\"credit\" type=\"double\"/>\n</attributes>\n"
    return text
  }

  private static func addGEXFNodes(_ realization: Realization, _ text: inout String, to sink: inout XMLSink) throws {
    let (traced, end) = (realization.traced, realization.end)
    text += "<nodes>\n"
    for agent in traced.steps.indices {
      try sink.take(&text)
      let name = try XMLText.escaped(traced.name(UInt32(agent)))
      text += "<node id=\"\(name)\" label=\"\(name)\"><attvalues>"
      for (place, attribute) in try attributes(traced, agent).enumerated() {
        text += "<attvalue for=\"\(place)\" value=\"\(attribute.value)\"/>"
      }
      let step = traced.steps[agent]
      if let step { text += "<attvalue for=\"step\" value=\"\(step)\"/>" }
      if step != 0 { text += state("adopted", "false", 0, step ?? end) }
      if let step { text += state("adopted", "true", step, end) }
      text += "</attvalues>" + spells(end) + "</node>\n"
    }
    text += "</nodes>\n"
  }

  private static func addGEXFEdges(_ realization: Realization, _ text: inout String, to sink: inout XMLSink) throws {
    let (traced, end) = (realization.traced, realization.end)
    text += "<edges>\n"
    var number = 0
    try realization.ties { source, target, weight, carried in
      try sink.take(&text)
      text += "<edge id=\"\(number)\" source=\"\(try XMLText.escaped(traced.name(source)))\" "
      text += "target=\"\(try XMLText.escaped(traced.name(target)))\" weight=\"\(Digits.shortest(weight))\">"
      if let carried {
        text += "<attvalues><attvalue for=\"step\" value=\"\(carried.step)\"/>"
        text += state("credit", Digits.shortest(carried.credit), carried.step, end) + "</attvalues>"
      }
      text += spells(end) + "</edge>\n"
      number += 1
    }
    text += "</edges>\n"
  }

  private static func state(_ attribute: String, _ value: String, _ start: Int, _ end: Int) -> String {
    "<attvalue for=\"\(attribute)\" value=\"\(value)\" start=\"\(start).0\" end=\"\(end).0\"/>"
  }

  private static func spells(_ end: Int) -> String { "<spells><spell start=\"0.0\" end=\"\(end).0\"/></spells>" }
}
