/// Tables with rows for every cascade, written if the scenario lists them under `tables`.
enum RequestedTable: String, CaseIterable, Sendable {
  case trajectories, transmissions, agents, influence, seeds, groups

  /// The names of its files, without `.csv`.
  var fileNames: [String] { self == .influence ? ["influence", "generations", "lorenz"] : [rawValue] }

  /// Whether it needs traces of who convinced whom.
  var needsTrace: Bool { self == .transmissions || self == .agents || self == .influence }
}
