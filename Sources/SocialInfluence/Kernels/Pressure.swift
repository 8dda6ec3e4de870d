/// What `StepKernel` needs to know of a rule.
protocol StepChances {
  /// Whether agents can adopt without an adopter among their speakers.
  var hasOutsideInfluence: Bool { get }
  /// Steps after which the run ends.
  var steps: Int { get }
  /// Strangers that each agent meets in each step.
  var meetings: Int { get }
  /// The chance that an agent adopts in one step.
  func chance(_ pressure: Pressure) -> Double
}

/// The influence on one agent in one step.
package struct Pressure {
  /// The agent's demand; 0 if the rule draws none.
  package var demand = 0.0
  /// Σ w over the adopters among its speakers.
  package var exposure: Double
  /// k: the number of its voices.
  package var inDegree: Int
  /// Σ force over the adopters among the strangers met; force is 1 if agents do not differ in persuasion.
  package var met = 0.0
  /// s · h.
  var responsiveness: Double
}

/// How credit for an adoption is shared: by outside influence, per unit of weight of a voice, and per unit of force of
/// a stranger met.
package struct PressureParts {
  package var outside = 0.0
  package var perVoice: Double
  var perMeeting = 0.0
}
