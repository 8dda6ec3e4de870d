@testable import Experiments
@testable import SocialInfluence
import Testing

/// Messages are interface: one case per mistake, with the whole text.
@Suite struct MessageTests {
  static let head = """
    format: 1
    name: test
    networks: 20
    agents: 1000

    """
  static let network = "network: { kind: chung-lu, meanDegree: 4 }\n"
  static let rule = "rule: { kind: independent-cascade, probability: 0.1 }\n"
  static var sound: String { head + network + rule }

  struct Mistake: Sendable, CustomTestStringConvertible {
    let what: String
    let text: String
    let message: String
    var testDescription: String { what }
    init(_ what: String, _ text: String, _ message: String) {
      (self.what, self.text, self.message) = (what, text, message)
    }
  }

  static let mistakes: [Mistake] = [
    Mistake(
      "unknown key", sound + "colour: red\n",
      """
      test.yaml:7:1: error: `colour` is not a key of a scenario
        | colour: red
        | ^
        = known: format, name, question, randomSeed, networks, draws, confidence, cutoff, delta, doses, randomness, \
      tables, only, expect, agents, network, traits, correlations, roles, few, equalMass, tieWeights, rule, story, seeds, seedFraction, seeding, arms
      """),
    Mistake(
      "misspelt key", sound + "storry: 1.2\n",
      """
      test.yaml:7:1: error: `storry` is not a key of a scenario
        | storry: 1.2
        | ^
        = did you mean `story`?
      """),
    Mistake(
      "missing key", head + network,
      """
      test.yaml:1:1: error: `rule` is missing
        | format: 1
        | ^
        = write `rule: { kind: … }`, known: \(Catalogue.rules.map { $0.description.kind }.joined(separator: ", "))
      """),
    Mistake(
      "duplicate key", sound + "seeds: 1\nseeds: 2\n",
      """
      test.yaml:8:1: error: `seeds` is written twice in one group, first on line 7
        | seeds: 2
        | ^
        = keep one of the two
      """),
    Mistake(
      "wrong type", sound + "story: [1, 2]\n",
      """
      test.yaml:7:8: error: `story` must be a number
        | story: [1, 2]
        |        ^
        = write one number, or { values: [a, b] } to sweep it
      """),
    Mistake(
      "probability above 1", head + network + "rule: { kind: independent-cascade, probability: 1.5 }\n",
      """
      test.yaml:6:49: error: `rule.probability` is 1.5, out of range
        | rule: { kind: independent-cascade, probability: 1.5 }
        |                                                 ^
        = write a number with 0 ≤ x ≤ 1
      """),
    Mistake(
      "NaN", sound + "story: .nan\n",
      """
      test.yaml:7:8: error: `.nan` is not a number as `story` needs it
        | story: .nan
        |        ^
        = write a finite number
      """),
    Mistake(
      "octal", sound + "seeds: 010\n",
      """
      test.yaml:7:8: error: `010` is not a number as `seeds` needs it
        | seeds: 010
        |        ^
        = write 10: a leading zero could mean an octal number
      """),
    Mistake(
      "percent", sound + "delta: 20%\n",
      """
      test.yaml:7:8: error: `20%` is not a number as `delta` needs it
        | delta: 20%
        |        ^
        = write the share as a number: 0.2
      """),
    Mistake(
      "sexagesimal", sound + "story: 1:30\n",
      """
      test.yaml:7:8: error: `1:30` is not a number as `story` needs it
        | story: 1:30
        |        ^
        = write one decimal number; times and ratios are not read
      """),
    Mistake(
      "too large", sound + "story: 1e400\n",
      """
      test.yaml:7:8: error: `1e400` is not a number as `story` needs it
        | story: 1e400
        |        ^
        = write a number that a 64-bit floating-point number can hold
      """),
    Mistake(
      "negative count", sound + "draws: -5\n",
      """
      test.yaml:7:8: error: `draws` is -5, out of range
        | draws: -5
        |        ^
        = write a whole number from 1 to 16777215
      """),
    Mistake(
      "fractional count", sound + "draws: 2.5\n",
      """
      test.yaml:7:8: error: `draws` is 2.5, not a whole number of draws
        | draws: 2.5
        |        ^
        = write a whole number from 1 to 16777215
      """),
    Mistake(
      "too many seeds", sound + "seeds: 50\n",
      """
      test.yaml:7:8: error: 50 seeds reach half the cut-off of 100 agents: whether a cascade is global would hang on the seeds
        | seeds: 50
        |        ^
        = write fewer seeds, or `cutoff: none` to look at sizes and times only
      """),
    Mistake(
      "role fraction", sound + "roles: { maven: { fraction: 2, gain: 3 } }\n",
      """
      test.yaml:7:29: error: `roles.maven.fraction` is 2, out of range
        | roles: { maven: { fraction: 2, gain: 3 } }
        |                             ^
        = write a number with 0 ≤ x ≤ 1
      """),
    Mistake(
      "gain below 1", sound + "roles: { maven: { fraction: 0.1, gain: 0.5 } }\n",
      """
      test.yaml:7:40: error: `roles.maven.gain` is 0.5, out of range
        | roles: { maven: { fraction: 0.1, gain: 0.5 } }
        |                                        ^
        = write a number with 1 ≤ x ≤ 1000000000
      """),
    Mistake(
      "connector gain without connectivity",
      head + "network: { kind: gnp, meanDegree: 4 }\n" + rule + "roles: { connector: { fraction: 0.1, gain: 2 } }\n",
      """
      test.yaml:7:44: error: connectors cannot have a gain on `gnp`: its ties take no connectivity
        | roles: { connector: { fraction: 0.1, gain: 2 } }
        |                                            ^
        = write gain: 1 (they are then the agents with most ties), or choose a network that takes connectivity: \
      influence-network, chung-lu, configuration-model, planted-blocks
      """),
    Mistake(
      "contradicting correlations",
      sound + "correlations: { connectivityExpertise: 0.9, connectivityPersuasion: 0.9, expertisePersuasion: -0.9 }\n",
      """
      test.yaml:7:15: error: these correlations contradict each other: their matrix is not positive definite
        | correlations: { connectivityExpertise: 0.9, connectivityPersuasion: 0.9, expertisePersuasion: -0.9 }
        |               ^
        = bring them closer to 0; two traits that follow a third closely must follow each other
      """),
    Mistake(
      "degree variation too small", head + "network: { kind: chung-lu, meanDegree: 4, degreeCV: 0.3 }\n" + rule,
      """
      test.yaml:5:53: error: `network.degreeCV` 0.3 lies below 1/√z, the variation of random ties alone
        | network: { kind: chung-lu, meanDegree: 4, degreeCV: 0.3 }
        |                                                     ^
        = write at least 0.5 for a mean degree of 4.0
      """),
    Mistake(
      "power law without cut-off",
      head + "network: { kind: configuration-model, degrees: { kind: power-law, exponent: 2 } }\n" + rule,
      """
      test.yaml:5:48: error: `network.degrees.cutoff` is missing
        | network: { kind: configuration-model, degrees: { kind: power-law, exponent: 2 } }
        |                                                ^
        = exponential cut-off κ; a power law without one is refused: 0.01 ≤ x ≤ 100000
      """),
    Mistake(
      "fixed mean refuses z",
      head
        + "network: { kind: configuration-model, meanDegree: 3, degrees: { kind: power-law, exponent: 2, cutoff: 9 } }\n"
        + rule,
      """
      test.yaml:5:63: error: a `power-law` law fixes its own mean degree
        | network: { kind: configuration-model, meanDegree: 3, degrees: { kind: power-law, exponent: 2, cutoff: 9 } }
        |                                                               ^
        = remove `meanDegree`, or choose a law whose mean can be set
      """),
    Mistake(
      "empty values", sound + "story: { values: [] }\n",
      """
      test.yaml:7:18: error: `values` of `story` is empty
        | story: { values: [] }
        |                  ^
        = list at least one value, or write the value itself
      """),
    Mistake(
      "repeated value", sound + "story: { values: [1, 1.0] }\n",
      """
      test.yaml:7:22: error: two values of `story` are called `1`
        | story: { values: [1, 1.0] }
        |                      ^
        = give each group a `label` of its own, or remove the repeated value
      """),
    Mistake(
      "unequal zip", sound + "story: { values: [1, 2], zip: a }\nseeds: { values: [1, 2, 3], zip: a }\n",
      """
      test.yaml:8:8: error: `zip: a` joins 2 and 3 values
        | seeds: { values: [1, 2, 3], zip: a }
        |        ^
        = give both sweeps equally many values
      """),
    Mistake(
      "duplicate arm", sound + "arms:\n  absent: { few: absent }\n  absent: {}\n",
      """
      test.yaml:9:3: error: `absent` is written twice in one group, first on line 8
        |   absent: {}
        |   ^
        = keep one of the two
      """),
    Mistake(
      "no arms beside a sweep", sound + "arms:\nseeds: { values: [1, 2] }\n",
      """
      test.yaml:7:6: error: `arms` must be a group of named arms
        | arms:
        |      ^
        = write a name and what it overrides, such as `random: {}` and `few: { seeding: { kind: by-role, role: few } }`
      """),
    Mistake(
      "arm overrides the head", sound + "arms:\n  more: { draws: 3 }\n",
      """
      test.yaml:8:11: error: an arm cannot override `draws`
        |   more: { draws: 3 }
        |           ^
        = known: agents, network, traits, correlations, roles, few, equalMass, tieWeights, rule, story, seeds, seedFraction, seeding
      """),
    Mistake(
      "unknown kind", head + "network: { kind: chunglu, meanDegree: 4 }\n" + rule,
      """
      test.yaml:5:18: error: `chunglu` is not a kind of network
        | network: { kind: chunglu, meanDegree: 4 }
        |                  ^
        = did you mean `chung-lu`? known: \(Catalogue.networks.map { $0.description.kind }.joined(separator: ", "))
      """),
    Mistake(
      "label with a formula", "format: 1\nname: \"=cmd\"\nagents: 100\n" + network + rule,
      """
      test.yaml:2:7: error: `name` is not a label
        | name: "=cmd"
        |       ^
        = start with a letter or digit; letters, digits, blanks and any of . _ - may follow; at most 64 characters
      """),
    Mistake(
      "anchor", sound + "story: &a 1\n",
      """
      test.yaml:7:8: error: an anchor (`&`) is not part of a scenario
        | story: &a 1
        |        ^
        = write values out in full; put quotes around a text that starts with this character
      """),
    Mistake(
      "replicates of one network",
      "format: 1\nname: test\nnetworks: 20\nagents: 100\n"
        + "network: { kind: ring-lattice, meanDegree: 4 }\n" + rule,
      """
      test.yaml:3:11: error: `networks` is 20, but this network is the same in every replicate
        | networks: 20
        |           ^
        = write networks: 1 and more `draws`: the draw is then the unit of inference
      """),
    Mistake(
      "sequence that is not graphical",
      "format: 1\nname: test\nnetwork: { kind: configuration-model, degrees: { kind: list, values: [3, 3, 1, 1] } }\n"
        + rule + "cutoff: none\n",
      """
      test.yaml:3:48: error: no simple network has this degree sequence
        | network: { kind: configuration-model, degrees: { kind: list, values: [3, 3, 1, 1] } }
        |                                                ^
        = correct the list: see the condition of Erdős and Gallai
      """),
    Mistake(
      "seeds of an empty role", sound + "seeding: { kind: by-role, role: maven }\n",
      """
      test.yaml:7:10: error: 1 seeds are asked of 0 members of the role
        | seeding: { kind: by-role, role: maven }
        |          ^
        = define the role under `roles`
      """),
    Mistake(
      "nobody of this name", sound + "seeding: { kind: explicit, agents: [5, 1000] }\n",
      """
      test.yaml:7:10: error: there is no agent `1000`
        | seeding: { kind: explicit, agents: [5, 1000] }
        |          ^
        = write a number from 0 to 999
      """),
    Mistake(
      "another format", "format: 2\n",
      """
      test.yaml:1:9: error: this format is not known
        | format: 2
        |         ^
        = write `format: 1`
      """),
  ]

