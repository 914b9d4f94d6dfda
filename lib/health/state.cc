#include "lib/health/state.h"

namespace pathwatch::health {

std::string_view Name(State state) {
  switch (state) {
    case State::kUnknown:
      return "unknown";
    case State::kUp:
      return "up";
    case State::kGhost:
      return "ghost";
    case State::kTransitioning:
      return "transitioning";
    case State::kUnavailable:
      return "unavailable";
    case State::kDown:
      return "down";
    case State::kNoAnswer:
      return "no_answer";
    case State::kUnmapped:
      return "unmapped";
    case State::kWrongLu:
      return "wrong_lu";
    case State::kRemoved:
      return "removed";
  }
  return "unknown";
}

std::string_view Name(Scope scope) {
  switch (scope) {
    case Scope::kPath:
      return "path";
    case Scope::kLogicalUnit:
      return "lu";
    case Scope::kTargetPortGroup:
      return "tpg";
    case Scope::kNexus:
      return "nexus";
    case Scope::kHost:
      return "host";
  }
  return "path";
}

std::string_view Name(Cause cause) {
  switch (cause) {
    case Cause::kCheck:
      return "check";
    case Cause::kRescan:
      return "re-scan";
    case Cause::kOperator:
      return "operator";
  }
  return "check";
}

}  // namespace pathwatch::health
