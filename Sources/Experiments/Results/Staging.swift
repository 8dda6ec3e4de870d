private import CProcess
internal import Foundation

/// The folder inside a results folder where a run writes until it is complete, locked by one process at a time.
///
/// It lies inside its target so that renames stay within one file system, a mount point can be a target, and the next
/// run finds what a killed one left. Files in it are created exclusively, never through a link. The manifest is written
/// last: if it is intact and all files are there, the next run finishes a killed `publish`; otherwise it removes them.
/// Outside this folder, only files that the manifest of the target lists, or that a killed `publish` had moved, are
/// replaced or removed.
struct Staging: Sendable {
  static let name = ".influents-partial"
  private static let lockName = "lock"
  /// Every name that may occur in it.
  private static let known = Manifest.fileNames.union([lockName, CurveSpool.name]).sorted()

  private let target: String
  /// The path of the staging folder.
  let path: String
  private let lock: Int32
  /// Whether this run created the target, which is then removed if it stays empty.
  private let madeTarget: Bool

  static func isIn(_ target: String) -> Bool { FileSystem.kind(FilePath.join(target, name)) != .nothing }

  /// Creates and locks the folder; finishes or removes what a killed run left there.
  ///
  /// - Throws: 73 if it cannot be created, or something else is in its place; 75 if another run holds the lock.
  static func enter(_ target: String) throws(Failure) -> Staging {
    var madeTarget = false
    switch FileSystem.kind(target) {
    case .folder: break
    case .nothing:
      try? FileManager.default.createDirectory(
        atPath: FilePath.folder(target).isEmpty ? "." : FilePath.folder(target), withIntermediateDirectories: true)
      madeTarget = FileSystem.makeFolder(target)
      guard madeTarget || errno == EEXIST && FileSystem.kind(target) == .folder else {
        throw Failure(.cannotCreate, "\(target): the folder cannot be created: \(FileSystem.reason)")
      }
    case let kind: throw ResultsFolder.foreign(target, "is \(kind.words)")
    }
    let path = FilePath.join(target, name)
    // Another run may remove the folder when it ends; try again.
    for _ in 0..<10 {
      if !FileSystem.makeFolder(path), errno != EEXIST {
        let reason = FileSystem.reason
        if madeTarget { rmdir(target) }
        throw Failure(.cannotCreate, "\(target): nothing can be written there: \(reason)")
      }
      let kind = FileSystem.kind(path)
      if kind == .nothing { continue }
      guard kind == .folder else { throw ResultsFolder.foreign(path, "is no folder") }
      // Every run takes the lock first, so files without a lock are not ours.
      let names = FileSystem.names(path) ?? []
      if let stranger = names.first(where: { !known.contains($0) || !names.contains(lockName) }) {
        throw ResultsFolder.foreign(FilePath.join(path, stranger), "was not written by a run")
      }
      if let lock = try takeLock(path) {
        let staging = Staging(target: target, path: path, lock: lock, madeTarget: madeTarget)
        try staging.recover()
        Leftovers.register(known, in: path, isOwn: true, parent: madeTarget ? target : nil)
        return staging
      }
    }
    throw busy(target, "")
  }

