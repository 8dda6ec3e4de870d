import Testing

/// What `check` says beforehand of what `run` will take and show.
struct ForecastTests {
  private static let head =
    "format: 1\nname: x\nnetworks: 20\ndraws: 5\nagents: 2000\nnetwork: { kind: gnp, meanDegree: 4 }\n"

  @Test(
    "where everything is dead or saturated, check says for which p or φ it is not",
    arguments: [
      // On random ties with z = 4 one convert makes 4p others: p = .25 is critical.
      ("rule: { kind: independent-cascade, probability: 0.02 }\n", "none of the", "with p from", 0.25...0.45),
      ("seeds: 20\nrule: { kind: independent-cascade, probability: 0.9 }\n", "all", "with p near", 0.2...0.3),
      // Watts 2002: with z = 4 the window ends at φ = .25.
      (
        "rule: { kind: fractional-threshold, threshold: 0.4 }\n", "none of the", "with a mean threshold near",
        0.15...0.25
      ),
    ])
  func window(rule: String, tried: String, words: String, range: ClosedRange<Double>) throws {
    let lab = try CommandLab()
    try lab.write(Self.head + rule, "a.yaml")
    let text = try lab.shell("$I check a.yaml").output.replacing(/\n +/, with: " ")
    let line = try #require(text.split(separator: "\n").first { $0.contains("cascades tried here") })
    #expect(line.contains("warning: " + tried) && line.contains(words))
    let number = line.components(after: words + " ")
    #expect(number.map { range.contains($0) } == true, "\(line)")
  }

  @Test("nothing is said where some cascades are global and some are not")
  func inTheWindow() throws {
    let lab = try CommandLab()
    try lab.write(Self.head + "rule: { kind: independent-cascade, probability: 0.4 }\n", "a.yaml")
    let check = try lab.shell("$I check a.yaml")
    #expect(check.code == 0 && !check.output.contains("cascades tried here"))
  }

  /// Within a factor: what is timed on a busy machine is no matter for a test.
  @Test("what is left behind is as much as check says")
  func output() throws {
    let lab = try CommandLab()
    try lab.write(
      Self.head.replacing("agents: 2000", with: "agents: 300")
        .replacing("meanDegree: 4", with: "meanDegree: { from: 2, to: 8, count: 40 }")
        + "rule: { kind: independent-cascade, probability: { from: 0.05, to: 0.5, count: 10 } }\n", "a.yaml")
    let result = try lab.shell("$I check a.yaml | grep ' output '; $I run a.yaml --quiet; du -sb results/x | cut -f1")
    let found = try #require(result.output.firstMatch(of: /about ([0-9.]+) MB, at most [^\n]*\n(\d+)/))
    let (said, came) = (1e6 * (Double(found.1) ?? .nan), Double(found.2) ?? .nan)
    #expect(abs(said - came) < 0.2 * came, "\(said) against \(came)")
  }

  @Test(
    "check says how many an adopter convinces at first",
    arguments: [
      // On random ties κ = z, on a ring z − 1, on a complete network N − 2.
      ("gnp, meanDegree: 4", 0.25, 0.85...1.15), ("ring-lattice, meanDegree: 4", 0.25, 0.75...0.75),
      ("complete", 0.005, 1.98...2.0),
    ])
  func converts(network: String, p: Double, expected: ClosedRange<Double>) throws {
    let lab = try CommandLab()
    let head = Self.head.replacing("gnp, meanDegree: 4", with: network).replacing("agents: 2000", with: "agents: 400")
    // A ring and a complete network have nothing to draw.
    try lab.write(
      (network.hasPrefix("gnp") ? head : head.replacing("networks: 20", with: "networks: 1"))
        + "rule: { kind: independent-cascade, probability: \(p) }\n", "a.yaml")
    let text = try lab.shell("$I check a.yaml").output
    let found = try #require(text.firstMatch(of: /an adopter convinces ([0-9.]+)(?: to ([0-9.]+))? others at first/))
    let numbers = [found.1, found.2 ?? found.1].compactMap { Double($0.hasPrefix(".") ? "0" + $0 : String($0)) }
    #expect(numbers.allSatisfy { expected.contains($0) }, "\(found.0)")
  }

