"""ops/fetch-crs: takes an archive with the checksum that was told, and nothing else."""

import hashlib
import io
import pathlib
import subprocess
import tarfile
import tempfile
import unittest

from support.gateway import ROOT

SCRIPT = ROOT / "ops" / "fetch-crs"
RULE = b'SecRule ARGS "@rx x" "id:1,phase:2,deny"\n'
GOOD = [("coreruleset-4.9.9/crs-setup.conf.example", b"# none\n"), ("coreruleset-4.9.9/rules/A.conf", RULE)]


def archive(entries, links=()):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as tar:
        for name, content in entries:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
        for name, target in links:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = tarfile.SYMTYPE, target
            tar.addfile(member)
    return data.getvalue()


class FetchCRS(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="wafd-fetch-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def fetch(self, *arguments):
        return subprocess.run(
            [str(SCRIPT), *arguments, "--into", str(self.folder / "crs")], capture_output=True, text=True, timeout=60)

    def fetch_archive(self, data, checksum=None):
        path = self.folder / "archive.tar.gz"
        path.write_bytes(data)
        return self.fetch(
            "4.9.9", "--sha256", checksum or hashlib.sha256(data).hexdigest(), "--from", f"file://{path}")

    def assert_nothing_left(self):
        crs = self.folder / "crs"
        self.assertEqual(list(crs.iterdir()) if crs.exists() else [], [])

    def test_a_release(self):
        done = self.fetch_archive(archive(GOOD))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual((self.folder / "crs" / "4.9.9" / "rules" / "A.conf").read_bytes(), RULE)
        self.assertIn("waf_rules_file", done.stdout)
        again = self.fetch_archive(archive(GOOD))
        self.assertEqual(again.returncode, 1)
        self.assertIn("is there already", again.stderr)

    def test_refused_archives(self):
        top = "coreruleset-4.9.9/"
        rows = [
            ("another checksum", archive(GOOD), "0" * 64, "has the SHA-256"),
            ("no archive", b"<html>not found</html>", None, "no gzipped tar archive"),
            ("a name that climbs", archive(GOOD + [(top + "../../x", b"")]), None, "leads out"),
            ("an absolute name", archive(GOOD + [("/tmp/x", b"")]), None, "leads out"),
            ("a link", archive(GOOD, [(top + "rules/L.conf", "/etc/passwd")]), None, "neither file nor folder"),
            ("no rules", archive(GOOD[:1]), None, "no rules/*.conf"),
            ("no setup", archive(GOOD[1:]), None, "no crs-setup.conf.example"),
            ("too many entries", archive(GOOD + [(f"{top}{number}", b"") for number in range(2000)]), None,
             "more than 2000 entries"),
            ("too much content", archive(GOOD + [(top + "zeros", bytes(33 << 20))]), None, "holds more than"),
        ]
        for name, data, checksum, message in rows:
            with self.subTest(name):
                done = self.fetch_archive(data, checksum)
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertIn(message, done.stderr)
                self.assert_nothing_left()

    def test_usage(self):
        checksum = ("--sha256", "0" * 64)
        for arguments in ((), ("4.9.9",), ("4.x.y", *checksum), ("4.9.9", "--sha256", "abc"), ("4.9.9", "--sha256"),
                          ("4.9.9", *checksum, "--from", "http://127.0.0.1/"), ("4.9.9", "4.9.8", *checksum),
                          ("4.9.9", *checksum, "--frob")):
            with self.subTest(arguments):
                done = self.fetch(*arguments)
                self.assertEqual(done.returncode, 2)
                self.assertIn("error: ", done.stderr)
                self.assert_nothing_left()

    def test_no_answer(self):
        for place in ("https://127.0.0.1:1/a.tar.gz", f"file://{self.folder}/absent.tar.gz"):
            with self.subTest(place):
                done = self.fetch("4.9.9", "--sha256", "0" * 64, "--from", place)
                self.assertEqual(done.returncode, 1)
                self.assertIn(place, done.stderr)
                self.assert_nothing_left()


if __name__ == "__main__":
    unittest.main()
