internal import Foundation

/// The answer in sentences.
extension VerdictReport {
  func sentence(_ group: Group) -> String? {
    let parts = [fewAgainstDensity(group), bestArm(group)].compactMap { $0 }
    return parts.isEmpty ? nil : lead(group) + parts.joined(separator: "\n")
  }

  /// Which helped more at each z, the few or density.
  func fewAgainstDensity(_ group: Group) -> String? {
    let kind: Contrast.Kind = facts.present.isEmpty ? .fewAgainstDensity : .aimAgainstDensity
    var found: [Verdict: [String]] = [:]
    var without = [String]()
    for point in group.points {
      guard let row = row(kind, point, facts.seeded) else {
        without.append(z(point))
        continue
      }
      let few = kind == .aimAgainstDensity ? self.row(.aim, point, facts.seeded) : change(point, facts.seeded)
      let effects = [few, self.row(.density, point, baseline)].map { $0.map { effect($0) } ?? "" }
      let verdict = Verdict(rawValue: contrasts.text(row, "verdict")) ?? .undecided
      var text = "z\(Self.firm)=\(Self.firm)\(z(point)) (\(effects.joined(separator: " against "))"
      if verdict == .undecided, let least = contrasts.number(row, "smallest_detectable") {
        text += ", detectable from \(Readable.compact(least))"
      }
      found[verdict, default: []].append(text + ")")
    }
    guard without.count < group.points.count else { return nil }
    let words: [(Verdict, String)] = [
      (.few, "the few helped more"), (.density, "density helped more"), (.neither, "neither helped"),
      (.noDifference, "no difference, since all gains are 1 and the few are ordinary agents,"),
      (.undecided, "undecided"),
    ]
    var parts = words.compactMap { verdict, words in found[verdict].map { words + " at " + $0.joined(separator: ", ") }
    }
    if !without.isEmpty {
      parts.append("z = \(without.joined(separator: ", ")) \(without.count == 1 ? "has" : "have") no \(dose) point")
    }
    let what = kind == .aimAgainstDensity ? "aiming at the few" : "seeding the few"
    return "\(what) against \(dose): " + parts.joined(separator: "; ") + "."
  }

  /// The best arm, and its lead over the next.
  func bestArm(_ group: Group) -> String? {
    let own = Set(arms).subtracting([facts.absent, facts.present, facts.seeded, baseline])
    let hasDensity = group.points.contains { row(.density, $0, baseline) != nil }
    guard arms.count > 1, !own.isEmpty || !hasDensity else { return nil }
    let texts = group.points.compactMap { point -> String? in
      let ranked = lines(point).filter { $0.place?.point == point }.prefix(arms.count)
      guard let best = ranked.first else { return nil }
      let place = group.points.count > 1 ? "at z\(Self.firm)=\(Self.firm)\(z(point)) " : ""
      guard let row = best.contrast else {
        let next = ranked.dropFirst().first
        let behind = next.flatMap { next in
          next.contrast.map { ", the next is `\(next.name)` with \(effect($0)): \(word($0))" }
        }
        return place + "no arm does better than `\(best.name)`\(behind ?? "")"
      }
      if contrasts.text(row, "verdict") == Verdict.noDifference.rawValue {
        return place
          + "no arm does better than `\(baseline)` by δ = \(Digits.shortest(facts.delta)) or more; `\(best.name)`, the best: "
          + effect(row) + people(row)
      }
      let text = place + "`\(best.name)` does best: \(effect(row))\(people(row)) against `\(baseline)`, \(word(row))"
      guard let second = ranked.dropFirst().first, second.contrast != nil,
        let lead = lead(best.name, over: second.name, point)
      else { return text }
      return text
        + "; its lead over `\(second.name)`\(lead.isOpen ? " may be 0" : ""): \(lead.text)"
    }
    guard !texts.isEmpty else { return nil }
    let note =
      facts.seeded.isEmpty || hasDensity ? "" : " Density has no dose here: nothing is said of it against the few."
    return texts.joined(separator: "; ") + "." + note
  }

  func word(_ row: Int) -> String {
    let word = contrasts.text(row, "verdict")
    return word == Verdict.noDifference.rawValue
      ? "no difference as large as δ = \(Digits.shortest(facts.delta))" : word
  }

