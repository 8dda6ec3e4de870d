/// The numbers that a parameter may take.
package struct ValueRange: Sendable, Equatable {
  package let lower: Double
  package let upper: Double
  package let includesLower: Bool
  package let includesUpper: Bool

  package init(_ lower: Double, _ upper: Double, includesLower: Bool = true, includesUpper: Bool = true) {
    (self.lower, self.upper) = (lower, upper)
    (self.includesLower, self.includesUpper) = (includesLower, includesUpper)
  }

  package static let probability = ValueRange(0, 1)
  package static let positive = ValueRange(0, .infinity, includesLower: false)
  package static let nonNegative = ValueRange(0, .infinity)
  package static let any = ValueRange(-.infinity, .infinity)
  /// Means and scales of laws: wide enough for every study, narrow enough that nothing overflows.
  package static let scale = ValueRange(1e-9, 1e9)
  /// Coefficients of variation of laws.
  package static let variation = ValueRange(1e-6, 1e3)

  package func contains(_ value: Double) -> Bool {
    (includesLower ? value >= lower : value > lower) && (includesUpper ? value <= upper : value < upper)
  }
}

/// The type of a parameter's value.
package enum ParameterKind: Sendable {
  case number(ValueRange)
  case whole(ClosedRange<Int>)
  case choice([String])
  case wholes(ClosedRange<Int>)
  case numbers(ValueRange)
  case texts
  case text
  /// A constant in `support`, or a named law, which may not reach below it; with `reachesBelow` laws that write `from`
  /// or `values` may.
  case distribution(support: ValueRange, reachesBelow: Bool = false)
  /// A law of degrees: a named law of counts, its mean the network's mean degree unless the law fixes its own.
  case degreeLaw
}

/// A value that has been read and checked.
package enum ParameterValue: Sendable {
  case number(Double)
  case whole(Int)
  case text(String)
  case wholes([Int])
  case numbers([Double])
  case texts([String])
  case distribution(any Distribution)
  /// A default law, by its kind and numbers.
  case law(String, [String: Double])
}

/// One parameter of a variant, declared once: reading, range checks, suggestions, help and manifest follow from it.
package struct Parameter: Sendable {
  package let key: String
  package let kind: ParameterKind
  /// The unit in words; "" for a pure number.
  package let unit: String
  /// The default; without it the parameter must be written, unless `isOptional`.
  package let standard: ParameterValue?
  private(set) package var isOptional = false
  package let meaning: String

  init(_ key: String, _ kind: ParameterKind, unit: String = "", standard: ParameterValue? = nil, _ meaning: String) {
    (self.key, self.kind, self.unit, self.standard, self.meaning) = (key, kind, unit, standard, meaning)
  }

  /// A parameter that may be left out, without a default.
  static func optional(_ key: String, _ kind: ParameterKind, unit: String = "", _ meaning: String) -> Parameter {
    var parameter = Parameter(key, kind, unit: unit, meaning)
    parameter.isOptional = true
    return parameter
  }
}

/// A variant as help, checks and manifest describe it.
package struct Description: Sendable {
  /// The value of `kind` in a scenario.
  package let kind: String
  package let summary: String
  /// Where it was published.
  package let source: String
  package let parameters: [Parameter]

  init(_ kind: String, _ summary: String, source: String, parameters: [Parameter]) {
    (self.kind, self.summary, self.source, self.parameters) = (kind, summary, source, parameters)
  }
}

/// Parameter values that are invalid although each is in its range, with the key to blame.
package struct InvalidParameter: Error, Sendable {
  package let key: String
  package let problem: String
  package let remedy: String

  init(_ key: String, _ problem: String, remedy: String) {
    (self.key, self.problem, self.remedy) = (key, problem, remedy)
  }
}

/// The checked parameters of one variant.
package struct ParameterValues: Sendable {
  private var values: [String: ParameterValue]

  package init(_ values: [String: ParameterValue]) { self.values = values }

  /// - Precondition: `key` is declared as a number and is present or has a default.
  package func number(_ key: String) -> Double {
    switch values[key] {
    case .number(let value): return value
    case .whole(let value): return Double(value)
    default: preconditionFailure("parameter \(key) is not declared as a number")
    }
  }

  func optionalNumber(_ key: String) -> Double? { values[key] == nil ? nil : number(key) }

  package func whole(_ key: String) -> Int {
    guard case .whole(let value) = values[key] else { preconditionFailure("parameter \(key) is not a whole number") }
    return value
  }

  package func text(_ key: String) -> String {
    guard case .text(let value) = values[key] else { preconditionFailure("parameter \(key) is not a word") }
    return value
  }

  package func wholes(_ key: String) -> [Int] {
    guard case .wholes(let value) = values[key] else { preconditionFailure("parameter \(key) is not a list") }
    return value
  }

  package func texts(_ key: String) -> [String] {
    guard case .texts(let value) = values[key] else { return [] }
    return value
  }

  func optionalWhole(_ key: String) -> Int? { values[key] == nil ? nil : whole(key) }

  func optionalText(_ key: String) -> String? { values[key] == nil ? nil : text(key) }

  func optionalDistribution(_ key: String) -> (any Distribution)? {
    values[key] == nil ? nil : distribution(key)
  }

  package func numbers(_ key: String) -> [Double] {
    guard case .numbers(let value) = values[key] else { preconditionFailure("parameter \(key) is not a list") }
    return value
  }

  package func distribution(_ key: String) -> any Distribution {
    guard case .distribution(let value) = values[key] else { preconditionFailure("parameter \(key) is not a law") }
    return value
  }
}

/// A rule, generator, seeding or law that a scenario can name by its `kind`.
package protocol Variant: Sendable {
  static var description: Description { get }
  init(_ values: ParameterValues) throws(InvalidParameter)
}
