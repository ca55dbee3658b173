"""Owns the peers: how each is installed by its ordinary client, what it is asked to do, and why one is left out."""

import dataclasses
import pathlib
import shutil
import subprocess

# The newest version that builds from what the proxy serves is taken.
VALE = ["latest", "v3.22.0", "v3.20.0"]
LANGUAGETOOL = ["6.6", "6.4"]


@dataclasses.dataclass
class Peer:
    name: str
    work: str  # what it does here, said plainly
    command: list  # the folder is put after it
    most: int = 10_000  # files beyond which it is not asked, for it would take hours
    ok: tuple = (0, 1, 2)  # exit statuses of a run that did its work
    tags: tuple = ("en",)  # languages that it knows anything of


def run(*command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or [f"{command[0]} ended with {done.returncode}"]
        raise RuntimeError(next((line for line in said if "rror" in line or "not " in line), said[-1])[:160])


def need(program):
    if not shutil.which(program):
        raise RuntimeError(f"{program} is not on this machine")


def python(home):
    venv = home / "python"
    if not venv.exists():
        need("python3")
        run("python3", "-m", "venv", venv)
        run(venv / "bin/pip", "install", "-q", "typos", "codespell")
    return [Peer("typos", "known misspellings", [venv / "bin/typos", "--color=never"]),
            Peer("codespell", "known misspellings", [venv / "bin/codespell"], ok=tuple(range(256)))]


def vale(home, rules):
    need("go")
    program = home / "go/vale"
    for version in [] if program.exists() else VALE:
        try:
            run("env", f"GOBIN={program.parent}", "go", "install", f"github.com/vale-cli/vale/v3/cmd/vale@{version}")
            break
        except RuntimeError as error:
            if version == VALE[-1]:
                raise error
    styles = home / "styles/House"
    styles.mkdir(parents=True, exist_ok=True)
    for number in range(rules):  # as many rules as copydesk has, of the two commonest kinds, none of which finds anything
        kind = ("extends: existence\nmessage: \"avoid '%s'\"\nignorecase: true\ntokens:\n  - quux{0}s?\n  - in the matter of quux{0}\n"
                if number % 2 else "extends: substitution\nmessage: \"use '%s'\"\nignorecase: true\nswap:\n  quux{0}: thing\n  (?:get|got) quux{0}: get\n")
        (styles / f"Rule{number}.yml").write_text(kind.format(number))
    config = home / "vale.ini"
    config.write_text("StylesPath = styles\nMinAlertLevel = suggestion\n[*.md]\nBasedOnStyles = House\n")
    return [Peer("vale", f"{rules} rules of the house, made up", [program, f"--config={config}", "--output=line"], tags=("en", "fr"))]


def node(home):
    need("npm")
    home = home / "node"
    if not (home / "node_modules/.bin/textlint").exists():
        home.mkdir(parents=True, exist_ok=True)
        run("npm", "init", "-y", cwd=home)
        run("npm", "install", "--silent", "textlint", "textlint-rule-write-good", "alex", cwd=home)
    bin = home / "node_modules/.bin"
    return [Peer("textlint", "the rules of write-good", [bin / "textlint", "--rule", "write-good"], 1_000),
            Peer("alex", "insensitive words", [bin / "alex"], 1_000)]


JAVA = """import java.nio.file.*; import org.languagetool.*; import org.languagetool.language.*;
public class Run { public static void main(String[] a) throws Exception {
  JLanguageTool tool = new JLanguageTool(Languages.getLanguageForShortCode(a[0])); int found = 0;
  try (var files = Files.walk(Path.of(a[1]))) { for (Path p : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator)
    found += tool.check(Files.readString(p)).size(); }
  System.out.println(found); } }
"""


def languagetool(home):
    need("mvn")
    need("javac")
    home = home / "languagetool"
    home.mkdir(parents=True, exist_ok=True)
    there = all(list(home.glob(f"lib/language-{tag}-*.jar")) for tag in ("en", "fr"))
    for version in [] if there else LANGUAGETOOL:
        (home / "pom.xml").write_text(
            '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>bench</groupId>'
            '<artifactId>bench</artifactId><version>1</version><dependencies>' + "".join(
                f'<dependency><groupId>org.languagetool</groupId><artifactId>language-{tag}</artifactId><version>{version}</version></dependency>'
                for tag in ("en", "fr")) + '</dependencies></project>')
        try:
            run("mvn", "-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=lib", cwd=home)
            break
        except RuntimeError as error:
            if version == LANGUAGETOOL[-1]:
                raise error
    (home / "Run.java").write_text(JAVA)
    run("javac", "-cp", "lib/*", "Run.java", cwd=home)
    java = ["java", "-cp", f"{home}/lib/*:{home}", "Run"]
    return [Peer("LanguageTool", "grammar and spelling of English", java + ["en-GB"], 100),
            Peer("LanguageTool", "grammar and spelling of French", java + ["fr"], 100, tags=("fr",))]


def install(home, rules):
    """The peers that could be had, and of each other one the reason."""
    home = pathlib.Path(home).resolve()
    home.mkdir(parents=True, exist_ok=True)
    peers, without = [], []
    makers = {"typos, codespell": lambda: python(home), "vale": lambda: vale(home, rules), "textlint, alex": lambda: node(home),
              "LanguageTool": lambda: languagetool(home)}
    for names, make in makers.items():
        try:
            peers += make()
        except (RuntimeError, OSError) as error:
            without.append((names, str(error)))
    return peers, without
