"""What a comparison must find. `python -m unittest test_shown`"""

import unittest

import shown

THREAD = "Thread(id='thread_vmMDHoQMRHuLOrseONCJzU9I', created_at=1699949699, metadata={}, object='thread')"
OURS = "Thread(id='thread_0000000000000000000000aa', created_at=1700000000, metadata={}, object='thread')"


class ShownTest(unittest.TestCase):
    def setUp(self):
        self.comparison = shown.Comparison()

    def differs(self, text, got):
        with self.assertRaises(AssertionError):
            self.comparison.compare(text, got)

    def test_ids_and_times_may_differ(self):
        self.comparison.compare(THREAD, OURS)

    def test_an_id_stands_for_the_same_object_throughout(self):
        self.comparison.compare(THREAD, OURS)
        self.differs(THREAD, OURS.replace("0aa", "0bb"))

    def test_two_ids_do_not_stand_for_one_object(self):
        self.comparison.compare(THREAD, OURS)
        self.differs(THREAD.replace("vmMD", "abcd"), OURS)

    def test_an_id_of_another_kind_differs(self):
        self.differs(THREAD, OURS.replace("'thread_", "'msg_"))

    def test_ids_are_found_inside_of_texts(self):
        self.differs("{'message': 'of thread_vmMDHoQMRHuLOrseONCJzU9I'}", "{'message': 'of a thread'}")

    def test_a_member_more_differs(self):
        self.differs(THREAD, OURS.replace("metadata", "name=None, metadata"))

    def test_a_member_less_differs(self):
        self.differs(THREAD, OURS.replace("metadata={}, ", ""))

    def test_another_value_differs(self):
        self.differs(THREAD, OURS.replace("{}", "{'a': 'b'}"))

    def test_a_time_that_is_missing_differs(self):
        self.differs(THREAD, OURS.replace("1700000000", "None"))

    def test_another_class_differs(self):
        self.differs(THREAD, OURS.replace("Thread(", "Run("))

    def test_a_list_of_another_length_differs(self):
        self.differs("[1, 2]", "[1]")

    def test_json_is_compared_as_well(self):
        self.comparison.compare('{"usage": null, "ok": true}', {"usage": None, "ok": True})

    def test_lines_and_json_are_told_apart(self):
        said = 'status: queued\nstatus: queued\n{\n    "a": 1\n}\nDone.\n'
        self.assertEqual(list(shown.items(said)), ["status: queued", {"a": 1}, "Done."])


if __name__ == "__main__":
    unittest.main()
