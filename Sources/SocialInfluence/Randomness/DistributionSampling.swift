extension Distribution {
  package func fill(_ values: UnsafeMutablePointer<Double>, from words: UnsafePointer<UInt64>, count: Int) {
    for place in 0..<count { values[place] = value(at: words[place].openUnitInterval) }
  }

  package func values(atScores scores: [Double]) -> [Double] {
    scores.map { value(at: Quantile.normalCumulative($0)) }
  }

  package var constant: Double? { nil }
  package var isRoundedToDegrees: Bool { false }
  package var effort: Double { 100 }
  package var listed: [Int]? { nil }
}
