/// Random members of the few, or of one role.
struct SeedsByRole: SeedingStrategy {
  let role: Role?

  init(_ values: ParameterValues) {
    let name = values.text("role")
    role = Role.allCases.first { $0.name == name }
  }

  static let description = Description(
    "by-role", "random members of the few, or of one role", source: "",
    parameters: [
      Parameter(
        "role", .choice(["few"] + Role.allCases.map(\.name)), standard: .text("few"),
        "few: anyone with at least one role")
    ])

  var seedsTheFew: Bool { true }

  var aim: SeedingAim { .role(role) }

  func pool(_ context: SeedingContext) -> SeedPool { .anyOf(context.membership.members(role)) }
}