  @Test(arguments: mistakes)
  func wholeText(mistake: Mistake) throws {
    let failure = try #require(Lab.failure(mistake.text), "it was accepted")
    #expect(failure.message == mistake.message + "\n\n1 problem; nothing was run.")
    #expect(failure.code == .wrongInput)
  }

  @Test func theSoundScenarioIsSound() { #expect(Lab.failure(Self.sound) == nil) }

  /// Five mistakes, five messages, in the order of their places.
  @Test func allMistakesAtOnce() throws {
    let text = """
      format: 1
      name: five mistakes
      netwroks: 20
      agents: 10%
      network: { kind: chung-lu, meanDegree: -4 }
      rule: { kind: independent-cascade, probability: 0.1, coin: needs }
      seeds: 1
      seeds: 2
      """
    let failure = try #require(Lab.failure(text))
    let lines = failure.message.split(separator: "\n").filter { $0.contains(": error: ") }
    #expect(
      lines == [
        "test.yaml:3:1: error: `netwroks` is not a key of a scenario",
        "test.yaml:4:9: error: `10%` is not a number as `agents` needs it",
        "test.yaml:5:40: error: `network.meanDegree` is -4, out of range",
        "test.yaml:6:54: error: `coin` is not a key of `rule`",
        "test.yaml:8:1: error: `seeds` is written twice in one group, first on line 7",
      ])
    #expect(failure.message.hasSuffix("5 problems; nothing was run."))
  }

