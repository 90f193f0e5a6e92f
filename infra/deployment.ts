import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CompiledMachine } from '../shared/asl/compiled.ts';
import { checkProject } from '../shared/deploy/checks/check-project.ts';
import { checkStage } from '../shared/deploy/checks/check-stage.ts';
import type { Doubt } from '../shared/deploy/checks/deploy-problem.ts';
import { besideOurs, overLimit } from '../shared/deploy/checks/template-limits.ts';
import { functions } from '../shared/deploy/functions/functions.ts';
import { machineName } from '../shared/deploy/resources/machine-resources.ts';
import type { RawMachine } from '../shared/deploy/resources/raw-resources.ts';
import { type Project, stackTemplate } from '../shared/deploy/stack.ts';
import { liveAlias } from '../shared/deploy/template/names.ts';
import { readSettings } from '../shared/deploy/template/read-settings.ts';
import type { SettingsProblem } from '../shared/deploy/template/settings-problem.ts';
import { ref, type Template } from '../shared/deploy/template/template.ts';
import type { Channels } from '../shared/model/channel.ts';
import type { Pipeline } from '../shared/model/pipeline.ts';
import type { Pools } from '../shared/model/pool.ts';
import type { Problem } from '../shared/reading/problem.ts';
import { type artifactFolders, stageFolder, type Upload } from './artifacts/upload.ts';
import { compileProject } from './compile-project.ts';
import { bareFiles, placeDoubt } from './place-doubt.ts';

export type DeploymentSource = {
  /** The folder with `statemachines/`, `jobs/` and `functions/`. */
  readonly root: string;
  /** File names in problems are relative to this folder. Absent: the root. */
  readonly cwd?: string;
  readonly service: string;
  readonly stage: string;
  /** Name of an existing bucket. Absent: Serverless makes one in the stack. */
  readonly deploymentBucket?: string | undefined;
  /** The target account and Region, as far as known. */
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  /** `custom.gluewright` as written in `serverless.yml`. */
  readonly settings: unknown;
};

export type Deployment = {
  readonly template: Template;
  readonly catalog: CatalogFile;
  readonly uploads: readonly Upload[];
  /** Names of the state machines, parts of pipelines among them. */
  readonly machines: readonly string[];
  /** If there are problems, nothing is deployed. */
  readonly problems: readonly Problem[];
  /** Possible surprises. They do not prevent the deployment. */
  readonly warnings: readonly Problem[];
};

/** A file that the functions read: see `shared/lambda/system-from-environment.ts`. */
export type CatalogFile = {
  readonly channels: Channels;
  readonly pools: Pools;
  readonly pipelines: readonly {
    readonly pipeline: Pipeline;
    /** Its name, because the ARN is known only in the account. */
    readonly stateMachine: string;
    readonly alias: string;
  }[];
};

/** Definitions stay in the template if all of them take at most this; CloudFormation allows 1 MB. */
const inlineBytes = 400_000;

const loaded = new Map<string, Promise<Deployment>>();

/**
 * Reads the project and prepares everything that is deployed. Serverless asks several times and gets the first
 * answer again.
 */
export function loadDeployment(source: DeploymentSource): Promise<Deployment> {
  const key = JSON.stringify({ ...source, root: path.resolve(source.root) });
  const deployment = loaded.get(key) ?? load(source);
  loaded.set(key, deployment);
  return deployment;
}

