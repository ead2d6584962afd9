"""Two nodes of the center behind one relay: any of them serves any call of a session, and one alone is enough."""
import unittest

from installation import Installation, wait_for


class Centers(unittest.TestCase):
    def setUp(self):
        self.place = Installation("--centers", 2)
        self.addCleanup(self.place.close)
        self.place.start("center-2", until_healthy=False)
        self.place.start_all()

    def steps(self):
        """What each node's history says, in the order of the chain."""
        return [[row["step"] for row in self.place.rows(node, "SELECT step FROM history ORDER BY number")] for node in ("center", "center-2")]

    def both_take_turns(self):
        self.place.citizen()
        return all(self.steps())

    def test_one_session_goes_over_both_nodes(self):
        wait_for("both nodes are connected and take turns", self.both_take_turns)
        sheets = len(self.place.papers())
        first, second = self.steps()
        self.assertEqual(sorted(first + second), sorted(["open", "apply", "confirm", "report"] * sheets))
        self.assertTrue(self.place.money_agrees())

    def test_one_node_serves_alone_when_the_other_was_killed_and_shares_again_when_it_is_back(self):
        wait_for("both nodes are connected and take turns", self.both_take_turns)
        self.place.kill("center-2")
        sheets = len(self.place.papers())
        before = self.steps()[1]
        served = [self.place.citizen(check=False) for _ in range(4)]
        self.assertEqual(len(self.place.papers()), sheets + 4, served)
        self.assertEqual(self.steps()[1], before)
        self.place.start("center-2")
        wait_for("the second node takes calls again", lambda: self.place.citizen() and len(self.steps()[1]) > len(before))
        self.assertTrue(self.place.money_agrees())


if __name__ == "__main__":
    unittest.main()
