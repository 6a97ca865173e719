"""ops/new-stage: what it writes compiles, is registered once, and overwrites nothing."""

import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from support.gateway import ROOT, WAFD


class NewStage(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="wafd-stage-"))
        self.addCleanup(shutil.rmtree, self.folder)
        (self.folder / "ops").mkdir()
        (self.folder / "Tests").mkdir()
        (self.folder / "Tests/UserStagesTests").mkdir()
        shutil.copy(ROOT / "ops/new-stage", self.folder / "ops/new-stage")
        shutil.copytree(ROOT / "Sources/UserStages", self.folder / "Sources/UserStages")

    def make(self, *arguments):
        return subprocess.run(
            [self.folder / "ops/new-stage", *arguments], capture_output=True, text=True, timeout=60)

    def test_it_compiles_against_the_library(self):
        result = self.make("tenant-tag")
        self.assertEqual(result.returncode, 0, result.stderr)
        register = (self.folder / "Sources/UserStages/UserStages.swift").read_text()
        self.assertEqual(len(re.findall(r"^        TenantTagStage\.self,$", register, re.MULTILINE)), 1)
        self.assertTrue((self.folder / "Tests/UserStagesTests/TenantTagStageTests.swift").exists())
        self.compile()

    def compile(self):
        modules = pathlib.Path(WAFD).parent / "Modules"
        compiler = shutil.which("swiftc")
        if compiler is None or not (modules / "Pipeline.swiftmodule").exists():
            self.skipTest(f"no compiler, or no modules in {modules}")
        maps = [*modules.parent.glob("*.build/module.modulemap"), *(ROOT / "Sources").glob("*/module.modulemap")]
        check = subprocess.run(
            [compiler, "-typecheck", "-swift-version", "6", "-I", modules,
             *[word for path in maps for word in ("-Xcc", f"-fmodule-map-file={path}")],
             *sorted((self.folder / "Sources/UserStages").glob("*.swift"))],
            capture_output=True, text=True, timeout=120)
        self.assertEqual(check.returncode, 0, check.stderr)

    def test_the_guide_compiles(self):
        text = (ROOT / "ops/manual/stages.md").read_text()
        stage = next(part for part in re.findall(r"```swift\n(.*?)```", text, re.DOTALL) if "final class" in part)
        self.assertEqual(self.make("tenant").returncode, 0)
        (self.folder / "Sources/UserStages/TenantStage.swift").write_text(stage)
        self.compile()

    def test_nothing_is_overwritten(self):
        self.assertEqual(self.make("twice").returncode, 0)
        path = self.folder / "Sources/UserStages/TwiceStage.swift"
        path.write_text("mine")
        result = self.make("twice")
        self.assertEqual(result.returncode, 1)
        self.assertIn("is there already", result.stderr)
        self.assertEqual(path.read_text(), "mine")

    def test_names(self):
        for name in ["Upper", "a b", "-a", "a-", "1a", "ä", ""]:
            self.assertEqual(self.make(name).returncode, 1, name)
        self.assertEqual(self.make().returncode, 2)


if __name__ == "__main__":
    unittest.main()
