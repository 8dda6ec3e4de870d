internal import CProcess
internal import Foundation

/// Limits set by this machine or by the container around this process.
enum Machine {
  /// Bytes available to this process: the least of free memory, the limits of its control groups, and its own limits.
  static var memory: Int {
    ([available] + groupLimits + [limit(RLIMIT_AS), limit(RLIMIT_DATA)]).compactMap { $0 }.min()
      ?? Int(clamping: ProcessInfo.processInfo.physicalMemory)
  }

  /// Exits with 69 if threads cannot be created: waiting for a thread that cannot start would hang.
  static func checkThreads() {
    let needed = ProcessInfo.processInfo.activeProcessorCount + 1
    guard process_can_make_threads(Int32(clamping: needed)) == 0 else { return }
    process_leave(
      Failure.Code.beyondTheMachine.rawValue,
      "influents: \(needed) threads cannot be started: this user, or this container, has too many processes, or too little memory (ulimit -v)\n"
    )
  }

  /// Raises the soft limit of open files to 1,024, if allowed; exits with 69 if 24 more files cannot be opened: inputs,
  /// tables and notes each need one.
  static func checkFiles() {
    let needed = 24
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    if limit.rlim_cur < limit.rlim_max {
      limit.rlim_cur = min(limit.rlim_max, max(limit.rlim_cur, 1024))
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
    // Files inherited open from the parent process count, too.
    let opened = (0..<needed).map { _ in open("/dev/null", O_RDONLY | O_CLOEXEC) }
    for file in opened where file >= 0 { close(file) }
    guard opened.contains(where: { $0 < 0 }) else { return }
    process_leave(
      Failure.Code.beyondTheMachine.rawValue,
      "influents: \(needed) files cannot be open at once: raise the limit (ulimit -n 256)\n")
  }

  /// Makes allocations beyond `memory` fail, so that the run ends with a message; otherwise the kernel would kill it
  /// silently.
  static func limitMemory() {
    let memory = memory
    // The rest is for program pages and kernel tables, which count in a control group, too.
    _ = process_limit_memory(UInt64(memory - memory / 50))
  }

  /// Bytes that the system can give without evicting others, free swap included.
  private static var available: Int? {
    bytes("MemAvailable", in: "/proc/meminfo").map { $0 + (bytes("SwapFree", in: "/proc/meminfo") ?? 0) }
  }

  /// Bytes resident now.
  static var resident: Int? { bytes("VmRSS", in: "/proc/self/status") }

  /// The most bytes resident so far.
  static var peak: Int? { bytes("VmHWM", in: "/proc/self/status") }

  /// The value of a line `key:   123 kB` of a file in /proc, in bytes.
  private static func bytes(_ key: String, in path: String) -> Int? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    let line = text.split(separator: "\n").first { $0.hasPrefix(key + ":") }
    return line.flatMap { $0.split(whereSeparator: \.isWhitespace).dropFirst().first }.flatMap { Int($0) }.map {
      1024 * $0
    }
  }

  private static func limit(_ resource: __rlimit_resource) -> Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0, limit.rlim_cur != rlim_t.max else {
      return nil
    }
    return Int(clamping: limit.rlim_cur)
  }

  /// The memory limits of this process's control groups and their ancestors, in cgroups v1 and v2.
  private static var groupLimits: [Int] {
    let lines = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8))?.split(separator: "\n") ?? []
    return lines.flatMap { line -> [Int] in
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 3 else { return [] }
      let isSecond = parts[0] == "0" && parts[1].isEmpty
      guard isSecond || parts[1].split(separator: ",").contains("memory") else { return [] }
      let root = isSecond ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
      let file = isSecond ? "memory.max" : "memory.limit_in_bytes"
      var groups = parts[2].split(separator: "/").map(String.init)
      var limits = [Int]()
      while true {
        let place = ([root] + groups + [file]).joined(separator: "/")
        let text = try? String(contentsOfFile: place, encoding: .utf8)
        if let bytes = text.flatMap({ Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }) {
          limits.append(bytes)
        }
        if groups.isEmpty { return limits }
        groups.removeLast()
      }
    }
  }
}
