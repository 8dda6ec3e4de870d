/// What the kernel of time-driven rules asks of a rule.
protocol StepChances {
  /// Whether agents can adopt without an adopter among their voices.
  var adoptsAlone: Bool { get }
  /// Steps after which the run ends.
  var steps: Int { get }
  /// Strangers whom each agent meets in each step.
  var meetings: Int { get }
  /// The chance that an agent adopts in one step.
  func chance(_ pressure: Pressure) -> Double
}

/// What bears on one agent in one step.
package struct Pressure {
  /// θ of the agent, for rules with thresholds.
  package var demand = 0.0
  /// Σ w over the adopters among its voices.
  package var exposure: Double
  /// k.
  package var inDegree: Int
  /// Σ of the force of the adopters among the strangers met; 1 each where nobody persuades more than others.
  package var met = 0.0
  /// s · h.
  var responsiveness: Double
}

/// What an adoption is owed to: influence from outside, and what one unit of voice and of a met stranger's force bring.
package struct PressureParts {
  package var outside = 0.0
  package var perVoice: Double
  var perMeeting = 0.0
}
