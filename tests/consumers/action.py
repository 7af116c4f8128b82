"""The steps of action.yml, run as a runner runs them: pull requests, forks, merge commits, shallow clones, pushes.
Usage: action.py CARGO-VERPOLICY. A stub stands for the forge's comments, another for `cargo install`."""

import http.server, json, os, pathlib, re, shutil, subprocess, sys, tempfile, threading
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(sys.argv[1]).resolve()
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
TOP = pathlib.Path(tempfile.mkdtemp())
MARKER = "<!-- cargo-verpolicy -->"


class Forge(http.server.BaseHTTPRequestHandler):
    """Comments of one pull request, two a page, as GitHub and Gitea answer."""

    comments, allowed, asked = [], True, []

    def do(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        Forge.asked.append(self.command)
        assert self.headers["Authorization"] == "Bearer secret"
        if self.path == "/user":  # a job's own token is no user's
            Forge.asked.pop()
            self.send_error(403)
            return
        found = re.fullmatch(r"/repos/pets/pets/issues/(7/comments|comments/(\d+))(?:\?(.*))?", self.path)
        assert found, self.path
        status, answer, link = 200, {}, None
        if self.command != "GET" and not Forge.allowed:
            status = 403
        elif self.command == "GET":
            page = int(dict(p.split("=") for p in found[3].split("&")).get("page", 1))
            answer = Forge.comments[2 * page - 2 : 2 * page]
            if len(Forge.comments) > 2 * page:
                here = f"http://{self.headers['Host']}/repos/pets/pets/issues/7/comments?per_page=100&page="
                link = f'<{here}1>; rel="first", <{here}{page + 1}>; rel="next"'
        elif self.command == "POST":
            ours = {"id": 100 + len(Forge.comments), "user": {"type": "Bot"}}
            Forge.comments.append({**ours, **json.loads(body)})
            status = 201
        else:
            [mine] = [c for c in Forge.comments if c["id"] == int(found[2])]
            mine.update(json.loads(body))
        self.send_response(status)
        if link:
            self.send_header("Link", link)
        answer = json.dumps(answer).encode()
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST = do_PATCH = do

    def log_message(self, *_):
        pass


FORGE = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Forge)
threading.Thread(target=FORGE.serve_forever, daemon=True).start()


def git(where, *arguments):
    clean = {"PATH": os.environ["PATH"], "HOME": str(TOP), "GIT_CONFIG_NOSYSTEM": "1"}
    names = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    command = ["git", "-c", "init.defaultBranch=main", "-c", "advice.detachedHead=false", *arguments]
    done = subprocess.run(command, cwd=where, env=clean | names, capture_output=True, text=True)
    assert done.returncode == 0, (arguments, done.stderr)
    return done.stdout.strip()


MANIFEST = '[package]\nname = "pets"\nversion = "{}"\nedition = "2021"\n[dependencies]\nactix-web = "4"\n'
SERVICE = """use actix_web::{{get, web, App}};

/// Finds one.
#[versioning_macros::api(since = "1.0.0")]
#[get("/pets/{{id}}")]
async fn find(_: web::Path<u32>) -> web::Json<{}> {{
    todo!()
}}

fn main() {{
    App::new().service(find);
}}
"""


def lay(where, version, answer):
    (where / "src").mkdir(exist_ok=True)
    (where / "Cargo.toml").write_text(MANIFEST.format(version))
    (where / "src/main.rs").write_text(SERVICE.format(answer))
    git(where, "add", "-A")
    git(where, "commit", "-q", "-m", f"{version} answers {answer}")


def forge():
    """The upstream repository: 1.0.0 released, then a pull request of a fork that breaks; main went on meanwhile."""
    upstream = TOP / "upstream"
    upstream.mkdir()
    git(upstream, "init", "-q", ".")
    lay(upstream, "1.0.0", "u32")
    git(upstream, "tag", "v1.0.0")
    git(upstream, "switch", "-q", "-c", "topic")
    lay(upstream, "1.1.0", "String")
    git(upstream, "switch", "-q", "main")
    (upstream / "NEWS").write_text("main went on\n")
    git(upstream, "add", "-A")
    git(upstream, "commit", "-q", "-m", "news")
    git(upstream, "switch", "-q", "topic")
    git(upstream, "merge", "-q", "--no-edit", "main")
    git(upstream, "switch", "-q", "main")
    (upstream / "NEWS").write_text("main went on again\n")
    git(upstream, "commit", "-q", "-a", "-m", "more news")
    git(upstream, "update-ref", "refs/pull/7/head", "topic")
    git(upstream, "switch", "-q", "--detach", "main")
    git(upstream, "merge", "-q", "--no-edit", "topic")
    git(upstream, "update-ref", "refs/pull/7/merge", "HEAD")
    git(upstream, "switch", "-q", "main")
    git(upstream, "branch", "-q", "-D", "topic")  # the fork's branch is in no clone of upstream
    return upstream


