@testable import Experiments
import Foundation
@testable import SocialInfluence
import Testing

/// The files that networkx and igraph write are read as their own readers read them: names, weights, direction, an agent
/// without ties.
@Suite struct OtherReadersTests {
  /// Writes files named `u…` and `d…`, undirected and directed, and beside each what the library reads from it, a tie per row.
  private static let networkx = """
    import networkx as nx, os, sys
    os.chdir(sys.argv[1])
    def keep(path, g):
        with open(path + ".agents", "w") as f: f.write("".join(f"{v}\\n" for v in g))
        with open(path + ".ties", "w") as f:
            f.write("".join(f"{u}\\t{v}\\t{w}\\n" for u, v, w in g.edges(data="weight", default=1)))
    for d in (False, True):
        g = nx.gnm_random_graph(12, 25, seed=5, directed=d)
        g = nx.relabel_nodes(g, {i: f"Å {i} & <b" if i % 2 else f"n{i}" for i in g})
        g.add_node("alone")
        for k, (u, v) in enumerate(g.edges): g[u][v]["weight"] = (k + 1) / 2
        n = "d" if d else "u"
        nx.write_graphml(g, n + ".graphml"); keep(n + ".graphml", nx.read_graphml(n + ".graphml"))
        nx.write_gexf(g, n + ".gexf"); keep(n + ".gexf", nx.read_gexf(n + ".gexf"))
        nx.write_gml(g, n + ".gml"); keep(n + ".gml", nx.read_gml(n + ".gml"))
        nx.write_pajek(nx.MultiDiGraph(g) if d else nx.MultiGraph(g), n + ".net")
        keep(n + ".net", nx.read_pajek(n + ".net"))
        kind = nx.DiGraph if d else nx.Graph
        nx.write_adjlist(g, n + ".adj", delimiter="\\t")
        keep(n + ".adj", nx.read_adjlist(n + ".adj", delimiter="\\t", create_using=kind))
        nx.write_weighted_edgelist(g, n + ".tsv", delimiter="\\t")
        keep(n + ".tsv", nx.read_weighted_edgelist(n + ".tsv", delimiter="\\t", create_using=kind))
    """

  private static let igraph = """
    import igraph, os, random, sys
    os.chdir(sys.argv[1])
    random.seed(5)
    def keep(path, g):
        names = g.vs["name"] if "name" in g.vs.attributes() else list(range(g.vcount()))
        weights = g.es["weight"] if "weight" in g.es.attributes() else [1] * g.ecount()
        with open(path + ".agents", "w") as f: f.write("".join(f"{v}\\n" for v in names))
        with open(path + ".ties", "w") as f:
            f.write("".join(f"{names[e.source]}\\t{names[e.target]}\\t{w}\\n" for e, w in zip(g.es, weights)))
    for d in (False, True):
        g = igraph.Graph.Erdos_Renyi(12, m=25, directed=d)
        g.vs["name"] = [f"Å {i} & <b" if i % 2 else f"n{i}" for i in range(12)]
        g.es["weight"] = [(k + 1) / 2 for k in range(25)]
        g.add_vertex("alone")
        n = "d" if d else "u"
        g.write_graphml(n + ".graphml"); keep(n + ".graphml", igraph.Graph.Read_GraphML(n + ".graphml"))
        g.write_gml(n + ".gml"); keep(n + ".gml", igraph.Graph.Read_GML(n + ".gml"))
        g.write_pajek(n + ".net"); keep(n + ".net", igraph.Graph.Read_Pajek(n + ".net"))
        g.vs["name"] = [f"p{i}" for i in range(13)]
        g.write_ncol(n + ".ncol", names="name", weights="weight")
        keep(n + ".ncol", igraph.Graph.Read_Ncol(n + ".ncol", directed=d))
        g.write_edgelist(n + ".edges"); keep(n + ".edges", igraph.Graph.Read_Edgelist(n + ".edges", directed=d))
        # igraph reads DL and does not write it.
        rows = [" ".join(str(int(g.are_adjacent(i, j))) for j in range(13)) for i in range(13)]
        with open(n + ".dl", "w") as f:
            f.write("dl n=13\\nformat=fullmatrix\\nlabels:\\n" + ",".join(g.vs["name"]) + "\\ndata:\\n" + "\\n".join(rows) + "\\n")
        with open(n + ".list.dl", "w") as f:
            f.write("dl n=12\\nformat=edgelist1\\nlabels embedded:\\ndata:\\n" + "".join(
                f"{g.vs[e.source]['name']} {g.vs[e.target]['name']} {e['weight']}\\n" for e in g.es))
        for name in (n + ".dl", n + ".list.dl"): keep(name, igraph.Graph.Read_DL(name, directed=d))
    """

  @Test(.enabled(if: OtherReadersTests.has("networkx"), "skipped: there is no Python with networkx"))
  func networkxReads() throws {
    try compare(Self.networkx, ["graphml", "gexf", "gml", "net", "adj", "tsv"])
  }

  @Test(.enabled(if: OtherReadersTests.has("igraph"), "skipped: there is no Python with igraph"))
  func igraphReads() throws {
    try compare(Self.igraph, ["graphml", "gml", "net", "ncol", "edges", "dl", "list.dl"])
  }

  private func compare(_ script: String, _ endings: [String]) throws {
    let folder = try TemporaryFolder()
    #expect(try Self.python([try folder.write(script, "write.py"), folder.path]) == 0)
    for name in endings.flatMap({ ["u.\($0)", "d.\($0)"] }) {
      let path = folder.path + "/" + name
      let isDirected = name.hasPrefix("d")
      var settings = EdgeListSettings(path: path, isDirected: isDirected)
      if name.hasSuffix(".adj") { settings.format = .alters }
      if name.hasSuffix(".ncol") || name.hasSuffix(".tsv") { settings.weight = .numbered(3) }
      // A matrix of undirected ties holds each of them twice.
      if name == "u.dl" { settings.repeats = .drop }
      let found = FormatTests.content(try EdgeList.read(settings))
      func tie(_ source: String, _ target: String, _ weight: String) -> String {
        (isDirected || source < target ? "\(source)>\(target)" : "\(target)>\(source)") + " \(weight)"
      }
      let ties = found.ties.map { text in
        let parts = text.split(separator: " ")
        let hasWeight = !parts[parts.count - 1].contains(">") && Double(parts[parts.count - 1]) != nil
        let ends = (hasWeight ? parts.dropLast() : parts[...]).joined(separator: " ").components(separatedBy: ">")
        return tie(ends[0], ends[1], hasWeight ? String(parts[parts.count - 1]) : "1")
      }
      var expected = try String(contentsOfFile: path + ".ties", encoding: .utf8).split(separator: "\n").map { line in
        let parts = line.split(separator: "\t").map(String.init)
        return tie(parts[0], parts[1], Digits.shortest(Double(parts[2]) ?? 0))
      }
      if name == "u.dl" { expected = Array(Set(expected)) }
      #expect(ties.sorted() == expected.sorted(), "\(name)")
      let agents = try String(contentsOfFile: path + ".agents", encoding: .utf8).split(separator: "\n").map(String.init)
      #expect(Set(found.agents) == Set(agents), "\(name)")
    }
  }

  private static func has(_ module: String) -> Bool {
    (try? python(["-c", "import \(module)"])) == 0
  }

  private static func python(_ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