  /// The difference of two arms at one point, in either direction.
  ///
  /// `isOpen`: whether the interval includes 0.
  func lead(_ arm: String, over other: String, _ point: String) -> (text: String, isOpen: Bool)? {
    func row(_ baseline: String, _ arm: String) -> Int? {
      contrastRows[[baseline, point, arm, outcome].joined(separator: "|")]
        ?? (baseline == facts.present && arm == facts.seeded ? self.row(.aim, point, arm) : nil)
    }
    func isOpen(_ row: Int) -> Bool {
      guard let lower = contrasts.number(row, "lower"), let upper = contrasts.number(row, "upper") else { return true }
      return lower <= 0 && upper >= 0
    }
    if let row = row(other, arm) { return (effect(row), isOpen(row)) }
    return row(arm, other).map { (effect($0, turned: true), isOpen($0)) }
  }

  /// A difference of shares in people, with its interval; empty where N is not one number or the outcome is no share of
  /// agents.
  private func people(_ row: Int) -> String {
    guard facts.cutoff == nil, let agents = Double(facts.agents.replacing(",", with: "")),
      let estimate = contrasts.number(row, "estimate"), let lower = contrasts.number(row, "lower"),
      let upper = contrasts.number(row, "upper")
    else { return "" }
    let isSmall = abs(estimate) * agents < 9.95
    let numbers = [estimate, lower, upper].map { share -> String in
      let people = abs(share * agents)
      let text = isSmall ? Readable.fixed(people, 1) : Readable.count(Int(saturating: people.rounded()))
      return text == "0" || text == "0.0" ? text : (share < 0 ? "−" : "+") + text
    }
    return ", \(numbers[0]) people\(Self.firm)[\(numbers[1]),\(Self.firm)\(numbers[2])]"
  }

  /// A summary of many groups: how often each lever helped more, the largest help and harm, and where the rows are.
  func digest(_ groups: [Group]) -> String {
    let points = groups.flatMap(\.points)
    let kind: Contrast.Kind = facts.present.isEmpty ? .fewAgainstDensity : .aimAgainstDensity
    var lines = ["\(groups.count) groups of points; all rows: summary.csv and contrasts.csv, or --wide here."]
    let verdicts = points.compactMap { row(kind, $0, facts.seeded).map { contrasts.text($0, "verdict") } }
    func counts(_ words: [String]) -> String {
      let counts = Dictionary(words.map { ($0, 1) }, uniquingKeysWith: +)
      return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }.joined(
        separator: ", ")
    }
    if !verdicts.isEmpty { lines.append("who helped more, aiming at the few or \(dose): " + counts(verdicts)) }
    var effects = [(name: String, rows: [(row: Int, place: String)])]()
    for group in groups {
      for point in group.points {
        for line in self.lines(point) {
          guard let row = line.contrast else { continue }
          let place = (group.title.isEmpty ? [] : [group.title]) + (group.points.count > 1 ? ["z = \(z(point))"] : [])
          let index = effects.firstIndex { $0.name == line.name } ?? effects.count
          if index == effects.count { effects.append((line.name, [])) }
          effects[index].rows.append((row, place.joined(separator: ", ")))
        }
      }
    }
    for (name, rows) in effects {
      lines.append("\(name): " + counts(rows.map { contrasts.text($0.row, "verdict") }))
      let ranked = rows.sorted { contrasts.number($0.row, "estimate") ?? 0 < contrasts.number($1.row, "estimate") ?? 0 }
      for (word, extreme) in [("helped", ranked.last), ("harmed", ranked.first)] {
        guard let extreme, contrasts.text(extreme.row, "verdict") == word else { continue }
        lines.append("  \(word) most: \(effect(extreme.row)) at \(extreme.place)")
      }
    }
    return lines.map(wrapped).joined(separator: "\n")
  }

  var dose: String { Digits.shortest(facts.densityDose) + "z" }

  func lead(_ group: Group) -> String {
    let story = group.points.first.flatMap { summaryNumber($0, baseline, "story") }.map(Digits.shortest) ?? "1"
    let isTold = group.title.contains("story \(story)")
    let parts =
      (group.title.isEmpty ? [] : [group.title]) + (facts.swept.contains("story") && !isTold ? ["s = \(story)"] : [])
    return parts.isEmpty ? "" : parts.joined(separator: ", ") + ": "
  }
}
