@testable import Experiments
import Foundation
@testable import SocialInfluence
import Testing

/// Files that readers have met, and every file that broke one: each is read or refused by every reader, in every way.
struct CorpusTests {
  private static let folder = Lab.repository + "/Tests/Corpus"
  private static let names = (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? []

  @Test("no reader traps on any file of the corpus", arguments: NetworkFormat.allCases)
  func corpus(format: NetworkFormat) {
    #expect(Self.names.count > 15)
    for name in Self.names {
      for isDirected in [true, false] {
        var settings = EdgeListSettings(path: Self.folder + "/" + name, isDirected: isDirected)
        settings.format = format
        settings.loops = .drop
        do {
          let network = try EdgeList.read(settings, workers: 1).network
          #expect(network.firstBrokenInvariant() == nil, "\(name)")
        } catch {
          #expect(!error.message.isEmpty && [.wrongInput, .beyondTheMachine].contains(error.code), "\(name)")
        }
      }
    }
  }

  @Test("each file is read or refused by the reader of its name as it should be")
  func own() throws {
    let refused = ["edge-list-two-modes.csv", "edge-list-dated.csv", "edge-list-signed.txt", "ucinet-many-agents.dl"]
    for name in Self.names where NetworkFormat.allCases.contains(where: { name.hasPrefix($0.rawValue) }) {
      let format = NetworkFormat.allCases.filter { name.hasPrefix($0.rawValue) }.max {
        $0.rawValue.count < $1.rawValue.count
      }
      // Whether the file has a direction is its own matter.
      let isRead = [true, false].contains { isDirected in
        var settings = EdgeListSettings(path: Self.folder + "/" + name, isDirected: isDirected)
        settings.format = format
        return (try? EdgeList.read(settings, workers: 1)) != nil
      }
      #expect(isRead != refused.contains(name), "\(name)")
    }
  }
}