UPSTREAM = forge()
MERGE, HEAD, MAIN = (git(UPSTREAM, "rev-parse", r) for r in ("refs/pull/7/merge", "refs/pull/7/head", "main"))


def checkout(ref, commit, depth):
    """As actions/checkout does it: a fetch of what is wanted, and a detached HEAD."""
    clone = pathlib.Path(tempfile.mkdtemp(dir=TOP))
    git(clone, "init", "-q", ".")
    git(clone, "remote", "add", "origin", f"file://{UPSTREAM}")
    if depth:
        git(clone, "fetch", "-q", "--no-tags", f"--depth={depth}", "origin", f"+{commit}:{ref}")
    else:
        git(clone, "fetch", "-q", "--tags", "origin", "+refs/heads/*:refs/remotes/origin/*", f"+{commit}:{ref}")
    git(clone, "checkout", "-q", "--force", ref)
    return clone


def evaluate(expression, context):
    """An expression of a workflow, by Python."""

    def value(path):
        found = context
        for key in path.split("."):
            found = found.get(key) if isinstance(found, dict) else None
        return "" if found is None else found

    text = re.sub(r"'[^']*'|[A-Za-z_][\w-]*(?:\.[\w-]+)+|always\(\)|&&|\|\|", lambda m: {
        "always()": "True", "&&": " and ", "||": " or "}.get(m[0], m[0] if m[0][0] == "'" else f"value({m[0]!r})"), expression)
    return eval(text, {"value": value})


def fill(text, context):
    return re.sub(r"\$\{\{(.*?)\}\}", lambda m: str(evaluate(m[1].strip(), context)), str(text))


class Run:
    """One job that uses the action."""

    def __init__(self, clone, event, variables, **inputs):
        self.clone, temp = clone, pathlib.Path(tempfile.mkdtemp(dir=TOP))
        tools = temp / "tools"
        tools.mkdir()
        installer = '#!/bin/sh\n[ "$1" = install ] || exit 1\nmkdir -p "$4/bin"\ncp "%s" "$4/bin/"\n' % BINARY
        (tools / "cargo").write_text(installer)
        (tools / "cargo").chmod(0o755)
        unknown = set(inputs) - {name.replace("-", "_") for name in ACTION["inputs"]}
        assert not unknown, unknown
        given = {name: inputs.get(name.replace("-", "_"), row.get("default", "")) for name, row in ACTION["inputs"].items()}
        context = {
            "inputs": given, "steps": {}, "runner": {"temp": str(temp), "os": "Linux", "arch": "X64"},
            "github": {"event": event, "event_name": variables["GITHUB_EVENT_NAME"], "repository": "pets/pets", "token": "secret"},
        }
        given["token"] = fill(given["token"], context)
        self.summary, self.log, self.failed = temp / "summary.md", "", None
        for step in ACTION["runs"]["steps"]:
            condition = step.get("if", "True")
            if self.failed is not None and "always()" not in condition or not evaluate(condition, context):
                continue
            outputs = {}
            if "run" in step:
                output = temp / "output"
                output.write_text("")
                environment = {
                    "PATH": f"{tools}:{os.environ['PATH']}", "HOME": str(TOP), "CI": "true", "GITHUB_ACTIONS": "true",
                    "GITHUB_ACTION_PATH": str(ROOT), "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(self.summary),
                    "GITHUB_API_URL": f"http://127.0.0.1:{FORGE.server_port}", "GITHUB_WORKSPACE": str(clone), **variables,
                    **{name: fill(value, context) for name, value in step.get("env", {}).items()},
                }
                shell = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", fill(step["run"], context)]
                done = subprocess.run(shell, cwd=clone, env=environment, capture_output=True, text=True)
                self.log += done.stdout + done.stderr
                if done.returncode:
                    self.failed = done.returncode
                outputs = dict(line.split("=", 1) for line in output.read_text().splitlines())
            context["steps"][step.get("id", step["name"])] = {"outputs": outputs}
        self.outputs = {name: fill(row["value"], context) for name, row in ACTION["outputs"].items()}


