/// A grid without borders: agent row · columns + column is tied to all agents within `range`.
///
/// Used for complex contagion by D. Centola, M. Macy (2007), Am. J. Sociology 113:702, doi:10.1086/521848.
struct Torus: NetworkGenerator {
  let traits: GeneratorTraits
  let rows: Int
  let columns: Int
  private let range: Int
  private let isMoore: Bool

  init(_ values: ParameterValues) throws(InvalidParameter) {
    (rows, columns) = (values.whole("rows"), values.whole("columns"))
    let range = values.whole("range")
    guard 2 * range < min(rows, columns) else {
      throw InvalidParameter(
        "range", "\(range) reaches round the torus", remedy: "write less than half the shorter side")
    }
    self.range = range
    isMoore = values.text("neighborhood") == "moore"
    let (cells, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard !overflow, cells < Int(UInt32.max) else {
      throw InvalidParameter("rows", "times `columns` exceeds 2³² − 1 agents", remedy: "write a smaller grid")
    }
    traits = GeneratorTraits(
      isRandom: false, meanDegree: Double((isMoore ? 4 : 2) * range * (range + 1)), agentCount: cells,
      isIntegerOnly: true, width: .grid)
  }

  static let description = Description(
    "torus", "a grid without borders", source: "Centola & Macy 2007, doi:10.1086/521848",
    parameters: [
      Parameter("rows", .whole(1...1 << 31), "rows of the grid"),
      Parameter("columns", .whole(1...1 << 31), "columns of the grid"),
      Parameter(
        "neighborhood", .choice(["moore", "von-neumann"]), standard: .text("moore"),
        "moore: the square around an agent; von-neumann: the diamond"),
      Parameter("range", .whole(1...1 << 20), unit: "cells", standard: .whole(1), "how far ties reach"),
    ])

  func network(_ demand: NetworkDemand, at address: RandomAddress) -> Network {
    let steps = steps
    var ties = TieList()
    ties.reserveCapacity(rows * columns * steps.count)
    for row in 0..<rows {
      for column in 0..<columns {
        for step in steps {
          let other = (row + step.down) % rows * columns + (column + step.right + columns) % columns
          ties.append(row * columns + column, other)
        }
      }
    }
    return Network(agentCount: rows * columns, ties: ties, isDirected: false, workers: demand.workers)
  }

  /// Half of an agent's ties, to list each once: to rows below, and to the right.
  private var steps: [(down: Int, right: Int)] {
    var steps = [(down: Int, right: Int)]()
    for down in 0...range {
      for right in -range...range where down > 0 || right > 0 {
        if isMoore || down + abs(right) <= range { steps.append((down, right)) }
      }
    }
    return steps
  }
}
