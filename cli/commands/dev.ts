import { randomUUID } from 'node:crypto';
import { join, relative } from 'node:path';
import type { Deployable } from '../../local/stack/deployment.ts';
import { createApiDoor } from '../../local/wire/api-door.ts';
import { createApiServer } from '../../local/wire/api-server.ts';
import { createWireServer } from '../../local/wire/wire-server.ts';
import { channelsMissing } from '../../shared/deploy/checks/check-channels.ts';
import { triggerKind } from '../../shared/triggers/kinds/kinds.ts';
import { apiToken } from '../open/api-token.ts';
import { type DeployedDigests, deployedDigests } from '../open/deployed-digests.ts';
import { removeDevFile, writeDevFile } from '../open/dev-file.ts';
import { machineArnAtHome } from '../open/machine-arn-at-home.ts';
import { type OpenProject, openProject } from '../open/open-project.ts';
import { openProjectRuntime } from '../open/open-project-runtime.ts';
import { readChannelsOf } from '../open/read-channels.ts';
import { addCommand, assertHere, type Cli, type JsonOption, type Register } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import { followFiles } from '../watch/follow-files.ts';
import { notifyHere } from '../watch/notify-here.ts';
import { projectNews } from '../watch/project-news.ts';
import { watchRuns } from '../watch/watch-runs.ts';

export const dev: Register = (program, cli) => {
  addCommand(program, 'dev', 'run the pipelines’ triggers on this machine, until stopped', 'dev --port 4580')
    .option('--port <number>', 'port of the local AWS services, on 127.0.0.1', '4580')
    .option('--api-port <number>', 'port of the API and the page; the next port by default')
    .option('--open', 'open the page in the browser')
    .action(async (options: JsonOption & { port: string; apiPort?: string; open?: true }) => {
      assertHere(cli, 'dev');
      const port = portOf('--port', options.port);
      const apiPort = options.apiPort === undefined ? nextPort(port) : portOf('--api-port', options.apiPort);
      const project = await openProject(cli);
      const files = projectNews(project.leftOut);
      const channels = readChannelsOf(project.root, project.warn);
      for (const { pipeline } of project.pipelines) {
        for (const channel of channelsMissing(pipeline, Object.keys(channels)))
          project.warn(`${pipeline.name} notifies ${channel}, which serverless.yml does not describe`);
      }
      const notify = notifyHere(cli.terminal, { root: project.root, json: options.json === true });
      const runtime = await openProjectRuntime(project, { schedules: true, files: files.state, channels, notify });
      try {
        const token = apiToken(project.home);
        const server = await createWireServer(runtime.services, { port, uuid: randomUUID }).catch(
          notListening('--port', port),
        );
        const api = await createApiServer({
          door: createApiDoor(runtime.functions),
          token,
          page: pageFolder,
          port: apiPort,
        }).catch(notListening('--api-port', apiPort));
        const noteDeployed = (deployed: DeployedDigests) =>
          writeDevFile(project.home, { port: server.port, apiPort: api.port, pid: process.pid, deployed });
        noteDeployed(deployedDigests(project));
        greet(cli, project, { url: server.url, api: api.url, page: api.invite(), token }, options);
        if (options.open) cli.terminal.browse(api.invite());
        const enough = new AbortController();
        cli.terminal.onInterrupt(() => enough.abort());
        const { signal } = enough;
        const json = options.json === true;
        const deploy = (next: Deployable) => runtime.deploy({ ...next, channels });
        await Promise.all([
          watchRuns(cli, runtime, json, signal).finally(() => enough.abort()),
          followFiles(cli, project, { json, signal, deploy, onDeployed: noteDeployed, onNews: files.note }),
        ]);
        await Promise.all([server.close(), api.close()]);
      } finally {
        removeDevFile(project.home);
        await runtime.close();
      }
    });
};

/** Where the page is built. It may be missing. */
const pageFolder = join(import.meta.dirname, '../../web/dist');

function portOf(option: string, text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new CommandError(exitCodes.usage, `${option} takes a number up to 65535; 0 chooses a free port`);
}

function nextPort(port: number): number {
  return port === 0 || port === 65_535 ? 0 : port + 1;
}

function notListening(option: string, port: number): (cause: unknown) => never {
  return (cause) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(
      exitCodes.unavailable,
      `port ${port} cannot be used (${why}); ${option} 0 chooses a free port`,
    );
  };
}

function greet(
  cli: Cli,
  { home, pipelines, machines }: OpenProject,
  { url, api, page, token }: Readonly<Record<'url' | 'api' | 'page' | 'token', string>>,
  options: JsonOption,
): void {
  const { terminal } = cli;
  if (options.json) {
    cli.terminal.out(
      JSON.stringify({
        url,
        api,
        page,
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
      'pipelines and their triggers:',
      ...lines,
      ...(machines.length === 0 ? [] : ['', 'state machines written by hand: aws stepfunctions start-execution with']),
      ...machines.map(({ name }) => `  ${terminal.style('bold', name)}  --state-machine-arn ${machineArnAtHome(name)}`),
      '',
      'for the aws command, SDKs and boto3 (every user of this machine has access):',
      ...Object.entries(environment(url)).map(([name, value]) => `  export ${name}=${value}`),
      '',
      'for the API (docs/api.md):',
      `  curl -H 'Authorization: Bearer ${token}' ${api}/pipelines`,
      '',
      'in a browser (the address works once; npx gluewright open prints another):',
      `  ${page}`,
      '',
      'Ctrl-C stops it; running jobs continue, and the next start finds them again',
      '',
    ].join('\n'),
  );
}

function environment(url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'us-east-1',
    // version 1 of the `aws` command knows only this variable
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    // some operations put `sync-` before the host's name, which does not resolve
    AWS_DISABLE_HOST_PREFIX_INJECTION: 'true',
  };
}
