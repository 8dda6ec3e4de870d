import Testing

@testable import Experiments

/// Names that a table has no room for.
struct ShortNamesTests {
  @Test(arguments: [
    // Beginnings and ends may differ, or only the middle.
    ["the arm of number 10", "the arm of number 11", "x"],
    ["mentors in the north office", "mentors in the south office", "mentors in the west office", "mentors now"],
    ["a long beginning of a name: one, and a long end of it", "a long beginning of a name: two, and a long end of it"],
    ["the very same name of an arm", "the very same name of an arm"],
  ])
  func stayApart(names: [String]) {
    for columns in [12, 16, 24] {
      let short = Readable.shortened(names, to: columns)
      #expect(Set(short).count == Set(names).count && short.count == names.count)
      #expect(short.allSatisfy { $0.count <= columns }, "\(short)")
    }
    #expect(Readable.shortened(names, to: 60) == names)
  }
}
