"""What pathwatch-exporter tells of a small host, written without it, so that rules and dashboards can be tried on their own. A fault can be put in."""
import time

STATES = ["unknown", "up", "ghost", "transitioning", "unavailable", "down", "no_answer", "unmapped", "wrong_lu", "removed"]
RESULTS = ["up", "ghost", "transitioning", "unavailable", "down", "unmapped", "retry_now", "retry_later", "no_opinion"]
ACCESS_STATES = ["active/optimized", "active/non-optimized", "standby", "unavailable", "lba-dependent", "offline", "transitioning"]
NEXUSES = [("0x10", "0x50a1"), ("0x10", "0x50a2"), ("0x11", "0x50b1"), ("0x11", "0x50b2")]
LUNS = ["3600a", "3600b", "3600c"]


class Host:
    """Two HBAs, each with two target ports, and three logical units with a path through each: paths of even ports are in standby."""

    def __init__(self):
        self.dead_ports = set()
        self.started = time.time()

    def text(self):
        """The exposition as it is now; counters grow with the time."""
        lines = []
        for name, labels, value in [*self._exporter(), *self._daemon(), *self._targets(), *self._luns(), *self._paths()]:
            braces = ",".join('%s="%s"' % label for label in labels.items())
            lines.append("%s{%s} %r" % (name, braces, value))
        return "\n".join(lines) + "\n"

    def _age(self):
        return time.time() - self.started

    def _state(self, port):
        if port in self.dead_ports:
            return "no_answer"
        return "up" if int(port, 16) % 2 else "ghost"

    def _by_state(self, name, labels, states):
        return [(name, {**labels, "state": state}, states.count(state)) for state in STATES]

    def _exporter(self):
        return [("pathwatch_state_readable", {}, 1), ("pathwatch_state_age_seconds", {}, 0.3), ("pathwatch_state_records_skipped", {}, 0)]

    def _daemon(self):
        age = self._age()
        gauges = ["checks_inflight", "oldest_inflight_check_seconds", "stale_paths", "unconfirmed_paths", "watchers", "clients", "kernel_workers"]
        counters = ["state_changes_total", "alua_changes_total", "identity_changes_total", "checks_overdue_total", "log_lines_dropped_total"]
        yield from (("pathwatch_" + name, {}, 0) for name in gauges + counters)
        yield "pathwatch_build_info", {"version": "1.2.3"}, 1
        yield "pathwatch_start_time_seconds", {}, self.started
        yield "pathwatch_config_last_reload_successful", {}, 1
        yield "pathwatch_events_lost_total", {"source": "watch"}, 0
        yield from self._histogram("pathwatch_loop_lag_seconds", {}, age)
        for command in ("tur", "rtpg"):
            yield "pathwatch_commands_sent_total", {"command": command}, 10 * age
        yield from (("pathwatch_checks_total", {"command": "tur", "result": result}, age) for result in RESULTS)
        yield from (("pathwatch_checks_deferred_total", {"reason": reason}, 0) for reason in ("nexus_limit", "host_limit"))
        yield from (("pathwatch_events_total", {"source": "rescan", "event": event}, 0) for event in ("found", "gone"))
        yield from self._by_state("pathwatch_paths", {}, [self._state(port) for _, port in NEXUSES for _ in LUNS])

    def _histogram(self, name, labels, count):
        for bound in ("0.001", "0.01", "+Inf"):
            yield name + "_bucket", {**labels, "le": bound}, count
        yield name + "_sum", labels, count / 2000
        yield name + "_count", labels, count

    def _targets(self):
        for number, (hba, port) in enumerate(NEXUSES):
            nexus = {"hba": hba, "target_port": port}
            words = {"host": "host%d" % number, "transport": "fc", "port": "rport-%d" % number, "portal": "", "vendor": "ACME", "product": "Array"}
            yield "pathwatch_target_info", {**nexus, **words}, 1
            yield from self._by_state("pathwatch_target_paths", nexus, [self._state(port)] * len(LUNS))
            yield "pathwatch_target_silent", nexus, int(port in self.dead_ports)
            yield "pathwatch_target_checks_inflight", nexus, 0
            yield from self._histogram("pathwatch_target_check_duration_seconds", {**nexus, "command": "tur"}, 5 * self._age())
            yield "pathwatch_rport_state", {**nexus, "rport": "rport-%d" % number, "state": "Online"}, 1

    def _luns(self):
        for wwid in LUNS:
            yield "pathwatch_lun_info", {"wwid": wwid, "dm_name": "map" + wwid[-1], "vendor": "ACME", "product": "Array"}, 1
            yield from self._by_state("pathwatch_lun_paths", {"wwid": wwid}, [self._state(port) for _, port in NEXUSES])
            yield "pathwatch_lun_paths_expected", {"wwid": wwid}, len(NEXUSES)
            for state in ACCESS_STATES:
                yield "pathwatch_lun_port_groups", {"wwid": wwid, "alua_state": state}, int(state in ("active/optimized", "standby"))

    def _paths(self):
        for number, (hba, port) in enumerate(NEXUSES):
            for lun, wwid in enumerate(LUNS):
                path = "%d:0:0:%d" % (number, lun)
                words = {"device": "sd%c" % (97 + 3 * number + lun), "wwid": wwid, "hba": hba, "target_port": port, "lun": str(lun), "transport": "fc"}
                yield "pathwatch_path_info", {"path": path, **words, "tpg": "1", "rtpi": str(number)}, 1
                yield "pathwatch_path_up", {"path": path}, int(port not in self.dead_ports)
                yield "pathwatch_path_state_changes_total", {"path": path}, int(port in self.dead_ports)
