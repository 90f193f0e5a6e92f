import { randomUUID } from 'node:crypto';
import { join, relative } from 'node:path';
import type { Deployable } from '../../local/stack/deployment.ts';
import { createApiDoor } from '../../local/wire/api-door.ts';
import { createWireServer } from '../../local/wire/wire-server.ts';
import { triggerKind } from '../../shared/triggers/kinds/kinds.ts';
import { apiToken } from '../open/api-token.ts';
import { type DeployedDigests, deployedDigests } from '../open/deployed-digests.ts';
import { removeDevFile, writeDevFile } from '../open/dev-file.ts';
import { machineArnAtHome } from '../open/machine-arn-at-home.ts';
import { type OpenProject, openProject } from '../open/open-project.ts';
import { openProjectRuntime } from '../open/session.ts';
import { addCommand, type Cli, type JsonOption, type Register } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import { followFiles } from '../watch/follow-files.ts';
import { watchRuns } from '../watch/watch-runs.ts';

export const dev: Register = (program, cli) => {
  addCommand(program, 'dev', 'run the pipelines’ triggers on this machine, until stopped', 'dev --port 4580')
    .option('--port <number>', 'where its services are spoken to, on 127.0.0.1', '4580')
    .action(async (options: JsonOption & { port: string }) => {
      const port = Number(options.port);
      if (!Number.isInteger(port) || port < 0 || port > 65_535) {
        throw new CommandError(exitCodes.usage, '--port takes a number up to 65535; 0 is any free one');
      }
      const project = await openProject(cli);
      const runtime = await openProjectRuntime(project, { schedules: true });
      try {
        const token = apiToken(project.home);
        const api = createApiDoor(runtime.functions, token);
        const listening = createWireServer(runtime.services, { port, uuid: randomUUID, api });
        const server = await listening.catch((cause: unknown) => {
          const why = cause instanceof Error ? cause.message : String(cause);
          throw new CommandError(
            exitCodes.unavailable,
            `port ${port} cannot be listened on (${why}); --port 0 is any free one`,
          );
        });
        const noteDeployed = (deployed: DeployedDigests) =>
          writeDevFile(project.home, { port: server.port, pid: process.pid, deployed });
        noteDeployed(deployedDigests(project));
        greet(cli, project, { url: server.url, token }, options);
        const enough = new AbortController();
        cli.terminal.onInterrupt(() => enough.abort());
        const { signal } = enough;
        const json = options.json === true;
        const deploy = (next: Deployable) => runtime.deploy(next);
        await Promise.all([
          watchRuns(cli, runtime.system, json, signal).finally(() => enough.abort()),
          followFiles(cli, project, { json, signal, deploy, onDeployed: noteDeployed }),
        ]);
        await server.close();
      } finally {
        removeDevFile(project.home);
        await runtime.close();
      }
    });
};

function greet(
  cli: Cli,
  { home, pipelines, machines }: OpenProject,
  { url, token }: { readonly url: string; readonly token: string },
  options: JsonOption,
): void {
  const { terminal } = cli;
  if (options.json) {
    cli.terminal.out(
      JSON.stringify({
        url,
        token,
        home,
        pipelines: pipelines.map(({ pipeline }) => pipeline.name),
        machines: machines.map(({ name }) => name),
      }),
    );
    return;
  }
  const lines = pipelines.flatMap(({ pipeline }) => {
    const triggers = Object.values(pipeline.triggers).map((trigger) =>
      trigger.kind === 's3'
        ? join(relative(terminal.cwd, home), 's3', trigger.bucket, trigger.key)
        : triggerKind(trigger.kind).words(trigger),
    );
    return `  ${terminal.style('bold', pipeline.name)}  ${triggers.join(', ') || 'npx gluewright run'}`;
  });
  terminal.out(
    [
      'pipelines and what starts them:',
      ...lines,
      ...(machines.length === 0 ? [] : ['', 'state machines written by hand: aws stepfunctions start-execution with']),
      ...machines.map(({ name }) => `  ${terminal.style('bold', name)}  --state-machine-arn ${machineArnAtHome(name)}`),
      '',
      'for the aws command, SDKs and boto3, of every user of this machine:',
      ...Object.entries(environment(url)).map(([name, value]) => `  export ${name}=${value}`),
      '',
      'for the API (docs/api.md):',
      `  curl -H 'Authorization: Bearer ${token}' ${url}/pipelines`,
      '',
      'Ctrl-C ends it; jobs that run go on, and are found again',
      '',
    ].join('\n'),
  );
}

function environment(url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'us-east-1',
    // The first version of the `aws` command knows only this one.
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    // Some operations put `sync-` before the host's name, and there is no such host.
    AWS_DISABLE_HOST_PREFIX_INJECTION: 'true',
  };
}
