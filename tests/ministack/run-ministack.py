"""Runs MiniStack, a simulated AWS, on two loopback ports, with the additions that Gluewright needs.

    run-ministack.py PORT API_PORT

PORT serves every service, API_PORT the newest HTTP API. Lines on the standard input set when the events of a job's runs
come: `events JOB prompt`, `events JOB none`, `events JOB 70` (seconds late). `denials` prints the denied calls. This
process ends with its input, so no test leaves one behind.

docs/testing.md lists what is added here, and why.
"""

import asyncio
import contextvars
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

port, api_port = sys.argv[1], sys.argv[2]
region = "eu-west-1"
folder = tempfile.mkdtemp(prefix="gluewright-ministack-")
os.environ.update(
    GATEWAY_PORT=port,
    BIND_HOST="127.0.0.1",
    LAMBDA_EXECUTOR="local",
    AUTH="true",
    TMPDIR=folder,
    STATE_DIR=os.path.join(folder, "state"),
    MINISTACK_REGION=region,
    AWS_ENDPOINT_URL=f"http://127.0.0.1:{port}",
    AWS_ACCESS_KEY_ID="test",
    AWS_SECRET_ACCESS_KEY="test",
    AWS_REGION=region,
    AWS_DEFAULT_REGION=region,
)
tempfile.tempdir = folder

from hypercorn.asyncio import serve  # noqa: E402
from hypercorn.config import Config  # noqa: E402
from ministack import app as ministack  # noqa: E402
from ministack.core import iam_evaluator, lambda_runtime  # noqa: E402
from ministack.core.responses import error_response_json, json_response  # noqa: E402
from ministack.services import cloudwatch_logs, eventbridge, glue, stepfunctions  # noqa: E402
from ministack.services.cloudformation import provisioners  # noqa: E402

types = provisioners._RESOURCE_HANDLERS


def read(response):
    status, _, body = response
    answer = json.loads(body) if body else {}
    if status >= 400:
        raise ValueError(answer.get("message") or answer.get("Message") or str(answer))
    return answer


# MiniStack has the operations of versions and aliases, but not their CloudFormation types.


def create_version(_id, properties, _stack):
    made = read(stepfunctions._publish_state_machine_version({"stateMachineArn": properties["StateMachineArn"]}))
    return made["stateMachineVersionArn"], {"Arn": made["stateMachineVersionArn"]}


def routing(properties):
    preference = properties.get("DeploymentPreference")
    if preference is not None:
        return [{"stateMachineVersionArn": preference["StateMachineVersionArn"], "weight": 100}]
    return [
        {"stateMachineVersionArn": route["StateMachineVersionArn"], "weight": route["Weight"]}
        for route in properties["RoutingConfiguration"]
    ]


def create_alias(_id, properties, _stack):
    given = {"name": properties["Name"], "routingConfiguration": routing(properties)}
    arn = read(stepfunctions._create_state_machine_alias(given))["stateMachineAliasArn"]
    return arn, {"Arn": arn}


def update_alias(arn, _old, properties, _stack):
    given = {"stateMachineAliasArn": arn, "routingConfiguration": routing(properties)}
    read(stepfunctions._update_state_machine_alias(given))
    return arn, {"Arn": arn}


types["AWS::StepFunctions::StateMachineVersion"] = {
    "create": create_version,
    "delete": lambda arn, _properties: stepfunctions._state_machine_versions.pop(arn, None),
}
types["AWS::StepFunctions::StateMachineAlias"] = {
    "create": create_alias,
    "update": update_alias,
    "delete": lambda arn, _properties: stepfunctions._state_machine_aliases.pop(arn, None),
}

# The address of an API is a name below `localhost`, which most resolvers do not know.

apis = []
http_api = types["AWS::ApiGatewayV2::Api"]


def at_the_port(act):
    def acted(*given):
        identifier, attributes = act(*given)
        apis.append(identifier)
        return identifier, {**attributes, "ApiEndpoint": f"http://127.0.0.1:{api_port}"}

    return acted


types["AWS::ApiGatewayV2::Api"] = {**http_api, **{name: at_the_port(http_api[name]) for name in ("create", "update")}}


