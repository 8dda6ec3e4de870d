/// Which value a key has in a condition, as numbers: equal where sweeps and arms leave it equal.
struct ConditionVersions {
  private let expansion: SweepExpansion
  /// Keys that the arm overrides, numbered apart from those of other arms.
  private let overridden: Set<String>
  private let arm: Int
  private let sweeps: [String: [Int]]

  init(_ expansion: SweepExpansion, arm: Int, _ overrides: ScenarioNode?) {
    (self.expansion, self.arm) = (expansion, arm)
    overridden = Set((overrides?.entries ?? []).map(\.key))
    sweeps = Dictionary(grouping: expansion.sweeps.indices) { expansion.sweeps[$0].path[0] }
  }

  subscript(key: String, choices: [Int]) -> [Int] {
    [overridden.contains(key) ? arm + 1 : 0] + (sweeps[key] ?? []).map { choices[$0] }
  }
}
