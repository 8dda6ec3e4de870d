/// Versions of the keys in conditions: equal versions mean equal values.
struct ConditionVersions {
  private let expansion: SweepExpansion
  /// Keys that the arm overrides; their versions differ from those of other arms.
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