async def app(scope, receive, send):
    if scope["type"] == "http" and str(scope["server"][1]) == api_port and apis:
        path = f"/_aws/execute-api/{apis[-1]}/$default{scope['path']}"
        raw = f"/_aws/execute-api/{apis[-1]}/$default".encode() + scope.get("raw_path", scope["path"].encode())
        scope = {**scope, "path": path, "raw_path": raw}
    await ministack.app(scope, receive, send)


# Step Functions: each try of a state has its own token, and a function that throws fails its state.

apply_arguments = stepfunctions._apply_jsonata_arguments
invoke_with_callback = stepfunctions._invoke_with_callback
call_lambda = stepfunctions._call_lambda
waiting_token = contextvars.ContextVar("waiting_token", default=None)


def apply_arguments_of_a_try(state, given, context):
    if ".waitForTaskToken" in state.get("Resource", "") and context["State"]["RetryCount"] > 0:
        context["Task"] = {"Token": secrets.token_hex(32)}
    return apply_arguments(state, given, context)


def invoke_and_wait(resource, given, token, state):
    before = waiting_token.set(token)
    try:
        return invoke_with_callback(resource, given, token, state)
    finally:
        waiting_token.reset(before)


def call_lambda_or_fail(function, event):
    try:
        return call_lambda(function, event)
    except stepfunctions._ExecutionError as error:
        waits = stepfunctions._task_tokens.get(waiting_token.get())
        if waits is not None:
            waits["error"] = {"Error": error.error, "Cause": error.cause}
            waits["event"].set()
        raise


stepfunctions._apply_jsonata_arguments = apply_arguments_of_a_try
stepfunctions._invoke_with_callback = invoke_and_wait
stepfunctions._call_lambda = call_lambda_or_fail

# A Parallel state of JSONata has arguments, an output and variables.

run_branches = stepfunctions._run_parallel_branches


def run_branches_of_jsonata(state, given, execution, context):
    if stepfunctions._state_query_language(state, context) != "JSONata":
        return run_branches(state, given, execution, context)
    passed = stepfunctions._apply_jsonata_arguments(state, given, context) if "Arguments" in state else given
    bare = {name: state[name] for name in ("Type", "Branches", "Next", "End") if name in state}
    results, following = run_branches(bare, passed, execution, context)
    output = stepfunctions._apply_jsonata_output(state, given, context, result=results, default=results)
    stepfunctions._apply_state_assign(state, given, context, result=results)
    return output, following


stepfunctions._run_parallel_branches = run_branches_of_jsonata

# EventBridge Scheduler fills in the time that a schedule was due.

invoke_target = eventbridge._invoke_target


def invoke_with_time(target, event, rule, view=None):
    if event.get("Source") == "aws.scheduler" and "Input" in target:
        due = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(event["Time"]))
        target = {**target, "Input": target["Input"].replace("<aws.scheduler.scheduled-time>", due)}
    return invoke_target(target, event, rule, view)


eventbridge._invoke_target = invoke_with_time

# IAM: calls that the functions' roles do not allow are denied and recorded. Step Functions authorises by the machine for
# any version or alias, CloudWatch Logs by the stream, and EventBridge by an event's source.

denials = []
enforce = iam_evaluator.enforce


def enforce_and_note(access_key_id, iam_action, service, region, resource_arn="*", service_context=None):
    if service == "states":
        resource_arn = re.sub(r"^(arn:[^:]*:states:[^:]*:[^:]*:stateMachine:[^:]*):.*", r"\1", resource_arn)
    if re.fullmatch(r"glue:(Start|Stop|Get)Crawler", iam_action):
        resource_arn = resource_arn.replace(":table/", ":crawler/")
    if service == "athena" and resource_arn == "*":
        resource_arn = f"arn:aws:athena:{region}:000000000000:workgroup/primary"
    if "DataQuality" in iam_action:
        return None
    if iam_action == "logs:GetLogEvents":
        resource_arn += ":log-stream:one"
    if iam_action == "events:PutEvents":
        service_context = {**(service_context or {}), "events:source": "gluewright"}
    denied = enforce(access_key_id, iam_action, service, region, resource_arn, service_context)
    if denied is not None:
        denials.append(f"{iam_action} {resource_arn}: {getattr(denied, 'principal_arn', denied)}")
    return denied


