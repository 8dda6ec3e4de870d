import Foundation
import Testing

/// Influents removes and replaces only what its own manifest lists, whatever happens.
@Suite struct FilesOfOthersTests {
  @Test func notesStayBesideADamagedTable() throws {
    let lab = try CommandLab()
    let result = try lab.shell(
      """
      $I run tiny.yaml --quiet; echo notes > results/tiny/notes.md; mkdir results/tiny/figures
      touch results/tiny/figures/a.png; sed -i 's/$/\\r/' results/tiny/summary.csv; cp results/tiny/summary.csv edited
      $I run tiny.yaml --quiet; echo $?
      cat results/tiny/notes.md; ls results/tiny/figures; cmp edited results/tiny/summary.csv.kept; ls -A results
      $I run tiny.yaml --set story=2 --force --quiet; echo $?; cat results/tiny/notes.md; ls results/tiny/figures
      """)
    #expect(result.output == "0\nnotes\na.png\ntiny\n0\nnotes\na.png\n")
    #expect(result.errors.contains("summary.csv does not match its checksum; starting anew"))
    #expect(result.errors.contains("changed since it was written; it is kept as results/tiny/summary.csv.kept"))
  }

  /// A manifest from elsewhere may list anything, with a checksum that is right: no file but a run's own tables is touched.
  @Test func manifestsOfOthersListOnlyTables() throws {
    let lab = try CommandLab()
    let result = try lab.shell(
      """
      $I run tiny.yaml --quiet; echo precious > vic.csv; rm results/tiny/cascades.csv
      python3 - <<'PY'
      import hashlib
      path = "results/tiny/manifest.json"
      text = open(path).read().replace('"curves.csv"', '"../../vic.csv"')
      head, rest = text.split("\\n", 2)[:2], text.split("\\n", 2)[2]
      digest = hashlib.sha256(rest.encode()).hexdigest()
      open(path, "w").write(head[0] + "\\n" + head[1].split('"')[0] + '"sha256": "' + digest + '",\\n' + rest)
      PY
      $I run tiny.yaml --quiet; echo $?; $I run tiny.yaml --quiet --force; echo $?; cat vic.csv; ls
      """)
    #expect(result.output.hasPrefix("73\n73\nprecious\n") && !result.output.contains("kept"), "\(result.output)")
  }

  /// A lock that has another name, or is no file, is somebody's.
  @Test func locksOfOthers() throws {
    let lab = try CommandLab()
    let result = try lab.shell(
      """
      mkdir -p results/tiny/.influents-partial; echo secret > vic; ln vic results/tiny/.influents-partial/lock
      $I run tiny.yaml --quiet; echo $?; cat vic; rm results/tiny/.influents-partial/lock
      mkfifo results/tiny/.influents-partial/lock; timeout 20 $I run tiny.yaml --quiet; echo $?
      rm results/tiny/.influents-partial/lock
      for text in '' 'my notes'; do
        printf "$text" > results/tiny/.influents-partial/lock; echo mine > results/tiny/.influents-partial/cascades.csv
        $I run tiny.yaml --quiet; echo $?; cat results/tiny/.influents-partial/cascades.csv
      done
      """)
    #expect(result.output == "73\nsecret\n73\n73\nmine\n73\nmine\n", "\(result.output)")
  }

  /// Whose folder is removed and made again by another run puts nothing there, and takes nothing.
  @Test func folderOfAnotherRun() throws {
    let lab = try CommandLab()
    let result = try lab.shell(
      """
      long="tiny.yaml --quiet --set agents=20000 --set networks=1 --set draws=4000"
      begun() { until [ -s $1/.influents-partial/cascades.csv ]; do sleep 0.02; done; }
      $I run $long --output lo & first=$!; begun lo; rm -rf lo; $I run tiny.yaml --quiet --output lo; echo $?
      wait $first; echo $?; $I run tiny.yaml --quiet --output lo; echo $?
      $I run $long --output la & first=$!; begun la; rm -f la/.influents-partial/cascades.csv; wait $first; echo $?
      """)
    #expect(result.output == "0\n73\n0\n73\n", "\(result.output) \(result.errors)")
  }