async function load({ service, stage, settings: value, ...source }: DeploymentSource): Promise<Deployment> {
  const stack = `${service}-${stage}`;
  const root = path.resolve(source.root);
  const cwd = path.resolve(source.cwd ?? root);
  const bare = bareFiles(root, cwd);
  const { settings, problems } = readSettings(stack, value, source);
  const unusable = [...checkStage(stage), ...problems.map(ofSettings)];
  if (settings === undefined || unusable.length > 0) return nothing(unusable.map((doubt) => placeDoubt(doubt, bare)));
  const reading = await compileProject(root, cwd, settings);
  if (reading.project === undefined) return nothing(reading.problems);
  const { project, files } = reading;
  const doubts = checkProject(project, digest).map((doubt) => placeDoubt(doubt, files));
  const wrong = doubts.filter(({ severity }) => severity === 'error');
  if (wrong.length > 0) return nothing(wrong, doubts);

  const uploads = new Map<string, Upload>();
  const place = (folder: (typeof artifactFolders)[number], file: string, body: Buffer | string): string => {
    // below the stage's prefix, so that `serverless remove` empties only that
    const uploadKey = `${stageFolder(service, stage)}${folder}/${digest(body).slice(0, 32)}/${file}`;
    uploads.set(uploadKey, { key: uploadKey, body });
    return uploadKey;
  };
  const inline = inlined(project);
  const tooLarge: ReturnType<typeof overLimit>[] = [];
  const deploymentBucket = source.deploymentBucket ?? ref('ServerlessDeploymentBucket');
  const template = stackTemplate(project, {
    digest,
    define: (name, text) =>
      inline(name) ? { text } : { bucket: deploymentBucket, key: place('definitions', `${name}.json`, text) },
    nestedUrl: (name, nested) => {
      tooLarge.push(overLimit(name, nested, { resources: 0, nested: true }));
      const key = place('stacks', `${name}.json`, JSON.stringify(nested));
      return {
        'Fn::Join': [
          '',
          ['https://', deploymentBucket, '.s3.', ref('AWS::Region'), '.', ref('AWS::URLSuffix'), `/${key}`],
        ],
      };
    },
    scriptOf: (script) => ({
      bucket: deploymentBucket,
      key: place('jobs', path.basename(script), readFileSync(path.join(root, script))),
    }),
  });
  const others = besideOurs(Object.keys(functions).length);
  tooLarge.push(overLimit(stack, template, { resources: others, nested: settings.nested }));
  const refused = tooLarge.filter((problem) => problem !== undefined);
  if (refused.length > 0) {
    const tooMuch = refused.map((problem): Doubt => ({ ...large, ...problem }));
    return nothing(
      tooMuch.map((doubt) => placeDoubt(doubt, files)),
      doubts,
    );
  }
  return {
    template,
    catalog: catalogOf(project),
    uploads: [...uploads.values()],
    machines: machinesOf(project),
    problems: [],
    warnings: doubts,
  };
}

const large = { severity: 'error', code: 'too-large', about: 'settings' } as const;

function ofSettings({ path: setting, message, remedy }: SettingsProblem): Doubt {
  return {
    severity: 'error',
    code: 'setting',
    about: 'settings',
    part: { path: setting, key: true },
    message,
    remedy,
  };
}

function nothing(problems: readonly Problem[], doubts: readonly Problem[] = []): Deployment {
  const warnings = doubts.filter(({ severity }) => severity === 'warning');
  return {
    template: { Resources: {}, Outputs: {} },
    catalog: { channels: {}, pools: {}, pipelines: [] },
    uploads: [],
    machines: [],
    problems,
    warnings,
  };
}

function machinesOf({ settings, pipelines, raw }: Project): string[] {
  const names = [...pipelines.flatMap(({ compiled }) => compiled.machines), ...raw].map(({ name }) => name);
  return names.map((name) => machineName(settings.stack, name, digest));
}

function catalogOf({ settings, pipelines, pools }: Project): CatalogFile {
  return {
    channels: settings.channels,
    pools: { ...pools, ...settings.pools },
    pipelines: pipelines.map(({ pipeline }) => ({
      pipeline,
      stateMachine: machineName(settings.stack, pipeline.name, digest),
      alias: liveAlias,
    })),
  };
}

/** Whether a machine's definition stays in its template. Either all definitions of a template do, or none. */
function inlined({ settings, pipelines, raw }: Project): (name: string) => boolean {
  const all = [...pipelines.map(({ compiled }): readonly Defined[] => compiled.machines), ...raw.map((one) => [one])];
  const together = settings.nested ? all : [all.flat()];
  const bytes = (group: readonly Defined[]): number =>
    group.reduce((sum, { definition }) => sum + JSON.stringify(definition).length, 0);
  const small = together.filter((group) => bytes(group) <= inlineBytes).flat();
  const names = new Set(small.map(({ name }) => name));
  return (name) => names.has(name);
}

type Defined = CompiledMachine | RawMachine;

function digest(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}
