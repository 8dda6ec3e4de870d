internal import SocialInfluence

/// Reads single values strictly: numbers by JSON's grammar (and `.5`), finite; whole numbers only where they are exact.
enum ScalarReading {
  /// The number written in `node`, or nil after a problem.
  static func number(_ node: ScenarioNode, _ key: String, _ problems: inout Problems) -> Double? {
    guard case .scalar(let text, let isQuoted) = node.content else {
      let isList = if case .list = node.content { true } else { false }
      problems.add(
        Problem(
          node, "`\(key)` must be a number",
          remedy: isList ? "write one number, or { values: [a, b] } to sweep it" : "write one number"))
      return nil
    }
    if !isQuoted && Written.isNumber(text), let value = Double(text), value.isFinite { return value }
    problems.add(Problem(node, "`\(text)` is not a number as `\(key)` needs it", remedy: hint(text, isQuoted)))
    return nil
  }

  static func whole(
    _ node: ScenarioNode, _ key: String, in range: ClosedRange<Int>, unit: String, _ problems: inout Problems
  ) -> Int? {
    guard let value = number(node, key, &problems) else { return nil }
    // Reads the digits themselves: a Double would lose the last ones beyond 2⁵³.
    var written: Int?
    if case .scalar(let text, _) = node.content { written = Int(text) }
    guard let whole = written ?? Int(exactly: value) else {
      let what = unit.isEmpty ? "" : " of \(unit)"
      problems.add(
        Problem(
          node, "`\(key)` is \(Digits.shortest(value)), not a whole number\(what)",
          remedy: "write a whole number from \(range.lowerBound) to \(range.upperBound)"))
      return nil
    }
    guard range.contains(whole) else {
      problems.add(
        Problem(
          node, "`\(key)` is \(whole), out of range",
          remedy: "write a whole number from \(range.lowerBound) to \(range.upperBound)"))
      return nil
    }
    return whole
  }

  static func number(
    _ node: ScenarioNode, _ key: String, in range: ValueRange, _ problems: inout Problems
  ) -> Double? {
    guard let value = number(node, key, &problems) else { return nil }
    guard range.contains(value) else {
      problems.add(
        Problem(
          node, "`\(key)` is \(Digits.shortest(value)), out of range", remedy: "write a number with \(range.words)"))
      return nil
    }
    return value
  }

  static func text(_ node: ScenarioNode, _ key: String, _ problems: inout Problems) -> String? {
    guard case .scalar(let text, _) = node.content else {
      problems.add(Problem(node, "`\(key)` must be a text", remedy: "write one word or a quoted text"))
      return nil
    }
    return text
  }

  static func choice(
    _ node: ScenarioNode, _ key: String, of choices: [String], _ problems: inout Problems
  ) -> String? {
    guard let text = text(node, key, &problems) else { return nil }
    if choices.contains(text) { return text }
    // YAML's other words for truth are texts here.
    let truth = ["yes": "true", "on": "true", "no": "false", "off": "false"][text.lowercased()]
    let meant = truth.flatMap { choices.contains($0) ? $0 : nil } ?? Spelling.nearest(text, among: choices)
    let near = meant.map { "did you mean `\($0)`? " } ?? ""
    let what =
      choices == ["true", "false"] ? "`\(key)` is `\(text)`, neither true nor false" : "`\(text)` is not a \(key)"
    problems.add(Problem(node, what, remedy: near + "known: " + choices.joined(separator: ", ")))
    return nil
  }

  /// Labels become CSV cells and folder names: nothing in them can be a formula, a path or an escape.
  static func label(_ node: ScenarioNode, _ key: String, _ problems: inout Problems) -> String? {
    guard let text = text(node, key, &problems) else { return nil }
    if Written.isLabel(text) { return text }
    problems.add(
      Problem(
        node, "`\(key)` is not a label",
        remedy:
          "start with a letter or digit; letters, digits, blanks and any of . _ - may follow; at most 64 characters"))
    return nil
  }

  private static func hint(_ text: String, _ isQuoted: Bool) -> String {
    if isQuoted { return "write the number without quotes" }
    if text.hasSuffix("%"), let value = Double(text.dropLast()) {
      return "write the share as a number: \(Digits.shortest(value / 100))"
    }
    if text.hasPrefix("0x") || text.hasPrefix("0X") { return "write a decimal number" }
    if text.contains("_") { return "write the number without `_`" }
    if text.contains(":") { return "write one decimal number; times and ratios are not read" }
    if text.hasPrefix("+") { return "write the number without `+`" }
    if text.count > 1, text.hasPrefix("0"), let value = Double(text) {
      return "write \(Digits.shortest(value)): a leading zero could mean an octal number"
    }
    if ["nan", ".nan", "inf", ".inf", "-.inf", "infinity"].contains(text.lowercased()) {
      return "write a finite number"
    }
    if Written.isNumber(text) { return "write a number that a 64-bit floating-point number can hold" }
    return "write a number, such as 0.15, 4 or 1e6"
  }
}

extension ValueRange {
  /// The range in words for a remedy: `0 < x ≤ 1`.
  var words: String {
    switch (lower == -.infinity, upper == .infinity) {
    case (true, true): "a finite value"
    case (true, false): "x \(includesUpper ? "≤" : "<") \(Digits.shortest(upper))"
    case (false, true): "x \(includesLower ? "≥" : ">") \(Digits.shortest(lower))"
    case (false, false):
      "\(Digits.shortest(lower)) \(includesLower ? "≤" : "<") x \(includesUpper ? "≤" : "<") \(Digits.shortest(upper))"
    }
  }
}
