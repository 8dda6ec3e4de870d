internal import SocialInfluence

/// Reads a group with a `kind` into a variant of a catalogue, by the parameters that the variant declares.
enum VariantReader {
  /// The type that `kind` names; nil after a problem.
  static func type(
    _ group: inout GroupReader, among catalogue: [any Variant.Type], _ problems: inout Problems
  ) -> (any Variant.Type)? {
    let kinds = catalogue.map { $0.description.kind }
    guard let node = group.take("kind") else {
      group.missing("kind", "known: " + kinds.joined(separator: ", "), &problems)
      return nil
    }
    guard let kind = ScalarReading.choice(node, "kind of \(group.name)", of: kinds, &problems) else { return nil }
    group.keep("kind", .text(kind))
    return catalogue.first { $0.description.kind == kind }
  }

  /// The variant with its parameters; nil after a problem. The caller must call `finish`.
  static func variant<V>(
    _ group: inout GroupReader, among catalogue: [any Variant.Type], as: V.Type, _ problems: inout Problems
  ) -> V? {
    guard let type = type(&group, among: catalogue, &problems) else {
      // Without a kind, the other keys cannot be judged.
      for entry in group.node.entries ?? [] { _ = group.take(entry.key) }
      return nil
    }
    guard let values = parameters(type.description.parameters, &group, &problems) else { return nil }
    do {
      return try type.init(ParameterValues(values)) as? V
    } catch {
      problems.add(
        Problem(
          group.node[error.key] ?? group.node, "`\(group.path(error.key))` \(error.problem)", remedy: error.remedy))
      return nil
    }
  }

  private static func parameters(
    _ declared: [Parameter], _ group: inout GroupReader, _ problems: inout Problems
  ) -> [String: ParameterValue]? {
    var values = [String: ParameterValue]()
    var isComplete = true
    for parameter in declared {
      let known = group.node[parameter.key] != nil
      if let read = read(parameter, &group, mean: values["meanDegree"], &problems) {
        values[parameter.key] = read.value
        group.keep(parameter.key, read.setting)
      } else if !parameter.isOptional || known {
        isComplete = false
      }
    }
    return isComplete ? values : nil
  }

  /// A value and its resolved spelling.
  private typealias Read = (value: ParameterValue, setting: Setting)

  private static func read(
    _ parameter: Parameter, _ group: inout GroupReader, mean: ParameterValue?, _ problems: inout Problems
  ) -> Read? {
    let key = parameter.key
    guard let node = group.take(key) ?? parameter.standard?.node(in: group.node) else {
      if !parameter.isOptional {
        group.missing(key, "\(parameter.meaning)\(parameter.kind.rangeWords.map { ": " + $0 } ?? "")", &problems)
      }
      return nil
    }
    return read(parameter, node, group.path(key), mean: mean, &problems)
  }

  private static func read(
    _ parameter: Parameter, _ node: ScenarioNode, _ path: String, mean: ParameterValue?, _ problems: inout Problems
  ) -> Read? {
    switch parameter.kind {
    case .number(let range):
      return ScalarReading.number(node, path, in: range, &problems).map { (.number($0), .number($0)) }
    case .whole(let range):
      return ScalarReading.whole(node, path, in: range, unit: parameter.unit, &problems).map {
        (.whole($0), .number($0))
      }
    case .choice(let choices):
      return ScalarReading.choice(node, path, of: choices, &problems).map { (.text($0), .text($0)) }
    case .wholes(let range):
      let items = list(node, path, &problems)?.map {
        ScalarReading.whole($0, path, in: range, unit: parameter.unit, &problems)
      }
      return items?.complete().map { (.wholes($0), .list($0.map { .number($0) })) }
    case .numbers(let range):
      let items = list(node, path, &problems)?.map { ScalarReading.number($0, path, in: range, &problems) }
      return items?.complete().map { (.numbers($0), .list($0.map { .number($0) })) }
    case .text: return ScalarReading.text(node, path, &problems).map { (.text($0), .text($0)) }
    case .texts:
      let items = list(node, path, &problems)?.map { ScalarReading.text($0, path, &problems) }
      return items?.complete().map { (.texts($0), .list($0.map { .text($0) })) }
    case .distribution(let support, let reachesBelow):
      return law(node, path, support: support, reachesBelow: reachesBelow, &problems).map {
        (.distribution($0.law), $0.setting)
      }
    case .degreeLaw: return degreeLaw(node, path, mean: mean, &problems)
    }
  }

  private static func list(_ node: ScenarioNode, _ path: String, _ problems: inout Problems) -> [ScenarioNode]? {
    if case .list(let items) = node.content { return items }
    problems.add(Problem(node, "`\(path)` must be a list", remedy: "write [a, b, c]"))
    return nil
  }