  @Test("check says by what tie weights are divided")
  func weights() throws {
    let lab = try CommandLab()
    try lab.write("source,target,weight\na,b,1\nb,c,2\nc,d,6\n", "ties.csv")
    try lab.write(
      """
      format: 1
      name: x
      network: { kind: file, path: ties.csv, directed: false }
      rule: { kind: independent-cascade, probability: 0.2 }
      cutoff: none
      arms: { relative: {}, own: { tieWeights: own }, weight: { tieWeights: absolute } }
      """, "a.yaml")
    let text = try lab.shell("$I check a.yaml").output
    #expect(text.contains("    tie weights are divided by their mean, 3 (tieWeights: relative)\n"))
    #expect(text.contains("    tie weights are divided by the mean of each listener's own (tieWeights: own)\n"))
    let whole = try lab.shell("sed -i '/^arms/d' a.yaml; $I check a.yaml --set tieWeights=ignore")
    #expect(whole.code == 0 && !whole.output.contains("are divided"))
  }

  @Test("what is said of output and memory holds for arms that stand at several points")
  func copies() throws {
    let lab = try CommandLab()
    try lab.write(
      """
      format: 1
      name: x
      networks: 3
      draws: 2
      agents: 200
      network: { kind: influence-network, meanDegree: { from: 2, to: 8, count: 12 } }
      roles: { connector: { fraction: { from: 0.01, to: 0.2, count: 20 }, gain: { values: [1.5, 2, 3, 4, 5] } } }
      rule: { kind: fractional-threshold }
      arms: { absent: { few: absent }, present: {} }
      """, "a.yaml")
    let result = try lab.shell(
      "$I check a.yaml | grep ' output '; $I run a.yaml 2>&1 > /dev/null | grep '^memory'; du -sb results/x | cut -f1; wc -l < results/x/curves.csv"
    )
    let found = try #require(
      result.output.firstMatch(
        of:
          /about ([0-9.]+) MB, at most ([0-9.]+) MB[^\n]*\nmemory: ([0-9.]+) MB at the peak, at most ([0-9.]+) MB predicted\n(\d+)/
      ))
    let numbers = [found.1, found.2, found.3, found.4].map { Double($0) ?? .nan }
    let came = (Double(found.5) ?? .nan) / 1e6
    #expect(abs(numbers[0] - came) < 0.2 * came && came <= numbers[1], "\(found.0)")
    #expect(numbers[2] <= numbers[3], "\(found.0)")
  }

  /// Of a tie that succeeds in ninety of a hundred rounds, the first success alone is kept.
  @Test(
    "memory holds for epidemics that talk long",
    arguments: [
      "transmission: 0.9, recovery: 0.01", "transmission: 0.5, period: 100", "transmission: 0.02, period: 90",
    ])
  func longTalk(rule: String) throws {
    let lab = try CommandLab()
    try lab.write(
      "format: 1\nname: x\ndraws: 2\nagents: 100000\nnetwork: { kind: gnp, meanDegree: 4 }\n"
        + "rule: { kind: sir, \(rule), coins: ties }\n", "a.yaml")
    let result = try lab.shell("$I run a.yaml 2>&1 > /dev/null | grep '^memory'")
    let found = try #require(
      result.output.firstMatch(of: /memory: ([0-9.]+) MB at the peak, at most ([0-9.]+) MB predicted/))
    let (came, most) = (Double(found.1) ?? .nan, Double(found.2) ?? .nan)
    #expect(came <= most, "\(found.0)")
  }

  @Test("an epidemic that cannot be drawn is refused by check")
  func layers() throws {
    let lab = try CommandLab()
    try lab.write(
      """
      format: 1
      name: x
      agents: 5
      network: { kind: chung-lu, meanDegree: 1 }
      rule: { kind: sir, transmission: 0.45, recovery: 0.58, coins: ties, ceiling: 0.00018 }
      story: 3.7
      seeds: 2
      cutoff: none
      """, "a.yaml")
    let check = try lab.shell("$I check a.yaml")
    #expect(check.code == 65 && check.errors.contains("too many layers"))
  }
}

extension Substring {
  /// The number that follows some words.
  fileprivate func components(after words: String) -> Double? {
    guard let range = firstRange(of: words) else { return nil }
    let rest = self[range.upperBound...].prefix { $0.isNumber || $0 == "." }
    return Double(rest.hasPrefix(".") ? "0" + rest : String(rest))
  }
}
