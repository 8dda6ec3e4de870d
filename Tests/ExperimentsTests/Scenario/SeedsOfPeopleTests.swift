@testable import Experiments
import Foundation
@testable import SocialInfluence
import Testing

/// Seeds of one's own people: named, marked, by a column, within groups and spread over them.
@Suite struct SeedsOfPeopleTests {
  /// A hub with six others; agents with a department, followers and a note.
  static let star = "source,target\nhub,f1\nhub,f2\nhub,f3\nhub,m1\nhub,m2\nhub,m3\nm1,m2\nf1,f2\n"
  static let people = """
    Id,Department,Followers,Note,seed,group
    hub,sales,5,boss,0,x
    f1,sales,900,,1,x
    f2,sales,10,,0,x
    f3,law,30,,0,y
    m1,law,20,,1,y
    m2,law,,,0,y
    m3,,70,,0,

    """

  /// The ids seeded in each draw, by arm.
  private func seeds(_ text: String, agents: String = people) throws -> [String: [[String]]] {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.star, "star.csv")
    _ = try folder.write(agents, "people.csv")
    let tables = try Lab.run(
      """
      format: 1
      name: seeds
      draws: 40
      network: { kind: file, path: \(folder.path)/star.csv, directed: false, agentsFile: { path: \(folder.path)/people.csv } }
      rule: { kind: independent-cascade, probability: 0 }
      cutoff: none
      tables: [seeds]
      \(text)
      """)
    let table = try tables.table("seeds.csv")
    var found = [String: [Int: [String]]]()
    for row in table.rows.indices {
      found[table.text(row, "arm"), default: [:]][Int(table.number(row, "draw") ?? 0), default: []].append(
        table.text(row, "agent"))
    }
    return found.mapValues { draws in draws.keys.sorted().map { draws[$0] ?? [] } }
  }

  /// Of arms that seed the same agents in every draw, one draw stands for all.
  @Test(arguments: [
    ("{ kind: explicit, agents: [f1, f2, m3] }", "", ["f1", "f2", "m3"]),
    ("{ kind: explicit, agents: [m3, f1] }", "seeds: 2", ["m3", "f1"]),
    ("{ kind: explicit }", "", ["f1", "m1"]),
    ("{ kind: by-column, column: followers }", "seeds: 3", ["f1", "m3", "f3"]),
    ("{ kind: by-column, column: Followers, order: lowest }", "seeds: 3", ["hub", "f2", "m1"]),
    ("{ kind: by-column, column: FOLLOWERS, where: { department: law } }", "seeds: 2", ["f3", "m1"]),
    (
      "{ kind: by-column, column: followers, where: { department: [law, sales], group: y } }", "seeds: 2", ["f3", "m1"]
    ),
    ("{ kind: by-column, column: followers, spread: department }", "seeds: 4", ["f1", "f3", "f2", "m1"]),
    ("{ kind: highest-degree, equals: byId, spread: department }", "seeds: 4", ["hub", "m1", "f1", "m2"]),
    ("{ kind: highest-degree, equals: byId, where: { department: law } }", "seeds: 3", ["m1", "m2", "f3"]),
    ("{ kind: lowest-degree, equals: byId }", "seeds: 4", ["f3", "m3", "f1", "f2"]),
    ("{ kind: highest-degree, equals: byId }", "seedFraction: 0.3", ["hub", "f1"]),
  ])
  func areThoseThatWereAskedFor(seeding: String, count: String, expected: [String]) throws {
    #expect(try seeds("seeding: \(seeding)\n\(count)")["only"] == [expected])
  }

  /// Random ones of a department; random ones spread over departments; ids that are numbers.
  @Test func randomOnesWithinAndOverGroups() throws {
    let found = try seeds(
      """
      seeds: 2
      arms:
        sales: { seeding: { kind: random, where: { department: sales } } }
        spread: { seeding: { kind: random, spread: department } }
      """)
    let sales = try #require(found["sales"])
    #expect(sales.count == 40 && Set(sales.flatMap { $0 }) == ["hub", "f1", "f2"])
    let spread = try #require(found["spread"])
    #expect(Set(spread.flatMap { $0 }) == ["hub", "f1", "f2", "f3", "m1", "m2"])
    #expect(spread.allSatisfy { Set($0.map { ["hub", "f1", "f2"].contains($0) }).count == 2 })
    // Either department may come first: 40 draws miss one with a chance of 2⁻³⁹.
    #expect(Set(spread.map { ["hub", "f1", "f2"].contains($0[0]) }).count == 2)
  }

  /// Whole numbers by their value, however long, then other ids as text.
  @Test func orderOfIds() {
    var names = NameTable()
    for name in ["10", "b", "9", "2000000000000", "B", "07", "11", "1999999999999", "3000000000"] {
      _ = names.index(adding: Array(name.utf8))
    }
    let ranks = names.ranks()
    #expect(
      ranks.indices.sorted { ranks[$0] < ranks[$1] }.map { names[$0] } == [
        "9", "10", "11", "3000000000", "1999999999999", "2000000000000", "07", "B", "b",
      ])
  }

  /// Ties among equals go by id, not by the place of the first appearance in the file.
  @Test func equalsById() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("3,11\n9,2\n10,1\n", "ties.csv")
    for (seeding, expected) in [
      ("{ kind: highest-degree, equals: byId }", ["1", "2", "3", "9", "10", "11"]),
      ("{ kind: lowest-degree, equals: byId }", ["1", "2", "3", "9", "10", "11"]),
    ] {
      let tables = try Lab.run(
        """
        format: 1
        name: ids
        network: { kind: file, path: \(folder.path)/ties.csv, directed: false }
        rule: { kind: independent-cascade, probability: 0 }
        cutoff: none
        seeds: 6
        seeding: \(seeding)
        """)
      let table = try tables.table("seeds.csv")
      #expect(table.rows.indices.map { table.text($0, "agent") } == expected)
    }
  }

  @Test(arguments: [
    ("seeding: { kind: explicit, agents: [f1, f2, m3] }\nseeds: 2", "3 agents are named and 2 shall be seeded"),
    (
      "seeding: { kind: explicit, agents: [] }\nnetwork: { kind: file, path: P/star.csv, directed: false }",
      "nobody is named"
    ),
    ("seeds: 1\nseedFraction: 0.1", "`seeds` and `seedFraction` both say how many agents are seeded"),
    ("seedFraction: 0.1", "without seeds nobody ever adopts under this rule"),
    ("seeding: { kind: by-column, column: followrs }", "the agents file has no column `followrs`\n"),
    (
      "seeding: { kind: by-column, column: department }",
      "the column `department` holds `sales` (line 2 of the agents file)"
    ),
    ("seeding: { kind: random, where: { department: laws } }", "nobody has `laws` in the column `department`"),
    ("seeding: { kind: random, where: { } }", "`seeding.where` is empty"),
    ("seeding: { kind: neighborhood, spread: group }", "`neighborhood` says itself who is seeded"),
    ("seeds: 4\nseeding: { kind: random, where: { department: law } }", "4 seeds are asked of 3 eligible agents"),
    ("seeds: 7\nseeding: { kind: by-column, column: followers }", "7 seeds are asked of 6 eligible agents"),
  ])
  func mistakes(text: String, message: String) throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.star, "star.csv")
    _ = try folder.write(Self.people, "people.csv")
    let network =
      text.contains("network:")
      ? "" : "network: { kind: file, path: P/star.csv, directed: false, agentsFile: { path: P/people.csv } }"
    let failure = Lab.failure(
      "format: 1\nname: mistakes\n\(network)\nrule: { kind: independent-cascade, probability: 0 }\ncutoff: none\n\(text)\n"
        .replacingOccurrences(of: "P/", with: folder.path + "/"))
    #expect(
      failure?.code == .wrongInput && failure?.message.contains(message) == true, "\(failure?.message ?? "sound")")
  }

  /// Adopters by group: everybody is reached where p = 1.
  @Test func adoptersByGroup() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("a,b\nb,c\nd,e\n", "ties.csv")
    _ = try folder.write("name,team\na,red\nb,red\nc,blue\nd,blue\n", "people.csv")
    let tables = try Lab.run(
      """
      format: 1
      name: groups
      network:
        kind: file
        path: \(folder.path)/ties.csv
        directed: false
        agentsFile: { path: \(folder.path)/people.csv, group: team }
      rule: { kind: independent-cascade, probability: 1 }
      cutoff: none
      seeding: { kind: explicit, agents: [b] }
      tables: [groups]
      """)
    let groups = try tables.table("groups.csv")
    let rows = groups.rows.indices.map { row in
      ["group", "group_agents", "group_seeds", "group_adopters"].map { groups.text(row, $0) }.joined(separator: " ")
    }
    #expect(rows == ["red 2 1 2", "blue 2 0 1", " 1 0 0"])
    let seeds = try tables.table("seeds.csv")
    #expect(["agent", "group", "out_ties", "reach"].map { seeds.text(0, $0) } == ["b", "red", "2", "2.0"])
  }
}