  /// A law: a number is a constant, a group is a named law.
  static func law(
    _ node: ScenarioNode, _ path: String, support: ValueRange, reachesBelow: Bool = false, _ problems: inout Problems
  ) -> (law: any Distribution, setting: Setting)? {
    guard node.entries != nil else {
      return ScalarReading.number(node, path, in: support, &problems).map { (Constant(value: $0), .number($0)) }
    }
    var group = GroupReader(node, name: path, &problems)
    let law = variant(&group, among: Catalogue.distributions, as: (any Distribution).self, &problems)
    group.finish(&problems)
    guard let law else { return nil }
    guard let (low, high) = LawTrials.ends(law, .group(group.resolved)) else {
      problems.add(tooExtreme(node, path))
      return nil
    }
    // Laws of probabilities must stay within [0, 1]; other laws may exceed their upper bound.
    let saysSo = reachesBelow && (node["from"] != nil || node["values"] != nil)
    let isTooLow = !saysSo && (low < support.lower || low == support.lower && support == .positive)
    if isTooLow || support == .probability && high > 1 {
      problems.add(
        Problem(
          node, "`\(path)` takes values out of range, such as \(Digits.shortest(isTooLow ? low : high))",
          remedy: "choose a law with \(support.words)"))
      return nil
    }
    return (law, .group(group.resolved))
  }

  private static func tooExtreme(_ node: ScenarioNode, _ path: String) -> Problem {
    Problem(
      node, "`\(path)` is a law too extreme to draw from: its values reach beyond 10¹², or are no numbers",
      remedy: "write a smaller mean, cv or range")
  }

  private static func degreeLaw(
    _ node: ScenarioNode, _ path: String, mean: ParameterValue?, _ problems: inout Problems
  ) -> Read? {
    var group = GroupReader(node, name: path, &problems)
    guard let type = type(&group, among: Catalogue.degreeLaws, &problems) else { return nil }
    let declared = type.description.parameters
    var values = parameters(declared.filter { $0.key != "mean" }, &group, &problems)
    group.finish(&problems)
    let takesMean = declared.contains { $0.key == "mean" }
    switch (takesMean, mean) {
    case (true, nil):
      problems.add(
        Problem(node, "`meanDegree` is missing beside `\(path)`", remedy: "write the mean degree z of the law"))
      return nil
    case (false, .some):
      problems.add(
        Problem(
          node, "a `\(type.description.kind)` law fixes its own mean degree",
          remedy: "remove `meanDegree`, or choose a law whose mean can be set"))
      return nil
    case (true, .some(let mean)): values?["mean"] = mean
    case (false, nil): break
    }
    guard let values else { return nil }
    do {
      guard let law = try type.init(ParameterValues(values)) as? any Distribution else { return nil }
      // The mean of the network is a parameter of the law, too.
      let key = group.resolved + [Setting.Pair("mean", .number(Digits.shortest(law.mean)))]
      guard LawTrials.ends(law, .group(key)) != nil else {
        problems.add(tooExtreme(node, path))
        return nil
      }
      return (.distribution(law), .group(group.resolved))
    } catch {
      problems.add(
        Problem(node[error.key] ?? node, "`\(path).\(error.key)` \(error.problem)", remedy: error.remedy))
      return nil
    }
  }
}

extension Array {
  /// The elements if none is nil.
  fileprivate func complete<Wrapped>() -> [Wrapped]? where Element == Wrapped? {
    contains { $0 == nil } ? nil : compactMap { $0 }
  }
}

extension ParameterKind {
  /// What may be written, in words; nil if the parameter's meaning says so.
  var rangeWords: String? {
    switch self {
    case .number(let range): range.words
    case .whole(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .choice(let choices): choices.joined(separator: " | ")
    case .wholes: "a list of whole numbers"
    case .numbers(let range): "a list of numbers, each \(range.words)"
    case .texts: "a list of ids"
    case .text: nil
    case .distribution(let support, _): "a number with \(support.words), or a law with `kind`"
    case .degreeLaw: "a law with `kind`"
    }
  }
}

extension ParameterValue {
  /// The value as a node, at the place of the group that does not write it.
  fileprivate func node(in group: ScenarioNode) -> ScenarioNode {
    func scalar(_ text: String) -> ScenarioNode {
      ScenarioNode(content: .scalar(text, isQuoted: false), place: group.place, source: group.source)
    }
    switch self {
    case .number(let value): return scalar(Digits.shortest(value))
    case .whole(let value): return scalar(String(value))
    case .text(let value): return scalar(value)
    case .law(let kind, let numbers):
      let entries =
        [ScenarioNode.Entry(key: "kind", place: group.place, value: scalar(kind))]
        + numbers.sorted { $0.key < $1.key }.map {
          ScenarioNode.Entry(key: $0.key, place: group.place, value: scalar(Digits.shortest($0.value)))
        }
      return ScenarioNode(content: .group(entries), place: group.place, source: group.source)
    case .wholes, .numbers, .texts, .distribution:
      preconditionFailure("no parameter has a list or a law as its default")
    }
  }
}
