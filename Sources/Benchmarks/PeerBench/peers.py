"""Times Influents against other programs: the same network file, alternating pairs, medians.

Called by `make bench-peers` inside a throw-away environment; prints one row for each work. Mean sizes must agree within
4 standard errors before a ratio counts.
"""

import array
import math
import statistics
import subprocess
import sys
import time

import networkx
import numpy
from cynetdiff.models import IndependentCascadeModel, LinearThresholdModel

PAIRS = 5


def network(agents, ties, seed):
    """Ends of `ties` distinct random pairs."""
    random = numpy.random.default_rng(seed)
    one, two = random.integers(0, agents, (2, ties + ties // 10))
    low, high = numpy.minimum(one, two), numpy.maximum(one, two)
    keys = numpy.unique((low.astype(numpy.int64) * agents + high)[low != high])
    random.shuffle(keys)
    return keys[:ties] // agents, keys[:ties] % agents


def rows(low, high, agents):
    """Both directions of every tie, by speaker: starts and listeners, as cynetdiff stores them."""
    speakers, listeners = numpy.concatenate([low, high]), numpy.concatenate([high, low])
    order = numpy.argsort(speakers, kind="stable")
    starts = numpy.zeros(agents, dtype=numpy.uint32)
    starts[1:] = numpy.cumsum(numpy.bincount(speakers, minlength=agents))[:-1]
    return array.array("I", starts.tobytes()), array.array("I", listeners[order].astype(numpy.uint32).tobytes())


class Influents:
    def __init__(self, program, *path):
        self.process = subprocess.Popen([program, *path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()

    def do(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return [float(word) for word in self.process.stdout.readline().split()]

    def run(self, work, cascades, workers=1):
        return self.do(f"{work} {cascades} {workers}")

    def peak(self):
        """The most memory that it has held, in bytes."""
        with open(f"/proc/{self.process.pid}/status") as status:
            return next(1024 * int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


def timed(cascade, cascades):
    """Seconds a cascade, mean size and all sizes."""
    sizes = []
    start = time.perf_counter()
    for _ in range(cascades):
        sizes.append(cascade())
    seconds = (time.perf_counter() - start) / cascades
    return seconds, statistics.mean(sizes), sizes


def pair(name, ours, peer, target, other_law=None):
    """Alternating pairs of `ours()` and `peer()`: seconds, mean size, and its standard error or the peer's sizes.

    A peer with `other_law` need not have our mean.
    """
    results = [(ours(), peer()) for _ in range(PAIRS)]
    means = [statistics.mean(result[side][1] for result in results) for side in (0, 1)]
    sizes = [size for result in results for size in result[1][2]]
    errors = [
        math.sqrt(sum(result[0][2] ** 2 for result in results)) / PAIRS,
        statistics.stdev(sizes) / math.sqrt(len(sizes)),
    ]
    agree = other_law is not None or abs(means[0] - means[1]) <= 4 * math.hypot(*errors)
    seconds = [statistics.median(result[side][0] for result in results) for side in (0, 1)]
    ratio = seconds[1] / seconds[0]
    print(
        f"{name:58} {seconds[0] * 1e3:10.3f} {seconds[1] * 1e3:10.1f} {ratio:8.1f} {target:>8}"
        f"   sizes {means[0]:.0f} ± {errors[0]:.0f}, {means[1]:.0f} ± {errors[1]:.0f}{'' if agree else '  DIFFER'}{'  ' + other_law if other_law else ''}",
        flush=True,
    )
    return agree


def cynetdiff(model, agents, seeds):
    random = numpy.random.default_rng(5)

    def cascade():
        model.set_seeds({int(seed) for seed in random.choice(agents, seeds, replace=False)})
        model.advance_until_completion()
        size = model.get_num_activated_nodes()
        model.reset_model()
        return size

    return cascade


def main(program, folder):
    print(f"{'work':58} {'ms':>10} {'peer, ms':>10} {'ratio':>8} {'target':>8}")
    agree = True
    for agents, cascades in ((100_000, 40), (1_000_000, 8)):
        low, high = network(agents, 5 * agents, 1)
        path = f"{folder}/network-{agents}.csv"
        with open(path, "w") as file:
            file.write("source,target\n")
            numpy.savetxt(file, numpy.column_stack([low, high]), fmt="%d", delimiter=",")
        starts, listeners = rows(low, high, agents)
        influents = Influents(program, path)
        name = f"{agents:,} agents"
        random = numpy.random.default_rng(6)
        ic = IndependentCascadeModel(starts, listeners, activation_prob=0.15, rng=random)
        run = cynetdiff(ic, agents, 10)
        many = 10 * cascades

        def peer():
            return timed(run, cascades)

        targets = ("12 (15)", "20 (25)", "5") if agents == 100_000 else ("25", "", "")
        agree &= pair(f"W{1 if agents == 100_000 else 2} cascade, coins by ties, {name}",
                      lambda: influents.run("ties", many), peer, targets[0])
        agree &= pair(f"   the same, two workers, {name}", lambda: influents.run("ties", many, 2), peer, targets[1])
        agree &= pair(f"   cascade, coins by needs, {name}", lambda: influents.run("needs", many), peer, targets[2])
        if agents == 100_000:
            lt = LinearThresholdModel(starts, listeners, rng=random)
            linear = cynetdiff(lt, agents, 1000)
            agree &= pair(f"W3 linear threshold, {name}", lambda: influents.run("linear", many),
                          lambda: timed(linear, cascades), "15")
            agree &= pair(f"   fractional threshold, {name}", lambda: influents.run("fractional", many),
                          lambda: timed(linear, cascades), "15")
            agree &= others(influents, low, high, agents)
        else:
            seconds, mean, _ = influents.run("tiny", 200_000)
            print(f"{'W6 tiny cascades, p .05, one seed, ' + name:58} {seconds * 1e3:10.6f}"
                  f"   {1 / seconds:,.0f} cascades/s (target 500,000), mean size {mean:.3f}", flush=True)
    return agree & epidemics(program, folder) & networks(program, folder)


def epidemics(program, folder):
    """SIR on a small world of degree 10, a hundredth rewired, from 1 % seeds, b .1 and g .3."""
    import EoN
    from epiworldpy import epimodels

    agents = 100_000
    graph = networkx.watts_strogatz_graph(agents, 10, 0.01, seed=1)
    path = f"{folder}/small-world.csv"
    with open(path, "w") as file:
        file.write("source,target\n" + "".join(f"{one},{two}\n" for one, two in graph.edges()))
    influents = Influents(program, path)
    random = numpy.random.default_rng(8)
    model = epimodels.ModelSIR(name="SIR", prevalence=0.01, transmission_rate=0.1, recovery_rate=0.3)
    model.verbose_off()
    one, two = zip(*graph.edges())
    model.agents_from_edgelist(list(one), list(two), agents, False)

    def epiworld():
        model.run(100, int(random.integers(1 << 30)))
        return agents - int(model.get_db().get_hist_total()["counts"][-3])

    def fast():
        seeds = [int(seed) for seed in random.choice(agents, agents // 100, replace=False)]
        return agents - int(EoN.fast_SIR(graph, 0.1, 0.3, initial_infecteds=seeds)[1][-1])

    agree = pair("SIR in rounds, small world, 100,000 agents, epiworld", lambda: influents.run("rounds", 20),
                 lambda: timed(epiworld, 4), "20", "(epiworld's law: at most one voice succeeds in a round)")
    return agree & pair("SIR in continuous time, the same, EoN fast_SIR", lambda: influents.run("continuous", 20),
                        lambda: timed(fast, 3), "40 (60)")


def compare(name, ours, peer, target):
    """Alternating pairs of two functions that return seconds and something to compare; all pairs must agree on it."""
    results = [(ours(), peer()) for _ in range(PAIRS)]
    agree = all(math.isclose(one[1], other[1], rel_tol=0.01) for one, other in results)
    seconds = [statistics.median(result[side][0] for result in results) for side in (0, 1)]
    print(f"{name:58} {seconds[0] * 1e3:10.1f} {seconds[1] * 1e3:10.1f} {seconds[1] / seconds[0]:8.1f} {target:>8}"
          f"   {results[0][0][1]:.6g}, {results[0][1][1]:.6g}{'' if agree else '  DIFFER'}", flush=True)
    return agree


def clocked(function, value):
    """Seconds of a function, and a number of its result."""
    start = time.perf_counter()
    result = function()
    return time.perf_counter() - start, value(result)


def networks(program, folder):
    """Generators, reading and metrics against networkit and igraph, two threads each where they have them."""
    import igraph
    import networkit

    networkit.setNumberOfThreads(2)
    influents = Influents(program)
    agents = 1_000_000
    made = networkit.generators
    ties = {
        "networkit": lambda graph: graph.numberOfEdges(),
        "igraph": lambda graph: graph.ecount(),
    }
    cases = [
        ("gnp", "networkit", lambda: made.ErdosRenyiGenerator(agents, 10 / (agents - 1)).generate(), "4"),
        ("gnp", "igraph", lambda: igraph.Graph.Erdos_Renyi(n=agents, p=10 / (agents - 1)), "5"),
        ("gnm", "igraph", lambda: igraph.Graph.Erdos_Renyi(n=agents, m=5 * agents), "5"),
        ("barabasi-albert", "networkit", lambda: made.BarabasiAlbertGenerator(5, agents).generate(), "2"),
        ("watts-strogatz", "networkit", lambda: made.WattsStrogatzGenerator(agents, 5, 0.1).generate(), "2"),
        ("chung-lu", "networkit", lambda: made.ChungLuGenerator([10] * agents).generate(), "2"),
    ]
    agree = True
    for kind, peer, make, target in cases:
        agree &= compare(f"make {kind}, 1,000,000 agents, two workers, {peer}",
                         lambda: influents.do(f"make {kind} {agents} 2"), lambda: clocked(make, ties[peer]), target)
    for kind in ("gnp", "gnm", "chung-lu"):
        seconds = statistics.median(influents.do(f"make {kind} 10000 1")[0] for _ in range(101))
        print(f"{'make ' + kind + ', 10,000 agents, one worker':58} {seconds * 1e3:10.2f}   (target 1.5)", flush=True)

    low, high = network(agents, 10 * agents, 2)
    path = f"{folder}/rows.csv"
    numpy.savetxt(path, numpy.column_stack([low, high]), fmt="%d", delimiter=",")
    reader = networkit.graphio.EdgeListReader(",", 0, continuous=True, directed=False)
    graph = reader.read(path)
    fresh = Influents(program)
    _, _, size = fresh.do(f"read {path} 2")
    print(f"{'memory while reading 10,000,000 rows ÷ the network':58} {fresh.peak() / size:10.2f}   (target 2.5)", flush=True)
    agree &= compare("read 10,000,000 rows, networkit", lambda: fresh.do(f"read {path} 2")[:2],
                     lambda: clocked(lambda: reader.read(path), ties["networkit"]), "3")
    metrics = [
        ("clustering", lambda: networkit.centrality.LocalClusteringCoefficient(graph, True).run(),
         lambda result: sum(result.scores()) / agents),
        ("components", lambda: networkit.components.ConnectedComponents(graph).run(),
         lambda result: result.numberOfComponents()),
        ("cores", lambda: networkit.centrality.CoreDecomposition(graph).run(), lambda result: result.maxCoreNumber()),
    ]
    for metric, run, value in metrics:
        agree &= compare(f"{metric}, 10,000,000 ties, networkit", lambda: fresh.do(f"measure {metric} 2"),
                         lambda: clocked(run, lambda result: value(result)), "1")
    return agree


def others(influents, low, high, agents):
    """EoN and ndlib on the same network: printed beside, without a target."""
    import EoN
    import ndlib.models.epidemics as epidemics
    import ndlib.models.ModelConfig as configuration

    graph = networkx.Graph()
    graph.add_nodes_from(range(agents))
    graph.add_edges_from(zip(low.tolist(), high.tolist()))
    random = numpy.random.default_rng(7)

    def eon():
        # A period of 1: each tie has its chance once, as in the cascade.
        seeds = [int(seed) for seed in random.choice(agents, 10, replace=False)]
        result = EoN.basic_discrete_SIR(graph, 0.15, initial_infecteds=seeds)
        return int(result[3][-1])

    model = epidemics.IndependentCascadesModel(graph)
    config = configuration.Configuration()
    for edge in graph.edges():
        config.add_edge_configuration("threshold", edge, 0.15)
    config.add_model_initial_configuration("Infected", [0])
    model.set_initial_status(config)

    def ndlib():
        model.reset(infected_nodes=[int(seed) for seed in random.choice(agents, 10, replace=False)])
        while True:
            counts = model.iteration(node_status=False)["node_count"]
            if counts[1] == 0:
                return counts[2]

    agree = pair("W4 cascade, coins by ties, against EoN discrete SIR", lambda: influents.run("ties", 100),
                 lambda: timed(eon, 2), "")
    return agree & pair("   the same, against ndlib", lambda: influents.run("ties", 100), lambda: timed(ndlib, 2), "")


if __name__ == "__main__":
    sys.exit(0 if main(*sys.argv[1:]) else 1)
