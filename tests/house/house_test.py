#!/usr/bin/env python3
"""The house rules of CONTRIBUTING.md, checked over the tree. Each check is a function; its findings are lines for people.

    house_test.py SOURCE_DIR CHECK      one check, by name
    house_test.py SOURCE_DIR            all of them
    house_test.py --list                their names
"""
import re
import sys
import tomllib
from pathlib import Path

root = Path(".")

PLACES = ["kiosk", "relay", "center", "issuer", "registry", "jpki"]

# The one header in which a folder shares a library among its own files, and why it may.
WRAPPERS = {
    "src/trust/openssl_handles.hpp": "openssl",  # owners of OpenSSL's objects, for trust's own .cpp files
    "src/wire/grpc_shared.hpp": "grpcpp",  # what wire's own .cpp files share
    "src/operation/loopback_server.hpp": "boost/",  # its callers answer with Beast's requests and streams
    "src/wire/message.hpp": "google/protobuf",  # contracts are protobuf messages
    "src/kiosk/edge/kiosk_driver.hpp": "boost/asio",  # the driver's loop and threads are its members
    "src/kiosk/edge/registration_view.hpp": "boost/json",  # a part of the message that screen_view.cpp writes
    "src/kiosk/edge/card_lane.hpp": "boost/asio",  # the lane's thread is its member
}
# Wrappers that only files of the same folder may include.
PRIVATE_WRAPPERS = ["trust/openssl_handles.hpp", "wire/grpc_shared.hpp"]

# A generator that the caller seeds gives the same numbers always; only true randomness is kept out of a core.
CORE_EXCEPTIONS = {("src/registry/core/synthesis_random.hpp", "random")}
CORE_HEADERS = (
    r"fstream|iostream|cstdio|stdio\.h|ctime|time\.h|random|thread|mutex|shared_mutex|condition_variable|future|atomic|"
    r"unistd\.h|fcntl\.h|poll\.h|signal\.h|sys/.*|netinet/.*|arpa/.*|sqlite3\.h|openssl/.*|grpc.*|boost/.*|"
    r"winscard\.h|cups/.*|spdlog/.*|toml\+\+/.*|prometheus/.*|CLI/.*"
)
CORE_WORDS = (
    r"\b(system_clock|steady_clock|high_resolution_clock|utc_clock|random_device|getenv|clock_gettime|fopen|"
    r"random_bytes|fill_random|random_serial|ifstream|ofstream)\b|\boperation::now\b|std::time\("
)
# What a core may take from the parts that are edges themselves.
CORE_OWN = r"(operation|store)/|wire/(?!message\.hpp)|trust/(file|openssl_\w+)\.hpp|\w+/edge/"


def files(*patterns):
    found = []
    for pattern in patterns:
        found += [path for path in root.glob(pattern) if path.is_file()]
    skipped = {"node_modules", "dist", "build", ".git"}
    return sorted(path for path in set(found) if not skipped & set(path.relative_to(root).parts))


def name_of(path):
    return path.relative_to(root).as_posix()


def text_of(path):
    return path.read_text(encoding="utf-8")


def without_comments(text):
    """C++ without comments, line for line; string literals stay."""
    pattern = r'("(?:\\.|[^"\\\n])*")|/\*.*?\*/|//[^\n]*'
    return re.sub(pattern, lambda m: m.group(1) or "\n" * m.group(0).count("\n"), text, flags=re.S)


def includes(path):
    """(line number, header, whether in quotes)"""
    for number, line in enumerate(without_comments(text_of(path)).splitlines(), 1):
        match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if match:
            yield number, match.group(2), match.group(1) == '"'


def cpp_sources():
    return files("src/**/*.cpp", "src/**/*.hpp")


def parts_in_order():
    match = re.search(r"foreach\(part ([^)]*)\)", text_of(root / "src/CMakeLists.txt"))
    return match.group(1).split()


