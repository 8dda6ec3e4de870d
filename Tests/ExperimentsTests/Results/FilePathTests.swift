@testable import Experiments
import Testing

@Suite struct FilePathTests {
  @Test(arguments: [
    ("a", "", "a"), ("a/b", "a", "b"), ("/a", "/", "a"), ("a/b/", "a", "b"), ("./x.yaml", ".", "x.yaml"),
    ("/", "/", ""), ("", "", ""),
  ])
  func parts(path: String, folder: String, name: String) {
    #expect(FilePath.folder(path) == folder && FilePath.name(path) == name)
  }

  @Test func joins() {
    #expect(FilePath.join("", "a") == "a" && FilePath.join("/", "a") == "/a" && FilePath.join("b", "a") == "b/a")
  }
}
