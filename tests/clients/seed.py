"""The seed of a test that draws at random: printed, so that a run can be repeated."""
import os
import random


def draw():
    """Draws from PATHWATCH_SEED if it is set, else from another seed each time."""
    given = os.environ.get("PATHWATCH_SEED")
    seed = int(given) if given else random.SystemRandom().getrandbits(32)
    print("run again with PATHWATCH_SEED=%d" % seed, flush=True)
    return random.Random(seed)