iam_evaluator.enforce = enforce_and_note
# Buckets and queues refuse requests without TLS, but loopback has no TLS.
ministack.pin_request_origin = lambda address, _secure: iam_evaluator.pin_request_origin(address, True)

# MiniStack refuses alarms on metric math. No alarm is evaluated here.

alarm = types["AWS::CloudWatch::Alarm"]
create_alarm = alarm["create"]


def create_any_alarm(identifier, properties, stack):
    if "Metrics" not in properties:
        return create_alarm(identifier, properties, stack)
    name = f"{stack}-{identifier}"
    return name, {"Arn": f"arn:aws:cloudwatch:{region}:000000000000:alarm:{name}"}


alarm["create"] = create_any_alarm

# Glue: job runs are processes with arguments, logs and events; a stop kills them, and a job's limit is enforced.

events = {}
processes = {}
ended_states = ("SUCCEEDED", "FAILED", "STOPPED", "TIMEOUT")


def tell(run):
    """Glue's event as documented."""
    told = events.get(run["JobName"], "prompt")
    if told == "none":
        return
    if told != "prompt":
        time.sleep(float(told))
    state = run["JobRunState"]
    severity = {"SUCCEEDED": "INFO", "STOPPED": "INFO", "TIMEOUT": "WARN"}.get(state, "ERROR")
    detail = {
        "jobName": run["JobName"],
        "severity": severity,
        "state": state,
        "jobRunId": run["Id"],
        "message": run.get("ErrorMessage") or f"Job run {state.lower()}",
    }
    entry = {"Source": "aws.glue", "DetailType": "Glue Job State Change", "Detail": json.dumps(detail)}
    eventbridge._put_events({"Entries": [entry]}, allow_aws_source=True)


def write_log(group, stream, text):
    cloudwatch_logs._create_log_group({"logGroupName": group})
    cloudwatch_logs._create_log_stream({"logGroupName": group, "logStreamName": stream})
    lines = [{"timestamp": int(time.time() * 1000), "message": line} for line in text.splitlines()]
    cloudwatch_logs._put_log_events({"logGroupName": group, "logStreamName": stream, "logEvents": lines})


def end(run, state, message=""):
    run["JobRunState"] = state
    if message:
        run["ErrorMessage"] = message
    run["CompletedOn"] = run["LastModifiedOn"] = time.time()
    run["ExecutionTime"] = int(run["CompletedOn"] - run["StartedOn"])
    tell(run)


def run_script(run, job, arguments, script):
    own = shutil.copy(script, tempfile.mkdtemp())
    argv = [sys.executable, own, *(str(each) for pair in arguments.items() for each in pair)]
    function = f"arn:aws:lambda:{region}:000000000000:function:{job['Name']}"
    role = {"Role": job["Role"], "FunctionArn": function, "FunctionName": job["Name"]}
    env = {**os.environ, **lambda_runtime.execution_credentials(role)}
    process = subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    processes[run["Id"]] = process
    if run["JobRunState"] in ("STOPPING", "STOPPED"):
        process.kill()
    output, error = process.communicate()
    write_log("/aws-glue/python-jobs/output", run["Id"], output)
    write_log("/aws-glue/python-jobs/error", run["Id"], error)
    if run["JobRunState"] == "STOPPING":
        end(run, "STOPPED")
    elif process.returncode == 0:
        end(run, "SUCCEEDED")
    else:
        lines = error.strip().splitlines() or [f"exit code {process.returncode}"]
        end(run, "FAILED", lines[-1])


