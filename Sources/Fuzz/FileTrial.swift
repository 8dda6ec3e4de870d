@testable import Experiments
internal import Foundation
@testable import SocialInfluence

/// Network files and agents files with random changes: whatever the bytes, they must be read or refused, and never
/// trap.
struct FileTrial {
  let seed: UInt64

  /// Samples of every format, readable or not.
  private static let seeds = [
    "source,target,weight\na,b,2\nb,c,0.5\nc,a,1\n", "1 2\n2 3\n3 4\n4 1\n", "0\t1\r\n1\t2\r\n", "1;2;0,5\r2;3;0,7\r",
    "\"from\" \"to\"\n\"1\" \"a b\" \"c\"\n\"2\" \"c\" \"d \"\"e\"\"\"\n", "\"\",\"from\",\"to\"\n\"1\",\"a\",\"b\"\n",
    "# source, target\n% x\na,b\n#\nb,c\n", "\u{FEFF}Ego,Alter\nä,ö\n", "a pp b\nb pp c\nc pp d\n",
    "dl n=3 format=fullmatrix\nlabels: a,b,c\ndata:\n0 1 0\n1 0 1\n0 1 0\n",
    "DL N = 3, FORMAT = EDGELIST1\nLABELS EMBEDDED\nDATA:\na b 2\nb c 1\n", "*Vertices 2\n1 2\n",
    ",a,b\na,0,1\nb,1,0\n",
    "12345678 87654321\n99999999 1\n100000000 2\n", "i,j\nj,k\n", "id,group,threshold,seed\na,x,0.5,1\nb,y,,0\n",
    "NA,1\n-,2\n",
    "*Vertices 3\n1 \"a b\"\n2 c\n*Arcs\n1 2 2.5\n*Edges\n2 3\n", "*Vertices 2\n*Matrix\n0 1\n1 0\n",
    "%%MatrixMarket matrix coordinate real general\n3 3 2\n1 2 .5\n3 1 2\n",
    "graph [ directed 1 node [ id 7 label \"A &#38;\" ] node [ id 8 ]\nedge [ source 7 target 8 value 3 ] ]\n",
    "<graphml><key id=\"d\" for=\"edge\" attr.name=\"weight\"><default>4</default></key><graph edgedefault=\"directed\">"
      + "<node id=\"a\"/><node id=\"b\"/><edge source=\"a\" target=\"b\"><data key=\"d\">2</data></edge></graph></graphml>",
    "<gexf><graph defaultedgetype=\"directed\"><nodes><node id=\"1\"/><node id=\"2\"/></nodes><edges>"
      + "<edge source=\"1\" target=\"2\" weight=\"2.5\"/></edges></graph></gexf>",
    "ann bob cy\nbob\ncy dan\n", ",ann,bob\nann,0,1\nbob,1,0\n", "0;1,5\n0;0\n",
  ]

  func run(_ numbers: Range<Int>) -> String {
    var (read, refused) = (0, 0)
    let path = NSTemporaryDirectory() + "/fuzz-last-\(getpid()).txt"
    defer { try? FileManager.default.removeItem(atPath: path) }
    for number in numbers {
      var dice = Dice(UInt64(number) &* 2_654_435_761 ^ seed)
      var bytes = Array(Self.seeds[dice.below(Self.seeds.count)].utf8)
      for _ in 0..<dice.below(6) { change(&bytes, &dice) }
      try? Data(bytes).write(to: URL(fileURLWithPath: path))
      var settings = EdgeListSettings(path: path, isDirected: dice.below(2) == 0)
      settings.loops = dice.below(2) == 0 ? .drop : .refuse
      settings.repeats = dice.below(2) == 0 ? .drop : .refuse
      settings.encoding = dice.below(4) == 0 ? .latin1 : .utf8
      if dice.below(4) == 0 { settings.weight = .numbered(dice.below(4) + 1) }
      if dice.below(8) == 0 { settings.source = .numbered(dice.below(3) + 1) }
      // Mostly the sample's own format, sometimes any.
      let text = String(decoding: bytes.prefix(20), as: UTF8.self).lowercased()
      let own: NetworkFormat? =
        text.hasPrefix("dl")
        ? .ucinet
        : text.contains("*vert")
          ? .pajek
          : text.contains("%%m")
            ? .matrixMarket
            : text.contains("graph [")
              ? .gml : text.contains("<graphml") ? .graphML : text.contains("<gexf") ? .gexf : nil
      settings.format = dice.below(4) == 0 ? NetworkFormat.allCases[dice.below(NetworkFormat.allCases.count)] : own
      if dice.below(3) == 0 { settings.agentsFile = AgentsFileSettings(path: path) }
      do {
        _ = try EdgeList.read(settings, workers: 1)
        read += 1
      } catch {
        refused += 1
      }
    }
    return "\(numbers.count) files: \(read) read, \(refused) refused"
  }

  /// Inserts, removes or changes bytes that mean something to a reader, or copies a few bytes.
  private func change(_ bytes: inout [UInt8], _ dice: inout Dice) {
    let special: [UInt8] = [0, 9, 10, 13, 32, 34, 35, 44, 45, 48, 49, 59, 0xFF, 0xC3, 0x80, 0xEF]
    let place = dice.below(bytes.count + 1)
    switch dice.below(4) {
    case 0: bytes.insert(special[dice.below(special.count)], at: place)
    case 1 where place < bytes.count: bytes.remove(at: place)
    case 2 where place < bytes.count: bytes[place] = special[dice.below(special.count)]
    default:
      let end = min(bytes.count, place + dice.below(12))
      bytes.insert(contentsOf: bytes[place..<end], at: dice.below(bytes.count + 1))
    }
  }
}