/// Traits of a file are as they are written: nobody else changes.
@Suite struct TraitsAsWrittenTests {
  private func run(_ agents: String, _ text: String, ties: String, settings: String = "") throws -> Lab.Tables {
    let folder = try TemporaryFolder()
    _ = try folder.write(ties, "ties.csv")
    _ = try folder.write(agents, "people.csv")
    return try Lab.run(
      """
      format: 1
      name: traits
      network:
        kind: file
        path: \(folder.path)/ties.csv
        directed: true
        agentsFile: { path: \(folder.path)/people.csv\(settings) }
      cutoff: none
      \(text)
      """)
  }

  /// Half are immune: two voices never reach a threshold of 3, whoever is immune.
  @Test func immunityOfHalf() throws {
    let all = (0..<8).flatMap { a in (0..<8).filter { $0 != a }.map { "p\(a),p\($0)" } }.joined(separator: "\n")
    let people = "id,susceptibility\n" + (0..<8).map { "p\($0),\($0 < 4 ? 1 : 0)" }.joined(separator: "\n")
    let text = """
      rule: { kind: absolute-threshold, threshold: 3 }
      seeding: { kind: explicit, agents: [p0, p1] }
      """
    let written = try run(people, text, ties: all).table("cascades.csv")
    #expect(written.number(0, "size") == 2)
    // Divided by their mean, the others are twice as easily convinced: 1.5 voices.
    let scaled = try run(people, text, ties: all, settings: ", scale: mean").table("cascades.csv")
    #expect(scaled.number(0, "size") == 4)
  }

