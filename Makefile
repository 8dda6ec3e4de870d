# The two commands of the README, and what developers need.
.PHONY: run test build setup bench bench-keep bench-compare bench-peers bench-large replicate planted sanitize sanitize-scenarios fuzz fuzz-formats format lint \
  imports clean

# libgsl-dev, zlib1g-dev, nettle-dev and pkg-config, installed where they are missing; sudo only where it is needed.
setup:
	@if pkg-config --exists gsl zlib nettle 2>/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ]; then apt-get update && apt-get install -y libgsl-dev zlib1g-dev nettle-dev pkg-config; \
	else sudo apt-get update && sudo apt-get install -y libgsl-dev zlib1g-dev nettle-dev pkg-config; fi

# Builds in release and runs the embedded scenario: the Law of the Few against density.
run: build
	.build/release/influents run

build: setup
	swift build -c release --product influents

# Every test, in release; what was skipped and why is repeated at the end.
test: setup
	@log=$$(mktemp); trap 'rm -f "$$log"' EXIT; \
	{ swift test -c release 2>&1; echo "exit $$?"; } | tee "$$log"; \
	echo; echo "skipped: $$(grep -cE 'skipped(:|\.)' "$$log")"; grep -E 'skipped(:|\.)' "$$log"; \
	grep -E "Test run with" "$$log"; \
	grep -q "^exit 0$$" "$$log"

# The hot loop: every kernel and generator at 10^4, 10^5, 10^6 agents. BENCH limits it: make bench BENCH='.*10000 agents'
BENCH ?= .*
bench: setup
	swift package -c release --disable-sandbox benchmark --target HotLoop --no-progress --filter '$(BENCH)'

# Keeps the figures of this machine under a name, or compares them with those kept: make bench-keep BASELINE=before
BASELINE ?= before
bench-keep: setup
	swift package -c release --disable-sandbox --allow-writing-to-package-directory benchmark baseline update '$(BASELINE)' \
	  --target HotLoop --no-progress --filter '$(BENCH)'
bench-compare: setup
	swift package -c release --disable-sandbox benchmark baseline compare '$(BASELINE)' \
	  --target HotLoop --no-progress --filter '$(BENCH)'

# Against other programs, installed into a throw-away environment: the same network files, alternating pairs, medians.
PEERS = cynetdiff==0.1.18 EoN==2.0 ndlib==6.0.1 six networkx epiworldpy==0.17.0.post2 \
  networkit==11.2.2 igraph==1.0.0
bench-peers: setup
	swift build -c release --product PeerBench
	@peers=$$(mktemp -d); trap 'rm -rf "$$peers"' EXIT; \
	python3 -m venv "$$peers/environment" && "$$peers/environment/bin/pip" install --quiet $(PEERS) && \
	"$$peers/environment/bin/python" Sources/Benchmarks/PeerBench/peers.py .build/release/PeerBench "$$peers"

# From 10^4 to 10^8 agents: cost per tie, what memory alone would allow, what a second worker gains. 10 GiB; LARGEST=10000000 for 1.
LARGEST ?= 100000000
bench-large: setup
	swift build -c release --product ScaleBench
	.build/release/ScaleBench $(LARGEST)

format:
	swift format --in-place --recursive Package.swift Sources Tests

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

# Every scenario that expects findings, with small references of what came; fails if a finding does.
replicate: build
	@failed=0; for scenario in $$(grep -l '^expect:' scenarios/*.yaml); do \
	  name=$$(sed -n 's/^name: //p' $$scenario); echo "== $$name"; \
	  .build/release/influents run $$scenario --force --quiet || failed=1; \
	  sed -n '2,$$p' results/$$name/findings.csv | awk -F, '{ n += 1; ok += $$NF } END { print ok " of " n " findings hold" }'; \
	  mkdir -p results/reference/$$name && cp results/$$name/summary.csv results/$$name/findings.csv results/reference/$$name/; \
	done; exit $$failed

# Each oracle must be able to fail: errors planted in a test build are caught by verify --quick.
planted: setup
	.ci/planted

# Memory is touched only where it should be: every test, and random scenarios on empty, tiny and uneven networks, under
# AddressSanitizer. SCENARIOS=200 for fewer of them.
SCENARIOS ?= 1000
sanitize: setup
	ASAN_OPTIONS=detect_leaks=0 INFLUENTS_SANITIZED=1 swift test -c release --sanitize=address --scratch-path .build-sanitize
	$(MAKE) sanitize-scenarios

sanitize-scenarios: setup
	swift build -c release --sanitize=address --product Fuzz --scratch-path .build-sanitize
	.build-sanitize/release/Fuzz run $(SCENARIOS)

# Extreme scenarios are sound or refused, each within two seconds; small ones give the same bytes for any workers. CASES=20000
CASES ?= 1000000
FORMAT_SECONDS ?= 60
fuzz: setup
	swift build -c release --product Fuzz
	.build/release/Fuzz plan $(CASES)
	.build/release/Fuzz files 100000
	.build/release/Fuzz run 3000
	$(MAKE) fuzz-formats FUZZ_SECONDS=$(FORMAT_SECONDS)

# Each reader of network files under libFuzzer, FUZZ_SECONDS each, from the files that the tests have.
FORMATS = edge-list alters matrix graphml gexf gml pajek matrix-market ucinet
FUZZ_SECONDS ?= 1800
fuzz-formats: setup
	INFLUENTS_FUZZER=1 swift build -c release --product FormatFuzz --scratch-path .build-fuzz \
	  -Xswiftc -sanitize=fuzzer -Xswiftc -parse-as-library -Xswiftc -use-ld=lld
	for format in $(FORMATS); do \
	  mkdir -p .build-fuzz/corpus/$$format && ulimit -v 3000000 && \
	  FORMAT=$$format .build-fuzz/release/FormatFuzz .build-fuzz/corpus/$$format Tests/Corpus -max_total_time=$(FUZZ_SECONDS) \
	    -max_len=4096 -timeout=10 -rss_limit_mb=4096 -artifact_prefix=.build-fuzz/ -print_final_stats=1 || exit 1; \
	done

# Layers: what a module may import is checked by the compiler and by a list; folders of a module use those below them alone.
imports:
	.ci/imports
	.ci/folders
	.ci/house

clean:
	rm -rf .build
