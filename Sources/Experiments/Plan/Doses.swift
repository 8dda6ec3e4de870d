/// For each point the point that differs from it by a dose alone; nil where the sweep has none.
struct Doses: Sendable {
  /// The point with `doses.density` times the mean degree.
  let density: [Int?]
  /// The point with `doses.story` times the story.
  let story: [Int?]

  init(_ scenario: Scenario) {
    density = Self.partners(scenario, ["network", "meanDegree"], scenario.head.densityDose) { $0.meanDegree }
    story = Self.partners(scenario, ["story"], scenario.head.storyDose) { $0.story }
  }

  private static func partners(
    _ scenario: Scenario, _ path: [String], _ dose: Double, _ value: (Condition) -> Double?
  ) -> [Int?] {
    let points = scenario.points
    var partners = [Int?](repeating: nil, count: points.count)
    guard scenario.sweeps.contains(where: { $0.path == path }) else { return partners }
    let others = scenario.sweeps.indices.filter { scenario.sweeps[$0].path != path }
    // Grouped by label: joined sweeps may repeat a value.
    let groups = Dictionary(grouping: points.indices) { point in
      others.map { scenario.sweeps[$0].labels[points[point].choices[$0]] }
    }
    for group in groups.values {
      let known = group.compactMap { point in value(points[point].arms[0]).map { (point: point, value: $0) } }
      let ascending = known.sorted { ($0.value, $0.point) < ($1.value, $1.point) }
      for own in known {
        let wanted = dose * own.value
        let slack = 1e-9 * own.value
        // Binary search for the first value that is large enough.
        var (low, high) = (0, ascending.count)
        while low < high {
          let middle = (low + high) / 2
          if ascending[middle].value < wanted - slack { low = middle + 1 } else { high = middle }
        }
        let near = ascending[low...].prefix { $0.value <= wanted + slack }
        partners[own.point] = near.map(\.point).min()
      }
    }
    return partners
  }
}