  /// One speaker, 400 listeners: persuasion of .5 halves the hazard, in the arm without roles exactly; λ is 1.
  @Test func persuasionIsForce() throws {
    let ties = (0..<400).map { "s,l\($0)" }.joined(separator: "\n")
    let tables = try run(
      "id,persuasion\ns,0.5\n",
      "rule: { kind: independent-cascade, probability: 0.5 }\nseeding: { kind: explicit, agents: [s] }\ndraws: 50\n"
        + "arms: { absent: { few: absent }, present: {} }\nroles: { salesman: { fraction: 0.01, gain: 4 } }",
      ties: ties)
    let networks = try tables.table("networks.csv")
    let cascades = try tables.table("cascades.csv")
    for arm in ["absent", "present"] {
      let row = try #require(networks.rows.indices.first { networks.text($0, "arm") == arm })
      let sizes = cascades.rows.indices.filter { cascades.text($0, "arm") == arm }.compactMap {
        cascades.number($0, "size")
      }
      // p = 1 − (1 − .5)^.5; whoever else is a salesman speaks to nobody, and equal mass keeps the speaker's own voice.
      let p = 1 - 0.5.squareRoot()
      let error = (400 * p * (1 - p) / Double(sizes.count)).squareRoot()
      #expect(abs(sizes.reduce(0, +) / Double(sizes.count) - 1 - 400 * p) < 4 * error, "\(arm)")
      if arm == "absent" { #expect(networks.number(row, "force") == 1) }
    }
  }

  @Test func aMeanOfZeroIsRefused() throws {
    let failure = #expect(throws: Failure.self) {
      try run(
        "id,susceptibility\na,0\nb,0\n", "rule: { kind: independent-cascade, probability: 0 }", ties: "a,b\n",
        settings: ", scale: mean")
    }
    #expect(failure?.message.contains("`scale: mean` divides by the mean of `susceptibility`, which is 0") == true)
  }
}

/// Thresholds and tie weights of one's own people.
@Suite struct ThresholdsOfPeopleTests {
  private func sizes(ties: String, people: String, _ text: String, directed: Bool = false) throws -> Set<Double?> {
    let folder = try TemporaryFolder()
    _ = try folder.write(ties, "ties.csv")
    _ = try folder.write(people, "people.csv")
    let table = try Lab.run(
      """
      format: 1
      name: thresholds
      network:
        kind: file
        path: \(folder.path)/ties.csv
        directed: \(directed)
        agentsFile: { path: \(folder.path)/people.csv }
      cutoff: none
      tables: [transmissions]
      \(text)
      """
    ).table("cascades.csv")
    return Set(table.rows.indices.map { table.number($0, "size") })
  }