def check_dependencies_point_one_way():
    """A folder of src/ includes only those before it in src/CMakeLists.txt; a place never another place."""
    order = parts_in_order()
    folders = {path.name for path in (root / "src").iterdir() if path.is_dir()}
    for missing in sorted(folders - set(order)):
        yield f"src/{missing}: is not in the list of src/CMakeLists.txt"
    for path in cpp_sources():
        part = path.relative_to(root / "src").parts[0]
        for number, header, quoted in includes(path):
            used = header.split("/")[0]
            if not quoted or used == part or used not in order or part not in order:
                continue
            if part in PLACES and used in PLACES:
                yield f"{name_of(path)}:{number}: the place {part} includes the place {used}"
            elif order.index(used) > order.index(part):
                yield f"{name_of(path)}:{number}: {part} stands below {used} and must not include it"


def check_own_headers_are_named_from_src():
    """An include in quotes in src/ names a file under src/, a contract, or the generated build id."""
    for path in cpp_sources():
        for number, header, quoted in includes(path):
            known = header.startswith("madoguchi/v1/") or header == "operation/build_id.hpp"
            if quoted and not known and not (root / "src" / header).is_file() and header != "base/reasons.def":
                yield f"{name_of(path)}:{number}: no such file under src/: {header}"


def check_the_card_itself_stays_out_of_readers_and_kiosks():
    """card/virtual_card is the card; neither the reader's side nor any place contains it."""
    for path in cpp_sources():
        if "virtual_card" in path.parts:
            continue
        for number, header, _ in includes(path):
            if header.startswith("card/virtual_card/"):
                yield f"{name_of(path)}:{number}: includes the card itself: {header}"


def check_cores_are_pure():
    """A core has no I/O, clock, thread or randomness of its own, and includes no edge."""
    for path in files("src/*/core/**/*.hpp", "src/*/core/**/*.cpp"):
        for number, header, quoted in includes(path):
            if not quoted and re.fullmatch(CORE_HEADERS, header) and (name_of(path), header) not in CORE_EXCEPTIONS:
                yield f"{name_of(path)}:{number}: a core includes <{header}>"
            if quoted and re.match(CORE_OWN, header):
                yield f'{name_of(path)}:{number}: a core includes "{header}"'
        for number, line in enumerate(without_comments(text_of(path)).splitlines(), 1):
            if match := re.search(CORE_WORDS, line):
                yield f"{name_of(path)}:{number}: a core uses {match.group(0)}"


def check_other_peoples_headers_stay_in_one_file():
    """A header of ours includes no library's header, but for the named wrappers."""
    standard = re.compile(r"[a-z_]+")  # <vector>, <cstdint>: no path, no suffix
    for path in files("src/**/*.hpp", "programs/**/*.hpp"):
        for number, header, quoted in includes(path):
            if quoted or standard.fullmatch(header):
                continue
            if not header.startswith(WRAPPERS.get(name_of(path), "\0")):
                yield f"{name_of(path)}:{number}: <{header}> belongs into a .cpp, or into a named wrapper"
    for path in cpp_sources() + files("programs/**/*"):
        if path.suffix not in (".cpp", ".hpp"):
            continue
        folder = path.relative_to(root / "src").parts[0] if name_of(path).startswith("src/") else ""
        for number, header, _ in includes(path):
            if header in PRIVATE_WRAPPERS and header.split("/")[0] != folder:
                yield f"{name_of(path)}:{number}: {header} is for its own folder"


def check_grpc_is_in_wire_only():
    """gRPC's headers are in src/wire and nowhere else."""
    for path in cpp_sources() + files("programs/**/*.cpp", "programs/**/*.hpp"):
        if name_of(path).startswith("src/wire/"):
            continue
        for number, header, _ in includes(path):
            if header.startswith("grpc"):
                yield f"{name_of(path)}:{number}: <{header}>"


