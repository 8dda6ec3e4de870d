/// The agents with the highest or lowest number in a column of the agents file; equal ones in random order, the same in
/// every draw on a network. Agents without a number are not seeded.
struct SeedsByColumn: SeedingStrategy {
  let column: String
  let isDescending: Bool

  init(_ values: ParameterValues) {
    (column, isDescending) = (values.text("column"), values.text("order") == "highest")
  }

  static let description = Description(
    "by-column", "the agents with the highest or lowest number in a column of the agents file", source: "",
    parameters: [
      Parameter("column", .text, "a column of the agents file that holds numbers"),
      Parameter("order", .choice(["highest", "lowest"]), standard: .text("highest"), "who comes first"),
    ])

  var isFixed: Bool { true }
  var columns: [String] { [column] }

  func pool(_ context: SeedingContext) -> SeedPool {
    let values = context.column(column)
    let scores = values.map { value in (value ?? 0) * (isDescending ? 1 : -1) }
    return .ranked(context.ranking(scores, series: 24).filter { values[Int($0)] != nil })
  }
}