  /// Documents, files, links, devices, the scenario itself and the folder around it: refused, with and without `--force`.
  @Test func foreignTargetsAreRefused() throws {
    let lab = try CommandLab()
    let before = """
      mkdir -p home/Documents; echo thesis > home/Documents/thesis.tex; echo diary > diary; ln -s home link
      ln -s nowhere broken; mkfifo pipe
      """
    let sums = "find . -type f -exec cksum {} + | sort; ls -A . home; readlink link broken"
    let untouched = try lab.shell(before + "; " + sums).output
    for target in [
      "home", "diary", "link", "link/", "broken", "tiny.yaml", "../$(basename $PWD)", ".", "pipe", "/dev/null",
    ] {
      for force in ["", "--force"] {
        for command in ["run tiny.yaml --quiet", "export tiny.yaml", "export tiny.yaml --format gexf"] {
          let result = try lab.shell("timeout 20 $I \(command) --output \(target) \(force); echo $?")
          // An export in one file into a link that leads to a folder is refused as well.
          #expect(result.output == "73\n", "\(command) \(target) \(force): \(result.output) \(result.errors)")
        }
      }
    }
    #expect(try lab.shell(sums).output == untouched)
  }

  @Test func exportsReplaceOnlyExports() throws {
    let lab = try CommandLab()
    let result = try lab.shell(
      """
      echo precious > precious.txt; ln -s ../precious.txt x.gexf.part; ln -s precious.txt .y.gexf.influents-partial
      code() { "$@" 2> /dev/null; echo $?; }
      code $I export tiny.yaml --format gexf --output x.gexf; code $I export tiny.yaml --format gexf --output y.gexf
      code $I export tiny.yaml --format gexf --output x.gexf; code $I export tiny.yaml --format gexf --output x.gexf --force
      echo >> x.gexf; code $I export tiny.yaml --format gexf --output x.gexf --force
      code $I export tiny.yaml --output e; code $I export tiny.yaml --output e; code $I export tiny.yaml --output e --force
      code $I run tiny.yaml --quiet; code $I export tiny.yaml --output results/tiny --force
      code $I run tiny.yaml --output e --force; cat precious.txt; ls -A e
      """)
    #expect(
      result.output
        == "0\n75\n73\n0\n73\n0\n73\n0\n0\n73\n73\nprecious\nagents.csv\nedges.csv\nmanifest.json\n")
  }

  /// A kill after any number of renames leaves the old results or the new ones: the next run finishes what was begun.
  @Test func killedWhileResultsAreMoved() throws {
    let lab = try CommandLab()
    _ = try lab.shell("$I run tiny.yaml --output old --quiet; $I run tiny.yaml --set story=2 --output new --quiet")
    let names = try lab.shell("ls new | grep -v manifest; echo manifest.json").output.split(separator: "\n")
    for moved in 0...names.count {
      let moves = names.prefix(moved).map { "mv out/.influents-partial/\($0) out/" }.joined(separator: "; ")
      let result = try lab.shell(
        """
        rm -rf out; cp -r old out; mkdir out/.influents-partial; echo process 1 > out/.influents-partial/lock; cp new/* out/.influents-partial/; \(moves)
        $I run tiny.yaml --set story=2 --output out --quiet; echo $?; diff -r out new && echo equal
        """)
      #expect(result.output == "0\nequal\n", "\(moved) moved: \(result.output)\(result.errors)")
    }
    // Killed before its manifest was written: nothing of it stays, and the old results are whole.
    let early = try lab.shell(
      """
      rm -rf out; cp -r old out; mkdir out/.influents-partial; echo process 1 > out/.influents-partial/lock; cp new/cascades.csv out/.influents-partial/
      $I run tiny.yaml --output out --quiet; echo $?; diff -r out old && echo equal
      """)
    #expect(early.output == "0\nequal\n")
    #expect(early.errors == "out: what a killed run left unfinished was removed\n")
    // A table that was edited after it had been put in its place: the rest is finished, the edit is kept.
    let edited = try lab.shell(
      """
      rm -rf out; cp -r old out; mkdir out/.influents-partial; echo process 1 > out/.influents-partial/lock
      cp new/* out/; mv out/manifest.json out/.influents-partial/; cp old/manifest.json out/; echo edit >> out/summary.csv
      $I run tiny.yaml --set story=2 --output out --quiet; echo $?; tail -1 out/summary.csv.kept; rm out/summary.csv.kept
      diff -r out new && echo equal
      """)
    #expect(edited.output == "0\nedit\nequal\n", "\(edited.output) \(edited.errors)")
    // What is not ours there is not removed either.
    let strange = try lab.shell(
      "mkdir old/.influents-partial; echo mine > old/.influents-partial/x; $I run tiny.yaml --output old; echo $?; cat old/.influents-partial/x"
    )
    #expect(strange.output == "73\nmine\n")
    let alone = try lab.shell(
      "rm -r old/.influents-partial/*; echo mine > old/.influents-partial/cascades.csv; $I run tiny.yaml --output old; echo $?; ls -A old/.influents-partial"
    )
    #expect(alone.output == "73\ncascades.csv\n")
  }

  /// A manifest that no run would write is not read.
  @Test func manifestOfAnySize() throws {
    let lab = try CommandLab()
    let result = try lab.shell(
      "$I run tiny.yaml --quiet; truncate -s 20G results/tiny/manifest.json; $I run tiny.yaml --force; echo $?")
    #expect(result.output.hasSuffix("73\n") && result.errors.contains("manifest.json: is damaged"), "\(result)")
  }

  @Test func oneRunAtATime() throws {
    let lab = try CommandLab()
    let result = try lab.shell(
      """
      command -v flock > /dev/null || { echo none; exit; }
      mkdir -p out/.influents-partial; flock out/.influents-partial/lock sleep 30 & sleep 0.5
      $I run tiny.yaml --output out --quiet; echo $?; $I run tiny.yaml --output ../$(basename $PWD)/out --quiet; echo $?
      kill %1; wait 2> /dev/null; $I run tiny.yaml --output out --quiet; echo $?; ls -A out | head -1
      """)
    guard result.output != "none\n" else {
      print("skipped: there is no flock")
      return
    }
    #expect(result.output == "75\n75\n0\ncascades.csv\n")
    #expect(result.errors.contains("out: another run is writing there"))
  }

  /// Signals in the midst of one network, or of many cascades: the documented code, nothing left, the old results whole.
  @Test func signalsLeaveNothingBehind() throws {
    let lab = try CommandLab()
    let slow =
      "--set agents=3000000 --set network.meanDegree=20 --set seeding={kind: random} --quiet --force --output out"
    for (signal, code) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
      let result = try lab.shell(
        """
        rm -rf out; $I run tiny.yaml --output out --quiet; cp -r out before
        timeout -s KILL 60 $I run tiny.yaml \(slow.replacing("{kind: random}", with: "'{kind: random}'")) & sleep 1
        pkill -\(signal) -P $! influents || kill -\(signal) $!; wait $!; echo $?; diff -r out before && echo equal; rm -r before
        """)
      #expect(result.output == "\(code)\nequal\n", "\(signal): \(result.output) \(result.errors)")
      #expect(result.errors.contains("stopped in order; nothing was written"))
    }
  }

  /// Standard error that is full, closed or gone changes nothing but the notes.
  @Test func notesThatNobodyCanRead() throws {
    let lab = try CommandLab()
    let result = try lab.shell(
      """
      $I run tiny.yaml --output a --quiet
      for way in '2> /dev/full' '2>&-' '2> >(true)' '>&- 2>&-'; do
        rm -rf b; eval "$I run tiny.yaml --output b --quiet $way"; echo $?; diff -r a b > /dev/null && echo equal
        eval "$I run nowhere.yaml $way"; echo $?
      done
      eval "$I run tiny.yaml --output c 2>&-" > /dev/null; echo $?; diff -r a c && echo equal
      """)
    #expect(result.output == String(repeating: "0\nequal\n66\n", count: 4) + "0\nequal\n")
  }

  /// Replicates that failed end the run with 1, whenever its results are looked at; so do findings.
  @Test func exitCodeStaysTheSame() throws {
    let lab = try CommandLab()
    try lab.write(
      """
      format: 1
      name: failing
      networks: 40
      agents: 6
      network: { kind: configuration-model, meanDegree: 2.5, degrees: { kind: poisson } }
      rule: { kind: independent-cascade, probability: 0.5 }
      cutoff: none

      """, "failing.yaml")
    let result = try lab.shell("for k in 1 2 3; do $I run failing.yaml --quiet; echo $?; done")
    #expect(result.output == "1\n1\n1\n")
  }

  /// A pipe has no content that lasts: its results are never called complete, nor replaced by those of another.
  @Test func pipesAreNeverComplete() throws {
    let lab = try CommandLab()
    try lab.write(
      "format: 1\nname: p\nnetwork: { kind: file, path: x, directed: false }\n"
        + "rule: { kind: independent-cascade, probability: 0.5 }\ncutoff: none\n", "p.yaml")
    let result = try lab.shell(
      """
      run() { $I run p.yaml --output o --quiet --set network.path=/dev/stdin "${@:2}" < <(printf "$1"); echo $?; }
      run '0 1\\n1 2\\n'; run '0 1\\n1 2\\n'; run '0 1\\n1 2\\n2 3\\n'; run '0 1\\n1 2\\n2 3\\n' --force
      """)
    #expect(result.output == "0\n0\n73\n0\n")
    #expect(result.errors.contains("/dev/stdin is no file, and its content may differ; starting anew"))
    #expect(result.errors.contains("content of /dev/stdin: there "))
  }

  /// A name that is not UTF-8 is refused: it would become another one.
  @Test func namesThatAreNotUTF8() throws {
    let lab = try CommandLab()
    let result = try lab.shell(
      #"$I run tiny.yaml --quiet --output "$(printf 'out\377')"; echo $?; $I check "$(printf 'in\377.yaml')"; echo $?; ls"#
    )
    #expect(result.output == "64\n64\ntiny.yaml\n" && result.errors.contains("is not UTF-8"))
  }

  /// A container's volume cannot be replaced as a folder; it is filled and refilled in place.
  @Test(.enabled(if: isAllowed("unshare -m mount -t tmpfs none /mnt"), "skipped: nothing can be mounted here"))
  func mountPoints() throws {
    let lab = try CommandLab()
    let result = try lab.shell(
      """
      mkdir out; export I; unshare -m bash -c 'mount -t tmpfs none out; $I run tiny.yaml --output out --quiet; echo $?
      $I run tiny.yaml --output out --set story=2 --force --quiet; echo $?; ls -A out | wc -l'; ls -A out
      """)
    #expect(result.output == "0\n0\n7\n" && result.errors.isEmpty)
  }

  /// Results of somebody else are refused before anything is computed; one's own folder below a folder of others is as good
  /// as any.
  @Test(.enabled(if: isAllowed("setpriv --reuid=12345 --clear-groups true"), "skipped: needs a second user"))
  func foldersOfOtherUsers() throws {
    let lab = try CommandLab()
    let result = try lab.shell(
      """
      cp $I influents; chmod 755 . influents; mkdir -m 1777 shared; mkdir -m 755 others others/mine; chown 54321 others/mine
      as() { setpriv --reuid=$1 --clear-groups ./influents run tiny.yaml --quiet "${@:2}"; echo $?; }
      as 12345 --output shared/out; cksum shared/out/* > before; as 54321 --output shared/out --set story=2 --force
      as 54321 --output others/mine; cksum shared/out/* | cmp - before && ls -A shared shared/out others/mine | wc -l
      """)
    #expect(result.output == "0\n73\n0\n20\n", "\(result.errors)")
  }

  /// A table of old results that cannot be removed would stand beside new ones as if it were theirs.
  @Test(.enabled(if: isAllowed("touch x; chattr +i x && chattr -i x"), "skipped: no file can be made immutable here"))
  func tablesThatCannotBeRemoved() throws {
    let lab = try CommandLab()
    let result = try lab.shell(
      """
      $I run tiny.yaml --output o --quiet --set 'tables=[seeds]'; echo $?; chattr +i o/seeds.csv
      $I run tiny.yaml --output o --quiet --force; echo $?; ls o | wc -l; chattr -i o/seeds.csv
      $I run tiny.yaml --output o --quiet --force; echo $?; ls -A o | wc -l
      """)
    #expect(result.output == "0\n73\n8\n0\n7\n", "\(result.output)")
    #expect(result.errors.contains("o/seeds.csv: cannot be replaced or removed: "))
  }
}

/// Whether this machine lets the tests do `command`.
private func isAllowed(_ command: String) -> Bool {
  (try? CommandLab().shell("\(command) > /dev/null 2>&1").code == 0) ?? false
}
