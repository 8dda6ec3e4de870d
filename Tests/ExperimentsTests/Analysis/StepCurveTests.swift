@testable import Experiments
import Testing

/// Curves that are kept where they change hold every step.
@Suite struct StepCurveTests {
  @Test func longRunsWithFewAdoptions() throws {
    let text = """
      format: 1
      name: slow
      draws: 6
      seeds: 0
      agents: 8
      network: { kind: complete }
      rule: { kind: bass, innovation: 0.001, imitation: 0.01, steps: 20000 }
      tables: [trajectories]

      """
    let tables = try Lab.run(text)
    let trajectories = try tables.table("trajectories.csv")
    let curves = try tables.table("curves.csv")
    // The mean of the curves is that of the trajectories, where ended cascades keep their size.
    var courses = [[Double]](repeating: [], count: 6)
    for row in trajectories.rows.indices {
      let draw = Int(trajectories.number(row, "draw") ?? 0) - 1
      #expect(trajectories.number(row, "step") == Double(courses[draw].count))
      courses[draw].append(trajectories.number(row, "adopters") ?? .nan)
    }
    let longest = courses.map(\.count).max() ?? 0
    #expect(longest > 500 && curves.rows.count == longest)
    for row in stride(from: 0, to: longest, by: 37) {
      let mean = courses.reduce(0) { $0 + ($1.count > row ? $1[row] : $1[$1.count - 1]) } / 6
      #expect(abs((curves.number(row, "mean") ?? .nan) - mean / 8) < 1e-12, "step \(row)")
    }
  }
}