def check_nothing_is_left_for_later():
    """No mark of work that is left for later, anywhere."""
    pattern = r"\b(TOD[O]|FIXM[E]|XX[X])\b"  # which does not find itself
    for path in files("**/*.cpp", "**/*.hpp", "**/*.def", "**/*.proto", "**/*.ts", "**/*.mjs", "**/*.css", "**/*.py",
                      "**/*.cmake", "**/CMakeLists.txt", "**/*.toml", "**/*.md", "script/*"):
        for number, line in enumerate(text_of(path).splitlines(), 1):
            if re.search(pattern, line):
                yield f"{name_of(path)}:{number}: {line.strip()[:80]}"


# The one place that may pause: a condition of another process (a file, a row, a port) that announces itself to nobody is
# asked again every 20 ms, within a bound.
polling_loop = ("tests/end_to_end/installation.py", "time.sleep(0.02)")


def check_tests_do_not_sleep():
    """Tests wait for events."""
    pattern = r"\b(sleep_for|sleep_until|usleep|nanosleep|waitForTimeout)\b|(^|[;&|\s\"'])sleep\s+[0-9$]|\btime\.sleep\b"
    for path in files("tests/**/*", "web/tests/**/*"):
        if path.suffix not in (".cpp", ".hpp", ".py", ".mjs", ".sh", "") or name_of(path) == "tests/house/house_test.py":
            continue
        for number, line in enumerate(text_of(path).splitlines(), 1):
            if re.search(pattern, line) and (name_of(path), line.strip()) != polling_loop:
                yield f"{name_of(path)}:{number}: {line.strip()[:80]}"


# Files that write without a crash point, and why nothing depends on what they write.
WRITES_WITHOUT_POINT = {
    "src/trust/file.cpp": "the primitive itself: it takes a point",
    "src/store/sqlite.cpp": "the primitive itself: it takes a point",
    "src/card/virtual_card/state_file.cpp": "a lock, which holds nothing",
    "src/wire/capture.hpp": "what a test may capture; unset in service",
    "src/wire/capture.cpp": "what a test may capture; unset in service",
    "src/kiosk/edge/browser.cpp": "a browser's profile, which goes with its session",
    "programs/card/keeping.cpp": "public keys, exported",
    "src/registry/edge/city_files.cpp": "a synthetic city",
    "programs/citizen/main.cpp": "a test's notes",
    "programs/proof/main.cpp": "a proof sheet of invented people",
}
WRITING = r"\bf(data)?sync\(|\brename\(|\bO_CREAT\b|\bofstream\b|\bfopen\(|\bsqlite3_\w+\(|filesystem::(copy|copy_file|resize_file)\("
# What moves coins or paper. Each call stands within three lines of its point.
EFFECTS = r"(->|\.)(enable|capture|give_back|print|create_job|send_document)\("


def check_durable_writes_and_effects_have_crash_points():
    """A file is written, a database committed, a coin moved or a sheet printed at a crash point only; each name stands once."""
    seen = {}
    for path in cpp_sources() + files("programs/**/*.cpp", "programs/**/*.hpp"):
        lines = without_comments(text_of(path)).splitlines()
        for number, line in enumerate(lines, 1):
            for name in re.findall(r'"(\w+)"_point', line):
                if not re.fullmatch(r"[a-z][a-z_]*", name) or seen.setdefault(name, (path, number)) != (path, number):
                    yield f"{name_of(path)}:{number}: the crash point {name} stands elsewhere too, or is no name"
            if name_of(path) not in WRITES_WITHOUT_POINT and (match := re.search(WRITING, line)):
                yield f"{name_of(path)}:{number}: writes without a crash point: {match.group(0)}"
            if name_of(path).startswith("src/kiosk/") and path.suffix == ".cpp" and re.search(EFFECTS, line):
                if "_point" not in "".join(lines[max(0, number - 4):number]):
                    yield f"{name_of(path)}:{number}: an effect without a crash point: {line.strip()[:60]}"


