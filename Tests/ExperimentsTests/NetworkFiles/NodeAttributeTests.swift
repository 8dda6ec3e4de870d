@testable import Experiments
import Foundation
@testable import SocialInfluence
import Testing

/// What GraphML, GEXF and GML say of their nodes: traits, groups, columns for seeding.
struct NodeAttributeTests {
  private static let graphML = """
    <?xml version="1.0"?>
    <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
    <key id="w" for="edge" attr.name="weight" attr.type="double"/>
    <key id="d0" for="node" attr.name="dept" attr.type="string"><default>sales</default></key>
    <key id="d1" for="node" attr.name="Susceptibility" attr.type="double"/>
    <key id="d2" for="node" attr.name="years" attr.type="int"/>
    <graph edgedefault="undirected">
    <node id="a"><data key="d0">it</data><data key="d1">0</data><data key="d2">7</data></node>
    <node id="b"><data key="d1">2.5</data><data key="d2">3</data></node>
    <node id="c"><data key="d0">it</data><data key="d2">9</data></node>
    <edge source="a" target="b"><data key="w">2</data></edge><edge source="b" target="c"><data key="w">1</data></edge>
    </graph></graphml>
    """
  private static let gexf = """
    <gexf version="1.3"><graph defaultedgetype="undirected">
    <attributes class="edge"><attribute id="0" title="kind" type="string"/></attributes>
    <attributes class="node"><attribute id="0" title="dept" type="string"><default>sales</default></attribute>
    <attribute id="1" title="Susceptibility" type="double"/><attribute id="2" title="years" type="integer"/></attributes>
    <nodes><node id="a"><attvalues><attvalue for="0" value="it"/><attvalue for="1" value="0"/><attvalue for="2" value="7"/>
    </attvalues></node><node id="b"><attvalues><attvalue for="1" value="2.5"/><attvalue for="2" value="3"/></attvalues></node>
    <node id="c"><attvalues><attvalue for="0" value="it"/><attvalue for="2" value="9"/></attvalues></node></nodes>
    <edges><edge source="a" target="b" weight="2"><attvalues><attvalue for="0" value="x"/></attvalues></edge>
    <edge source="b" target="c"/></edges></graph></gexf>
    """
  private static let gml = """
    graph [ node [ id 0 label "a" dept "it" Susceptibility 0 years 7 ]
    node [ id 1 label "b" dept "sales" Susceptibility 2.5 years 3 graphics [ x 1 y 2 ] ]
    node [ id 2 label "c" dept "it" years 9 ]
    edge [ source 0 target 1 weight 2 ] edge [ source 1 target 2 weight 1 ] ]
    """

  @Test(
    "traits, groups and columns are those of the nodes",
    arguments: [("g.graphml", graphML), ("g.gexf", gexf), ("g.gml", gml)])
  func read(name: String, text: String) throws {
    let folder = try TemporaryFolder()
    var settings = EdgeListSettings(path: try folder.write(text, name), isDirected: false)
    settings.group = "dept"
    let imported = try EdgeList.read(settings)
    let agents = try #require(imported.agents)
    #expect(imported.report.said.sorted() == ["Susceptibility", "dept", "years"])
    #expect(imported.report.traits == ["susceptibility as written, mean 1.25 (1 agent without one: 1)", "2 groups"])
    #expect(agents.groupNames == ["it", "sales"] && agents.groups == [0, 1, 0])
    #expect(agents.columns["years"]?.numbers == [7, 3, 9])
    #expect(imported.network.weights.map { $0.sorted() } == [1, 1, 2, 2])
  }

  @Test("the oldest two of a department are seeded")
  func seeded() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.graphML, "g.graphml")
    let scenario = folder.path + "/s.yaml"
    let text = """
      format: 1
      name: nodes
      network: { kind: file, path: g.graphml, directed: false, group: dept }
      rule: { kind: independent-cascade, probability: 0.5 }
      seeds: 2
      seeding: { kind: by-column, column: years, where: { dept: it } }
      tables: [groups]
      cutoff: none
      """
    let plan = try Plan(try Lab.scenario(text, name: scenario))
    _ = try Runner.run(
      plan, into: ResultsFolder(folder.path + "/out"), workers: 1, progress: Progress(total: plan.totalWork))
    let bytes = FileManager.default.contents(atPath: folder.path + "/out/seeds.csv").map { [UInt8]($0) } ?? []
    let seeds = try #require(CSVTable(bytes))
    #expect(seeds.rows.indices.map { seeds.text($0, "agent") } == ["c", "a"])
    #expect(seeds.rows.indices.allSatisfy { seeds.text($0, "group") == "it" })
  }

  @Test("a trait that is no number is refused with its place")
  func wrongTrait() throws {
    let folder = try TemporaryFolder()
    let text = Self.gml.replacingOccurrences(of: "Susceptibility 2.5", with: "Susceptibility high")
    let settings = EdgeListSettings(path: try folder.write(text, "g.gml"), isDirected: false)
    let failure = #expect(throws: Failure.self) { try EdgeList.read(settings) }
    #expect(failure?.message.contains("g.gml:2:1: error: `susceptibility` is `high`, not a number") == true)
  }

  @Test("the default of a node's key is no weight")
  func defaults() throws {
    let folder = try TemporaryFolder()
    let text = Self.graphML.replacingOccurrences(of: "<data key=\"w\">1</data>", with: "")
    let settings = EdgeListSettings(path: try folder.write(text, "g.graphml"), isDirected: false)
    let failure = #expect(throws: Failure.self) { try EdgeList.read(settings) }
    #expect(failure?.message.contains("this tie has no weight, and others have one") == true)
  }
}
