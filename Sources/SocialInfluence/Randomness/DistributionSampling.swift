extension Distribution {
  package func fill(_ values: inout MutableSpan<Double>, at places: Range<Int>, from words: Span<UInt64>) {
    for place in places { values[place] = value(at: words[place - places.lowerBound].openUnitInterval) }
  }

  package func values(atScores scores: [Double]) -> [Double] {
    scores.map { value(at: Quantile.normalCumulative($0)) }
  }

  package var constant: Double? { nil }
  package var isRoundedToDegrees: Bool { false }
  package var effort: Double { 100 }
  package var tableLength: Double { 0 }
  package var ends: ClosedRange<Double>? { nil }
  package var listed: [Int]? { nil }
}