  /// A hundred people with the thresholds 0, 1, 2, … 99 riot together; where the 1 is a 2, one does (Granovetter 1978).
  @Test func granovettersCrowd() throws {
    let ties = (0..<100).flatMap { a in (0..<a).map { "\(a),\($0)" } }.joined(separator: "\n")
    for (second, expected) in [(1, 100.0), (2, 1.0)] {
      let people = "id,threshold\n" + (0..<100).map { "\($0),\($0 == 1 ? second : $0)" }.joined(separator: "\n")
      for rule in [
        "{ kind: absolute-threshold, threshold: 1 }", "{ kind: absolute-threshold, threshold: 2, convention: atLeast }",
      ] {
        #expect(try sizes(ties: "source,target\n" + ties, people: people, "rule: \(rule)\nseeds: 0") == [expected])
      }
    }
  }

  /// Whoever begins alone does so in step 1, owes it to nobody, and not where it is immune.
  @Test func instigators() throws {
    let people = "id,threshold,susceptibility\na,-1,1\nb,0,0\nc,1,1\n"
    let rule = "rule: { kind: fractional-threshold, threshold: 0.9 }\nseeds: 0"
    #expect(try sizes(ties: "a,b\nb,c\nd,e\n", people: people, rule) == [1])
    #expect(try sizes(ties: "a,c\nb,c\nd,e\n", people: people, rule) == [1])
    let failure = #expect(throws: Failure.self) {
      try sizes(
        ties: "a,b\n", people: "id,threshold\na,1\n", "rule: { kind: absolute-threshold, threshold: 1 }\nseeds: 0")
    }
    #expect(failure?.message.contains("without seeds nobody ever adopts") == true)
    let law = Lab.failure(
      "format: 1\nname: a\nagents: 50\nnetwork: { kind: gnp, meanDegree: 4 }\ncutoff: none\n"
        + "rule: { kind: absolute-threshold, threshold: { kind: poisson, mean: 2 } }")
    #expect(law?.message.contains("takes values out of range") == true)
  }

  /// Every rule with a threshold takes those of the file: a path on which the third needs two voices.
  @Test(arguments: [
    ("absolute-threshold, threshold: 1", 2.0), ("fractional-threshold, threshold: 0.1", 4.0),
    ("below-threshold-per-exposure, threshold: 1, below: 0", 2.0),
    ("below-threshold-per-step, threshold: 1, below: 0, steps: 9", 2.0),
    ("below-threshold-per-exposure, threshold: 1, below: 1", 4.0),
    ("below-threshold-per-step, threshold: 1, below: 1, steps: 9", 4.0),
  ])
  func everyRuleWithThresholds(rule: String, size: Double) throws {
    let people = rule.hasPrefix("frac") ? "id,threshold\nc,0.5\n" : "id,threshold\nc,2\n"
    let text = "rule: { kind: \(rule) }\nseeding: { kind: explicit, agents: [a] }\ndraws: 3"
    #expect(try sizes(ties: "a,b\nb,c\nc,d\n", people: people, text) == [size])
  }

  @Test(arguments: [
    "independent-cascade, probability: 0.1", "sir, transmission: 0.1, recovery: 0.5", "weighted-cascade",
    "si, transmission: 0.5",
  ])
  func rulesWithoutThresholdsRefuseThem(rule: String) throws {
    let failure = #expect(throws: Failure.self) {
      try sizes(ties: "a,b\n", people: "id,threshold\na,1\n", "rule: { kind: \(rule) }")
    }
    #expect(failure?.message.contains("this rule has no thresholds") == true, "\(failure?.message ?? "")")
  }

  /// A share of one's own weight: half of it convinces A, whose ties are weak, and B, whose ties are strong (Valente 1995).
  @Test func weightsOfOnesOwn() throws {
    let ties = "source,target,weight\nx,A,1\ny,A,1\nx,B,9\ny,B,9\nz,C,1\nw,C,3\nx,w,2\n"
    let rule = "rule: { kind: fractional-threshold, threshold: 0.5 }\nseeding: { kind: explicit, agents: [x] }\n"
    // C: three quarters of its weight are w's, who follows x alone.
    #expect(try sizes(ties: ties, people: "id\nx\n", rule, directed: true) == [5])
    #expect(try sizes(ties: ties, people: "id\nx\n", rule + "tieWeights: own", directed: true) == [5])
    // Against the mean of all ties, 3.714: A hears .27 of 1, w .54 of .5, C .81 of 1.
    #expect(try sizes(ties: ties, people: "id\nx\n", rule + "tieWeights: relative", directed: true) == [3])
  }
}
