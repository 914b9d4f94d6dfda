"""Which alerts a story (story.py) calls for, worked out from the states of the paths alone."""
from tests.prometheus.story import POSSIBLE, longest

# Prometheus sees samples: a spell may look longer or shorter by what lies between two of them, and the daemon, the exporter, the scrape and the
# evaluation each add a moment.
BLUR_S = 3
# After this an alert that is due has to fire, also on a busy machine.
LATE_S = 8


class Called:
    """`must`: alerts that have to fire; `may`: those and the ones that could fire. An alert is (name, its label values in the order of the name's key)."""

    def __init__(self):
        self.must = set()
        self.may = set()

    def add(self, alert, spells, for_s):
        if longest(spells, bridge_s=BLUR_S) > for_s - BLUR_S and spells:
            self.may.add(alert)
        if longest(spells) > for_s + LATE_S:
            self.must.add(alert)


# How a firing alert is told from others of its name.
KEYS = {
    "PathwatchLunWithoutPath": ("wwid",),
    "PathwatchLunOnePath": ("wwid",),
    "PathwatchLunDegraded": ("wwid",),
    "PathwatchWrongLogicalUnit": ("wwid",),
    "PathwatchLunUnmapped": ("wwid",),
    "PathwatchTargetPortDown": ("hba", "target_port"),
    "PathwatchHbaDown": ("hba",),
    "PathwatchPathFlapping": ("hba", "target_port"),
}


def _possible(states):
    return sum(state in POSSIBLE for state in states)


def _down(states):
    """Of a port: who says that a logical unit is not there, or is another one, has answered, so such paths tell nothing of it."""
    telling = [state for state in states if state not in ("unmapped", "wrong_lu")]
    return telling != [] and not any(state in POSSIBLE for state in telling)


def called_for(story, for_s, flapping):
    """`for_s` has the time for which each condition has to last, by the name of the alert; `flapping` is (changes of one path, within seconds)."""
    called = Called()
    for wwid, paths in story.luns.items():
        conditions = {
            "PathwatchLunWithoutPath": lambda states: _possible(states) == 0,
            "PathwatchLunOnePath": lambda states: _possible(states) <= 1 < len(states),
            "PathwatchLunDegraded": lambda states: _possible(states) < len(states),
            "PathwatchWrongLogicalUnit": lambda states: "wrong_lu" in states,
            "PathwatchLunUnmapped": lambda states: "unmapped" in states,
        }
        for name, holds in conditions.items():
            called.add((name, wwid), story.spells(paths, holds), for_s[name])
    for (hba, port), paths in story.targets.items():
        called.add(("PathwatchTargetPortDown", hba, port), story.spells(paths, _down), for_s["PathwatchTargetPortDown"])
        if any(_most_within(story.changes_of([path]), flapping[1] + BLUR_S) >= flapping[0] - 1 for path in paths):
            called.may.add(("PathwatchPathFlapping", hba, port))
    for hba, paths in story.hbas.items():
        called.add(("PathwatchHbaDown", hba), story.spells(paths, _down), for_s["PathwatchHbaDown"])
    return called


def _most_within(times, span_s):
    """The most of them that lie within one span."""
    return max((sum(begin <= when <= begin + span_s for when in times) for begin in times), default=0)