def pull_request(ref="refs/pull/7/merge", base="main"):
    return {"GITHUB_EVENT_NAME": "pull_request", "GITHUB_REF": ref, "GITHUB_SHA": MERGE, "GITHUB_BASE_REF": base, "GITHUB_HEAD_REF": "topic"}


EVENT = {"action": "synchronize", "number": 7, "pull_request": {"number": 7, "head": {"sha": HEAD, "repo": {"fork": True}}}}
PUSH = {"GITHUB_EVENT_NAME": "push", "GITHUB_REF": "refs/heads/main", "GITHUB_SHA": MAIN}
SAYS = "this pull request: major"


def check(condition, run):
    assert condition, (run.failed, run.outputs, run.log)


# A fork's pull request, the merge that the forge made, a first comment.
merge = checkout("refs/remotes/pull/7/merge", MERGE, 0)
run = Run(merge, EVENT, pull_request(), comment="true", sarif="out.sarif", html="out.html")
check(run.failed == 100, run)
check({k: run.outputs[k] for k in ("verdict", "required-bump", "next-version", "exit-code")}
      == {"verdict": "fail", "required-bump": "major", "next-version": "2.0.0", "exit-code": "100"}, run)
check(json.loads(pathlib.Path(run.outputs["report-json"]).read_text())["schema"] == "verpolicy.report/1", run)
check("::error " in run.log and "file=src/main.rs" in run.log, run)
check(SAYS in run.summary.read_text(), run)
check((merge / "out.sarif").is_file() and (merge / "out.html").is_file(), run)
[comment] = Forge.comments
check(comment["body"].startswith(MARKER) and SAYS in comment["body"], run)

# Others commented before, one in our name; ours is on the second page, and is replaced.
Forge.comments[:0] = [{"id": n, "user": {"type": "User"}, "body": body} for n, body in enumerate(("Nice!", MARKER, ""))]
comment["body"] = f"{MARKER}\nold"
run = Run(merge, EVENT, pull_request(), comment="true", version="none")
check(run.failed == 127, run)  # `none`, and there is none in PATH
check(run.outputs["verdict"] == "" and run.outputs["exit-code"] == "127", run)
check(comment["body"].endswith("old"), run)
os.environ["PATH"] = f"{BINARY.parent}:{os.environ['PATH']}"
run = Run(merge, EVENT, pull_request(), comment="true", version="none")
check(run.failed == 100 and len(Forge.comments) == 4 and SAYS in comment["body"], run)

# The token of a fork may not write: a warning, and the verdict as it was.
Forge.allowed = False
run = Run(merge, EVENT, pull_request(), comment="true")
check(run.failed == 100 and "::warning title=cargo-verpolicy::the comment could not" in run.log and "403" in run.log, run)
Forge.allowed, Forge.asked = True, []

# The head of the pull request instead, which is a merge itself; Gitea names it so.
for ref in ("refs/pull/7/merge", "refs/pull/7/head"):
    head = checkout("refs/remotes/pull/7/head", HEAD, 0)
    run = Run(head, EVENT, pull_request(ref))
    check(run.failed == 100 and SAYS in run.summary.read_text(), run)

# Shallow: incomplete, with the command that mends it.
shallow = checkout("refs/remotes/pull/7/merge", MERGE, 1)
run = Run(shallow, EVENT, pull_request(), comment="true")
check(run.failed == 101 and run.outputs["verdict"] == "", run)
command = re.search(r"`(git fetch [^`]*)`", run.log)[1]
git(shallow, *command.split()[1:])
run = Run(shallow, EVENT, pull_request())
check(run.failed == 100 and SAYS in run.summary.read_text(), run)

# A push to main: no pull request, no comment; what is on main needs nothing.
main = checkout("refs/remotes/checked/out", MAIN, 0)
run = Run(main, {"ref": "refs/heads/main"}, PUSH, comment="true")
check(run.failed is None and run.outputs["verdict"] == "pending" and run.outputs["required-bump"] == "none", run)
check("this pull request" not in run.summary.read_text(), run)

# Every other input.
inputs = dict(manifest_path="Cargo.toml", package="pets", implicit="routes", policy="semver", baseline="git:v1.0.0",
              pull_request="false", args="--bump\nmajor\n", release="false", features="", exclude="")
run = Run(main, {}, PUSH, **inputs)
check(run.failed is None and run.outputs["verdict"] == "pass", run)
run = Run(merge, EVENT, pull_request(), release="1.1.0")
check(run.failed == 100, run)
run = Run(main, {}, PUSH, exclude="pests")
check(run.failed == 2 and "did you mean `pets`" in run.log, run)

check(Forge.asked == [], run)
shutil.rmtree(TOP)