def check_every_reason_speaks_both_languages():
    """base/reasons.def: a code once, a sentence in Japanese and one in English."""
    seen = set()
    for number, line in enumerate(text_of(root / "src/base/reasons.def").splitlines(), 1):
        if not line.startswith("REASON("):
            if line and not line.startswith("//"):
                yield f"src/base/reasons.def:{number}: neither a reason nor a comment"
            continue
        match = re.fullmatch(r'REASON\(([a-z_]+), "([^"]+)", "([^"]+)"\)', line)
        if not match:
            yield f"src/base/reasons.def:{number}: not REASON(code, \"日本語\", \"English\")"
            continue
        code, japanese, english = match.groups()
        if code in seen or len(code) > 40:
            yield f"src/base/reasons.def:{number}: {code} stands here twice, or is over 40 letters"
        seen.add(code)
        if not re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", japanese) or not japanese.endswith("。"):
            yield f"src/base/reasons.def:{number}: {code} has no Japanese sentence"
        if not english.isascii() or not english.endswith(".") or " " not in english:
            yield f"src/base/reasons.def:{number}: {code} has no English sentence"
    if not seen:
        yield "src/base/reasons.def: no reasons"


def check_contracts_say_what_they_mean():
    """Every field of a contract says its meaning beside it or above it, or a comment above its message says it."""
    for path in files("contracts/**/*.proto"):
        message, above = None, False  # the open message: whether a comment stands above it; a comment just above
        for number, line in enumerate(text_of(path).splitlines(), 1):
            code, _, comment = (part.strip() for part in line.partition("//"))
            if not code:
                above = bool(comment)
            elif opened := re.match(r"message \w+ \{", code):
                message, above = above or bool(comment), False
                code = code[opened.end():]
            if message is not None:
                field = re.search(r"(?:repeated |optional )?[\w.]+ (\w+) = \d+;", code)
                if field and not (message or above or comment):
                    yield f"{name_of(path)}:{number}: nothing says what \"{field.group(1)}\" is"
                if code:
                    above = False
                if code.endswith("}"):
                    message = None


def check_requirements_name_what_exists():
    """Every path in backticks in docs/requirements.md and docs/promises.md exists."""
    for document in ["docs/requirements.md", "docs/promises.md"]:
        for number, line in enumerate(text_of(root / document).splitlines(), 1):
            for path in re.findall(r"`([^`\s]+/[^`\s]*)`", line):
                if not (root / path).exists():
                    yield f"{document}:{number}: {path} does not exist"


def tampering_cases():
    """The names by which CTest knows the cases that the tampering table is about, as the sources declare them."""
    outside = {"Judges", "Table"}  # no rows: what outside programs judge, and the table's own test
    for path in files("tests/chain/*_test.cpp"):
        source = text_of(path)
        for suite, case in re.findall(r"^TEST_F\((\w+), (\w+)\)", source, re.M):
            if suite not in outside:
                yield f"chain.{suite}.{case}"
        for suite, case in re.findall(r"^TEST_P\((\w+), (\w+)\)", source, re.M):
            for instance, values in re.findall(rf"^INSTANTIATE_TEST_SUITE_P\(\s*(\w+), {suite},(.*?)^    \[\]", source, re.M | re.S):
                yield from (f"chain.{instance}/{suite}.{case}/{value}" for value in re.findall(r'\{"(\w+)"', values))
    declared = text_of(root / "tests/end_to_end/CMakeLists.txt")
    yield from (f"end_to_end.{name}" for name in re.findall(r"^madoguchi_end_to_end\((\w+) FILE tampering_test.py", declared, re.M))


