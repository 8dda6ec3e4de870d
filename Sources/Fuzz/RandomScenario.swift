internal import Foundation
@testable import SocialInfluence

/// Random scenarios from the declarations of the catalog, so that new variants are included automatically.
struct RandomScenario {
  /// How extreme the numbers are.
  enum Mood { case extreme, small }

  private var random: Dice
  private let mood: Mood
  private let wildness: Double

  init(number: Int, seed: UInt64, _ mood: Mood) {
    random = Dice(seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(number))
    self.mood = mood
    wildness = random.pick([0.02, 0.05, 0.1, 0.4])
  }

  /// The scenario as YAML; a `small` one runs in milliseconds.
  ///
  /// - Parameter file: an edge list and an agents file that the scenario may name.
  mutating func text(file: (ties: String, agents: String)?) -> String {
    var lines = ["format: 1", "name: fuzz"]
    let isSmall = mood == .small
    let generator = random.pick(Catalogue.networks)
    let fromFile = file != nil && random.chance(0.15)
    let isFixed =
      fromFile || ["ring-lattice", "torus", "disjoint-cliques", "complete"].contains(generator.description.kind)
    lines.append("networks: \(isFixed && isSmall ? "1" : count(1...6))")
    lines.append("draws: \(count(1...4))")
    if random.chance(0.1) { lines.append("randomSeed: \(isSmall ? "7" : number(.nonNegative))") }
    let hasAgents = isSmall && generator.description.kind == "torus"
    if !fromFile, !hasAgents, isSmall || random.chance(0.97) { lines.append("agents: \(agents())") }
    lines.append("network: " + (fromFile ? fileNetwork(file) : network(generator)))
    lines.append("rule: " + swept(variants(Catalogue.rules)))
    if random.chance(0.4) { lines.append("story: \(swept([number(.positive), "1", "1.25"]))") }
    if random.chance(0.7) { lines.append("seeds: \(count((random.chance(0.1) ? 0 : 1)...3))") }
    if random.chance(0.5) { lines.append("seeding: \(variant(random.pick(Catalogue.seedings)))") }
    if random.chance(0.5) { lines.append("roles: \(roles())") }
    if random.chance(0.3) { lines.append("traits: \(traits())") }
    if random.chance(0.1) { lines.append("correlations: { connectivityExpertise: \(number(ValueRange(-1, 1))) }") }
    if random.chance(0.2) { lines.append("equalMass: \(random.chance(0.5))") }
    if random.chance(0.2) { lines.append("tieWeights: \(random.pick(["relative", "absolute", "ignore"]))") }
    if isSmall || random.chance(0.5) { lines.append("cutoff: none") }
    if random.chance(0.1) { lines.append("confidence: \(number(.probability))") }
    if random.chance(0.1) { lines.append("doses: { density: \(number(.positive)), story: \(number(.positive)) }") }
    if random.chance(0.1) { lines.append("randomness: independent") }
    if random.chance(0.4) {
      let tables = ["trajectories", "transmissions", "agents", "influence"].filter { _ in random.chance(0.5) }
      lines.append("tables: [\(tables.joined(separator: ", "))]")
    }
    if random.chance(0.6) {
      lines.append(
        "arms: { absent: { few: absent }, present: {}, seeded: { seeding: \(variant(random.pick(Catalogue.seedings))) } }"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Parts

  private mutating func agents() -> String {
    if mood == .small { return random.chance(0.2) ? "\(random.below(4) + 1)" : "\(random.below(60) + 4)" }
    return random.chance(0.8) ? "\(random.below(1000) + 1)" : whole(1...Int(UInt32.max) - 1)
  }

  private mutating func network(_ generator: any NetworkGenerator.Type) -> String {
    var text = variant(generator)
    text.removeLast(2)
    // Often a sweep of the mean degree, empty networks included.
    if random.chance(0.5), text.contains("meanDegree: ") {
      let start = text.range(of: "meanDegree: ")
      let isEven = generator.description.parameters.contains {
        if case .whole = $0.kind { $0.key == "meanDegree" } else { false }
      }
      let known = isEven ? ["0", "2", "4", "6"] : ["0", "2", "4", "0.1", "6", "1", "0.5", "3"]
      let values = (0..<random.below(3) + 2).map { _ in random.pick(known) }
      var seen = Set<String>()
      let list = values.filter { seen.insert($0).inserted }.joined(separator: ", ")
      if let start {
        let rest = text[start.upperBound...]
        let end = rest.firstIndex(of: ",") ?? rest.endIndex
        text = text[..<start.upperBound] + "{ values: [\(list)] }" + rest[end...]
      }
    }
    if random.chance(0.1) { text += ", switches: \(number(.nonNegative))" }
    if random.chance(0.05) { text += ", transitivity: \(number(.probability))" }
    return text + " }"
  }

  private mutating func fileNetwork(_ file: (ties: String, agents: String)?) -> String {
    guard let file else { return "{ kind: file }" }
    var text =
      "{ kind: file, path: \"\(file.ties)\", directed: \(random.chance(0.5)), loops: drop, repeats: drop, nonPositive: drop"
    if random.chance(0.5) { text += ", agentsFile: { path: \"\(file.agents)\", isolates: keep }" }
    if random.chance(0.3) { text += ", weight: none" }
    return text + " }"
  }

  private mutating func roles() -> String {
    let roles = ["connector", "maven", "salesman"].filter { _ in random.chance(0.6) }.map { role in
      let fraction = mood == .small ? random.pick(["0", "0.05", "0.5", "1", "0.2"]) : number(.probability)
      let gain = mood == .small ? random.pick(["1", "3", "10", "1000"]) : number(ValueRange(1, .infinity))
      return
        "\(role): { fraction: \(fraction), gain: \(gain)\(role == "maven" ? ", hearsFirst: \(number(.probability))" : "") }"
    }
    return "{ " + roles.joined(separator: ", ") + " }"
  }

  private mutating func traits() -> String {
    let traits = ["connectivity", "expertise", "persuasion", "susceptibility"].filter { _ in random.chance(0.4) }.map {
      "\($0): \(variant(random.pick(Catalogue.distributions)))"
    }
    return "{ " + traits.joined(separator: ", ") + " }"
  }

  private mutating func variants(_ types: [any Variant.Type]) -> [String] {
    (0..<3).map { _ in variant(random.pick(types)) }
  }

  /// One value, or a sweep over two.
  private mutating func swept(_ values: [String]) -> String {
    guard random.chance(0.25), values.count > 1, values[0] != values[1] else { return values[0] }
    func labelled(_ value: String, _ label: String) -> String {
      value.hasPrefix("{ kind") ? "{ label: \(label), " + value.dropFirst(2) : value
    }
    return "{ values: [\(labelled(values[0], "a")), \(labelled(values[1], "b"))] }"
  }

  /// A variant with its declared parameters, some left out where that is allowed.
  private mutating func variant(_ type: any Variant.Type, isDegreeLaw: Bool = false) -> String {
    let description = type.description
    var parts = ["kind: \(description.kind)"]
    for parameter in description.parameters {
      if isDegreeLaw && parameter.key == "mean" { continue }
      if parameter.isOptional || parameter.standard != nil, random.chance(0.5) { continue }
      parts.append("\(parameter.key): \(value(parameter))")
    }
    return "{ " + parts.joined(separator: ", ") + " }"
  }

  private mutating func value(_ parameter: Parameter) -> String {
    switch parameter.kind {
    case .number(let range): return tame(parameter.key) ?? number(range, key: parameter.key)
    case .whole(let range): return tame(parameter.key, isWhole: true) ?? whole(range)
    case .choice(let choices): return random.pick(choices)
    case .wholes(let range): return "[" + (0..<random.below(6)).map { _ in whole(range) }.joined(separator: ", ") + "]"
    case .numbers(let range):
      return "[" + (0..<random.below(6)).map { _ in number(range) }.joined(separator: ", ") + "]"
    case .text: return random.pick(["id", "group", "\"a b\"", "x"])
    case .texts: return "[" + (0..<random.below(4)).map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    case .distribution(let support, _):
      // Most laws exceed [0, 1].
      let isNumber = random.chance(mood == .small && support.upper == 1 ? 0.85 : 0.4)
      return isNumber ? number(support) : variant(random.pick(Catalogue.distributions))
    case .degreeLaw: return variant(random.pick(Catalogue.degreeLaws), isDegreeLaw: true)
    }
  }

  // MARK: Numbers

  /// For small scenarios, numbers that fit together; nil where any number will do.
  private mutating func tame(_ key: String, isWhole: Bool = false) -> String? {
    guard mood == .small, random.chance(0.95) else { return nil }
    switch key {
    case "meanDegree" where isWhole: return random.pick(["0", "2", "4", "6"])
    case "degreeCV": return random.pick(["1", "1.5", "3", "8"])
    case "rows", "columns": return random.pick(["5", "6", "8"])
    case "range", "groups": return random.pick(["1", "2"])
    case _ where key.lowercased().contains("imitation") || key == "innovation": return "\(0.45 * random.unit())"
    default: return nil
    }
  }

  /// Few numbers of a scenario are extreme: otherwise most scenarios would be refused before anything is tried.
  private mutating func isWild() -> Bool { random.chance(wildness) }

  private mutating func count(_ typical: ClosedRange<Int>) -> String {
    mood == .small || !isWild()
      ? "\(typical.lowerBound + random.below(typical.count))" : whole(0...1 << 24)
  }

  private mutating func whole(_ range: ClosedRange<Int>) -> String {
    if mood == .small || !isWild() {
      return "\(min(range.upperBound, range.lowerBound + random.below(mood == .small ? 7 : 30)))"
    }
    return random.pick([
      "\(range.lowerBound)", "\(range.upperBound)", "\(range.upperBound - 1)", "0", "-1", "2147483648", "4294967294",
      "1e18", "9007199254740992", "\(1 << random.below(62))",
    ])
  }

  private mutating func number(_ range: ValueRange, key: String = "") -> String {
    let upper = min(range.upper, max(8, range.lower))
    let lower = max(range.lower, -2)
    if mood == .small && random.chance(0.95) || mood == .extreme && !isWild() {
      if key == "meanDegree" { return random.pick(["0", "0.1", "1", "2", "4", "6", "8"]) }
      return "\(lower + (upper - lower) * random.unit())"
    }
    let edges = [
      range.lower, range.upper, range.lower.nextUp, range.upper.nextDown, 0, 1, -1, 1e-300, 1e300, 1e-12, 1e9, 1e18,
      0x1p31, 0x1p32, 0x1p53, 1e-3, 0.5, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
    ].filter(\.isFinite)
    if random.chance(0.5) { return "\(random.pick(edges))" }
    return "\(power(10, -320 + 628 * random.unit()))"
  }
}

/// Random numbers for fuzzing: SplitMix64, after G. L. Steele, D. Lea, C. H. Flood (2014).
struct Dice {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }

  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
  mutating func chance(_ probability: Double) -> Bool { unit() < probability }
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}