  /// A descriptor that holds the lock; nil if the folder or the lock file was removed meanwhile.
  private static func takeLock(_ folder: String) throws(Failure) -> Int32? {
    let place = FilePath.join(folder, lockName)
    let lock = open(place, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o644)
    guard lock >= 0 else {
      if errno == ENOENT { return nil }
      throw Failure(.cannotCreate, "\(place): cannot be created: \(FileSystem.reason)")
    }
    // A pipe or a hard-linked file is not ours.
    var own = stat()
    guard fstat(lock, &own) == 0, own.st_mode & S_IFMT == S_IFREG, own.st_nlink <= 1 else {
      _ = Foundation.close(lock)
      throw ResultsFolder.foreign(place, "was not written by a run")
    }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      let isHeld = errno == EWOULDBLOCK
      let reason = FileSystem.reason
      var holder = [UInt8](repeating: 0, count: 200)
      let count = max(0, pread(lock, &holder, holder.count, 0))
      _ = Foundation.close(lock)
      guard isHeld else { throw Failure(.cannotCreate, "\(place): cannot be locked: \(reason)") }
      throw busy(FilePath.folder(folder), String(decoding: holder[..<count], as: UTF8.self))
    }
    guard let there = FileSystem.status(place), there.st_ino == own.st_ino, there.st_dev == own.st_dev
    else {
      _ = Foundation.close(lock)
      return nil
    }
    guard isOwn(lock, folder) else {
      _ = Foundation.close(lock)
      throw ResultsFolder.foreign(place, "was not written by a run")
    }
    // Written over, and then cut: a kill in between leaves a lock that is known as ours.
    let holder = Array("\(Self.holderMark)\(getpid()) on \(ProcessInfo.processInfo.hostName)".utf8)
    try? OutputFile.writeAll(holder, to: lock, name: place)
    ftruncate(lock, off_t(holder.count))
    return lock
  }

  private static let holderMark = "process "

  /// Whether a lock names a process, as every run writes before it writes anything else.
  private static func isOwn(_ lock: Int32, _ folder: String) -> Bool {
    var text = [UInt8](repeating: 0, count: holderMark.utf8.count)
    let count = pread(lock, &text, text.count, 0)
    if count == 0 { return FileSystem.names(folder) == [lockName] }
    return text == Array(holderMark.utf8)
  }

  private static func busy(_ target: String, _ holder: String) -> Failure {
    Failure(
      .busy,
      "\(target): another run is writing there\(holder.isEmpty ? "" : " (\(holder))")\n"
        + "  = wait until it is done, or choose another folder with --output")
  }

  // MARK: Recovery after a kill

  private func recover() throws(Failure) {
    let left = FileSystem.names(path) ?? []
    guard left.contains(where: { $0 != Self.lockName }) else { return }
    if isWhole {
      try publish(keepsLock: true)
      StandardError.note("\(target): a run was killed while it put its results there; that is finished now")
    } else {
      StandardError.note("\(target): what a killed run left unfinished was removed")
      takeBack()
      removeFiles()
    }
  }

  /// Removes tables that a killed run had already moved to the target, if the rest is lost. A table that the manifest
  /// of the target lists with the same checksum stays.
  private func takeBack() {
    guard case .whole(let manifest) = Manifest.read(FilePath.join(path, Manifest.fileName)) else { return }
    var old = [String: String]()
    if case .whole(let manifest) = Manifest.read(FilePath.join(target, Manifest.fileName)) { old = manifest.checksums }
    for (name, checksum) in manifest.checksums where !isHere(name) && old[name] != checksum {
      let place = FilePath.join(target, name)
      if FileSystem.kind(place) == .file, Checksum.matches(place, checksum) { unlink(place) }
    }
  }

  /// Whether the manifest is intact and every listed file is here, unchanged, or already in the target. (Later changes
  /// in the target are found when the results are checked.)
  private var isWhole: Bool {
    guard case .whole(let manifest) = Manifest.read(FilePath.join(path, Manifest.fileName)) else { return false }
    return manifest.checksums.allSatisfy { name, checksum in
      isHere(name)
        ? Checksum.matches(FilePath.join(path, name), checksum)
        : FileSystem.kind(FilePath.join(target, name)) == .file
    }
  }

  // MARK: Publishing and leaving

  /// Moves all files to the target, the manifest last. Files that the target's old manifest lists are replaced or
  /// removed; those changed since are kept aside.
  ///
  /// - Throws: 73 if a file is lost, or one that influents did not write is in the way; 74 if the manifest cannot be
  ///   read back. Files not moved yet stay here.
  func publish(keepsLock: Bool = false) throws(Failure) {
    Leftovers.forget()
    try checkIsOwn()
    guard case .whole(let manifest) = Manifest.read(FilePath.join(path, Manifest.fileName)) else {
      throw Failure(.writingFailed, "\(path): the manifest cannot be read back as it was written")
    }
    // After a kill, files may be in the target already; otherwise all must be here.
    if !keepsLock, let lost = manifest.checksums.keys.sorted().first(where: { !isHere($0) }) {
      throw Failure(
        .cannotCreate, "\(FilePath.join(path, lost)): was removed while the run went on; nothing was put in its place")
    }
    var old = [String: String]()
    var hasOld = false
    if case .whole(let manifest) = Manifest.read(FilePath.join(target, Manifest.fileName)) {
      (old, hasOld) = (manifest.checksums, true)
    }
    // After a kill, files that have moved already are skipped.
    func isToMove(_ name: String) -> Bool { !keepsLock || isHere(name) }
    for name in manifest.checksums.keys.sorted() where old[name] == nil && isToMove(name) {
      let place = FilePath.join(target, name)
      guard FileSystem.kind(place) == .nothing else { throw inTheWay(place, "it was not written by influents") }
    }
    for (name, checksum) in old.sorted(by: { $0.key < $1.key }) where manifest.checksums[name] == nil || isToMove(name)
    {
      let place = FilePath.join(target, name)
      guard FileSystem.kind(place) != .nothing, !Checksum.matches(place, checksum) else {
        if manifest.checksums[name] == nil, unlink(place) != 0, errno != ENOENT {
          throw inTheWay(place, FileSystem.reason)
        }
        continue
      }
      // After a kill, the new file may be there already.
      if let new = manifest.checksums[name], Checksum.matches(place, new) { continue }
      guard let kept = FileSystem.keepAside(place) else { throw inTheWay(place, FileSystem.reason) }
      StandardError.note("\(place): changed since it was written; it is kept as \(kept)")
    }
    for name in manifest.checksums.keys.sorted() where isToMove(name) { try move(name, replaces: old[name] != nil) }
    try move(Manifest.fileName, replaces: hasOld)
    if !keepsLock { leave() }
  }

  /// Checks that the folder is still the one that this run locked: it may have been removed, and created anew by
  /// another run.
  ///
  /// - Throws: 73 if it is not.
  func checkIsOwn() throws(Failure) {
    var own = stat()
    guard FileSystem.kind(path) == .folder, fstat(lock, &own) == 0,
      let there = FileSystem.status(FilePath.join(path, Self.lockName)), there.st_ino == own.st_ino,
      there.st_dev == own.st_dev
    else {
      throw Failure(
        .cannotCreate, "\(target): the folder was removed or replaced while the run went on; nothing was put there")
    }
  }

  private func isHere(_ name: String) -> Bool { FileSystem.kind(FilePath.join(path, name)) == .file }

  private func move(_ name: String, replaces: Bool) throws(Failure) {
    let (from, to) = (FilePath.join(path, name), FilePath.join(target, name))
    guard replaces ? rename(from, to) == 0 : FileSystem.moveToFreePlace(from, to) else {
      throw inTheWay(to, FileSystem.reason)
    }
  }

  private func inTheWay(_ place: String, _ reason: String) -> Failure {
    Failure(
      .cannotCreate,
      "\(place): cannot be replaced or removed: \(reason)\n"
        + "  = what is not in its place yet waits in \(path): move away what stands there and run again")
  }

  /// Removes what this run wrote, and releases the lock.
  func leave() {
    Leftovers.forget()
    guard (try? checkIsOwn()) != nil else {
      _ = Foundation.close(lock)
      return
    }
    removeFiles()
    unlink(FilePath.join(path, Self.lockName))
    rmdir(path)
    if madeTarget { rmdir(target) }
    _ = Foundation.close(lock)
  }

  private func removeFiles() {
    for name in Self.known where name != Self.lockName { unlink(FilePath.join(path, name)) }
  }
}

/// Files to remove if the process ends abruptly: by a second signal, out of memory, or by a fault.
enum Leftovers {
  /// - Parameters:
  ///   - isOwn: whether to remove the folder, too, if it is empty.
  ///   - parent: a folder above it to remove, too, if it is empty.
  static func register(_ names: [String], in folder: String, isOwn: Bool, parent: String? = nil) {
    process_will_remove(folder, names.flatMap { Array($0.utf8CString) }, names.count, isOwn ? 1 : 0, parent)
  }

  static func forget() { process_will_remove(nil, nil, 0, 0, nil) }
}