def start_job_run(data):
    job = glue._jobs.get(data.get("JobName"))
    if job is None:
        return error_response_json("EntityNotFoundException", f"Job {data.get('JobName')} not found", 400)
    runs = glue._job_runs.setdefault(job["Name"], [])
    limit = int(job["ExecutionProperty"].get("MaxConcurrentRuns", 1))
    if sum(run["JobRunState"] not in ended_states for run in runs) >= limit:
        message = f"Concurrent runs exceeded for {job['Name']}"
        return error_response_json("ConcurrentRunsExceededException", message, 400)
    arguments = data.get("Arguments", {})
    run = {
        "Id": f"jr_{secrets.token_hex(32)}",
        "JobName": job["Name"],
        "StartedOn": time.time(),
        "LastModifiedOn": time.time(),
        "JobRunState": "RUNNING",
        "Arguments": arguments,
        "LogGroupName": "/aws-glue/python-jobs",
        "PredecessorRuns": [],
        "ExecutionTime": 0,
        "Attempt": 0,
    }
    runs.insert(0, run)
    script = glue._resolve_script(job["Command"]["ScriptLocation"])
    work = (run_script, run, job, {**job.get("DefaultArguments", {}), **arguments}, script)
    # a request's context has its account and Region
    threading.Thread(target=contextvars.copy_context().run, args=work, daemon=True).start()
    return json_response({"JobRunId": run["Id"]})


def batch_stop_job_run(data):
    name, stopped, errors = data["JobName"], [], []
    for wanted in data["JobRunIds"]:
        run = next((run for run in glue._job_runs.get(name, []) if run["Id"] == wanted), None)
        if run is not None and run["JobRunState"] not in ended_states:
            run["JobRunState"] = "STOPPING"
            if wanted in processes:
                processes[wanted].kill()
            stopped.append({"JobName": name, "JobRunId": wanted})
            continue
        code = "EntityNotFoundException" if run is None else "JobRunNotInTerminalStateException"
        detail = {"ErrorCode": code, "ErrorMessage": f"{wanted} cannot be stopped"}
        errors.append({"JobName": name, "JobRunId": wanted, "ErrorDetail": detail})
    return json_response({"SuccessfulSubmissions": stopped, "Errors": errors})


def with_limit(act, properties_at):
    def acted(*given):
        name, attributes = act(*given)
        glue._jobs[name]["ExecutionProperty"] = given[properties_at].get("ExecutionProperty", {})
        return name, attributes

    return acted


job_type = types["AWS::Glue::Job"]
job_type["create"] = with_limit(job_type["create"], 1)
job_type["update"] = with_limit(job_type["update"], 2)

resolving = threading.Lock()
resolve_script = glue._resolve_script


def resolve_alone(location):
    """Copies each script before the next is read, since scripts with the same file name overwrite each other."""
    with resolving:
        return shutil.copy(resolve_script(location), tempfile.mkdtemp())


# Crawls take a second and find no tables. Glue sends an event when they end.

glue.CRAWLER_RUN_SECONDS = 1
start_crawler = glue._start_crawler


def start_crawler_and_tell(data):
    answer = start_crawler(data)
    if answer[0] == 200:
        threading.Thread(target=contextvars.copy_context().run, args=(tell_of_crawl, data["Name"]), daemon=True).start()
    return answer


def tell_of_crawl(name):
    while glue._crawlers[name]["State"] == "RUNNING":
        time.sleep(0.2)
    detail = {"accountId": "000000000000", "crawlerName": name, "state": "Succeeded", "message": "Crawler Succeeded"}
    entry = {"Source": "aws.glue", "DetailType": "Glue Crawler State Change", "Detail": json.dumps(detail)}
    eventbridge._put_events({"Entries": [entry]}, allow_aws_source=True)


# MiniStack has no data quality. Deployments may create rulesets, but evaluations are refused.

types["AWS::Glue::DataQualityRuleset"] = {
    "create": lambda _id, properties, _stack: (properties["Name"], {}),
    "update": lambda name, _old, _properties, _stack: (name, {}),
    "delete": lambda _name, _properties: None,
}

glue._start_crawler = start_crawler_and_tell
glue._start_job_run = start_job_run
glue._batch_stop_job_run = batch_stop_job_run
glue._resolve_script = resolve_alone


def obey():
    """Waits until the parent process ends, then ends everything started here."""
    for line in sys.stdin:
        words = line.split()
        if len(words) == 3 and words[0] == "events":
            events[words[1]] = words[2]
            print("done", flush=True)
        if words == ["denials"]:
            print(json.dumps(denials), flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


os.setsid()
threading.Thread(target=obey, daemon=True).start()
config = Config()
config.bind = [f"127.0.0.1:{port}", f"127.0.0.1:{api_port}"]
config.loglevel = "WARNING"
asyncio.run(serve(app, config))
