"""Who: load, staffing of promised times, team, messages and the rollout gate."""