  /// Hostile files are refused at once, not parsed until they hang.
  @Test func hostileFiles() throws {
    let bomb = (0..<30).map { "a\($0): &a\($0) [*a\(max(0, $0 - 1)), *a\(max(0, $0 - 1))]" }.joined(separator: "\n")
    let deepFlow = "x: " + String(repeating: "[", count: 500_000)
    let deepBlock = (0..<1000).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n")
    let dashes = String(repeating: "- ", count: 300_000) + "1"
    let long = "format: 1 #" + String(repeating: "x", count: 1 << 20)
    let clock = ContinuousClock()
    for (text, expected) in [
      (bomb, "an anchor (`&`)"), (deepFlow, "nested more than 24 deep"), (deepBlock, "nested more than 24 deep"),
      (dashes, "nested more than 24 deep"), (long, "more than 1 MiB"), ("a: \u{0}", "not UTF-8 text"),
      ("<<: {a: 1}", "merge key"), ("? a\n: b", "explicit key"), ("a: !!int 3", "a tag (`!`)"),
      ("---\na: 1", "starts a document"), ("a: 1\n---\nb: 2", "starts a document"), ("a:\n\tb: 1", "a tab"),
      ("a: |\n  text", "a block of text"), ("a: [1, 2", "not well-formed"), ("", "the file is empty"),
      ("just words", "a scenario must be a group"),
    ] {
      var failure: Failure?
      let time = clock.measure { failure = Lab.failure(text) }
      #expect(
        failure?.message.contains(expected) == true, "\(text.prefix(30)): \(failure?.message.prefix(200) ?? "none")")
      #expect(failure?.code == .wrongInput)
      // Far above what it takes: a file that made the parser hang would take minutes.
      #expect(time < .seconds(5))
    }
  }
}