def check_the_tampering_table_is_whole():
    """tests/chain/tampering.toml: a row for each case and a case for each row; reasons, rules and invariants that exist."""
    table = tomllib.loads(text_of(root / "tests/chain/tampering.toml"))
    reasons = set(re.findall(r"^REASON\((\w+),", text_of(root / "src/base/reasons.def"), re.M))
    chain = text_of(root / "docs/chain.md")
    rules = {f"rule {number}" for number in re.findall(r"^(\d+)\. \*\*", chain, re.M)}
    invariants = {f"I{number}" for number in range(1, 14)} | {"live"}
    cases = list(tampering_cases())
    simulated = {f"fault {name}" for name in re.findall(r"^FAULT\((\w+),", text_of(root / "simulator/swarm/faults.def"), re.M)}
    simulated |= {f"mutant {path.stem}" for path in files("simulator/mutants/*.mutant")}
    for row in table["row"] + table["control"]:
        name = row["name"]
        if row["test"] not in cases:
            yield f"{name}: there is no case {row['test']}"
        if re.split(r"[./]", row["test"])[-1] != name:
            yield f"{name}: its case has another name: {row['test']}"
    for row in table["row"]:
        name = row["name"]
        yield from (f"{name}: {code} is no reason" for code in row["refused"] if code not in reasons)
        yield from (f"{name}: docs/chain.md has no {one}" for one in row["chain"] if one not in rules | invariants)
        yield from (f"{name}: the simulator has no {one}" for one in re.split(r"[,;] ", row.get("simulator", "")) if one and one not in simulated)
        if not rules & set(row["chain"]) or not invariants & set(row["chain"]) or not (row["refused"] or row.get("seen")):
            yield f"{name}: says no rule, no invariant, or not what is seen"
    named = [row["test"] for row in table["row"] + table["control"]]
    yield from (f"{case}: is in no row" for case in cases if case not in named)
    yield from (f"{test}: is in two rows" for test in sorted({test for test in named if named.count(test) > 1}))
    yield from (f"{name}: stands for two rows" for name in sorted(names_used_twice(table["row"])))


def names_used_twice(rows):
    names = [row["name"] for row in rows]
    return {name for name in names if names.count(name) > 1}


def check_links_lead_somewhere():
    """Relative links of our documents lead to files that exist."""
    for path in files("*.md", "docs/**/*.md", "web/**/*.md"):
        for number, line in enumerate(text_of(path).splitlines(), 1):
            for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", line):
                if not re.match(r"[a-z]+:", target) and not (path.parent / target).exists():
                    yield f"{name_of(path)}:{number}: {target} does not exist"


def check_every_setting_is_described():
    """Every setting that a program reads by its full name stands in docs/configuration.md."""
    described = text_of(root / "docs/configuration.md")
    call = r'\b\w*settings\w*\.(?:text|integer|path|existing_files?|texts|milliseconds|flag|count)\("([a-z_]+(?:\.[a-z_]+)*)"'
    for path in files("src/**/*.cpp", "programs/**/*.cpp"):
        for number, line in enumerate(without_comments(text_of(path)).splitlines(), 1):
            for key in re.findall(call, line):
                if f"`{key}`" not in described:
                    yield f"{name_of(path)}:{number}: the setting {key} is not in docs/configuration.md"


def check_the_readme_shows_the_demo():
    """Both READMEs show how to run it."""
    for readme in ["README.md", "README.ja.md"]:
        for wanted in ["script/demo", "script/test", "docs/pictures/places.svg", "docs/screens/"]:
            if wanted not in text_of(root / readme):
                yield f"{readme}: does not show {wanted}"


def check_every_decision_is_listed():
    """docs/decisions/README.md lists each decision."""
    index = text_of(root / "docs/decisions/README.md")
    for path in files("docs/decisions/[0-9]*.md"):
        if f"({path.name})" not in index:
            yield f"{name_of(path)}: is not in docs/decisions/README.md"


CHECKS = {name[len("check_"):]: check for name, check in list(globals().items()) if name.startswith("check_")}


def main(arguments):
    global root
    if arguments == ["--list"]:
        print("\n".join(CHECKS))
        return 0
    if not arguments or any(name not in CHECKS for name in arguments[1:]):
        print(__doc__, file=sys.stderr)
        return 2
    root = Path(arguments[0]).resolve()
    failed = 0
    for name in arguments[1:] or CHECKS:
        findings = list(CHECKS[name]())
        failed += bool(findings)
        print(f"{'FAILED' if findings else 'ok    '} {name}: {CHECKS[name].__doc__}")
        for finding in findings:
            print(f"       {finding}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
