import { parse, stringify } from 'yaml';
import type { paramTypes } from '../../shared/pipeline/file/schema.ts';
import type { SampleOptions } from './sample-options.ts';
import { templateText } from './template-files.ts';

/** Texts that `gluewright new` adds. */

export type ParamType = (typeof paramTypes)[number];

export type NewPipeline = {
  readonly name: string;
  /** One task each, in a chain. */
  readonly jobs: readonly string[];
  readonly params: Readonly<Record<string, ParamType>>;
  readonly schedule?: string;
  readonly timezone?: string;
  readonly arrival?: { readonly bucket: string; readonly key: string };
};

/** A default, so that runs without the parameter can start. Only an interval gives a date. */
const defaults: Readonly<Record<Exclude<ParamType, 'date'>, unknown>> = {
  string: '',
  integer: 0,
  number: 0,
  boolean: false,
  object: {},
  array: [],
};

export function pipelineText({ name, jobs, params, schedule, timezone, arrival }: NewPipeline): string {
  const used = [...new Set(jobs)];
  const paramOf = (param: string, type: ParamType): object => {
    if (type === 'date') return schedule === undefined ? { type } : { type, default: '{% $interval.start %}' };
    const given = schedule === undefined && arrival?.key.includes(`{${param}}`) === true;
    return given ? { type } : { type, default: defaults[type] };
  };
  const values = Object.entries(params).map(([param, type]) => [param, paramOf(param, type)]);
  const args = Object.keys(params).map((param) => [param, argumentFor(param, params[param])]);
  const task = (job: string, at: number): object => ({
    ...parse(templateText('task.yml', { job })),
    ...(at === 0 ? {} : { after: used[at - 1] }),
    ...(args.length === 0 ? {} : { args: Object.fromEntries(args) }),
  });
  const triggers = {
    ...(arrival === undefined ? {} : { arrival: { s3: arrival } }),
    ...(schedule === undefined
      ? {}
      : { schedule: { schedule, ...(timezone === undefined ? {} : { timezone }), interval: 'day' } }),
  };
  const body = {
    pipeline: name,
    ...(values.length === 0 ? {} : { params: Object.fromEntries(values) }),
    triggers: Object.keys(triggers).length === 0 ? { request: { api: true } } : triggers,
    tasks: Object.fromEntries(used.map((job, at) => [job, task(job, at)])),
  };
  const schema = '# yaml-language-server: $schema=../node_modules/gluewright/docs/pipeline.schema.json';
  return `${schema}\n${stringify(body, { lineWidth: 0 })}`;
}

/** Arguments of Glue are texts. */
function argumentFor(param: string, type: ParamType | undefined): string {
  return type === 'string' || type === 'date' ? `{% $params.${param} %}` : `{% $string($params.${param}) %}`;
}

export function scriptText(job: string): string {
  return `"""${job}: say here what it does, and which arguments it takes."""

import sys

args = dict(zip(sys.argv[1::2], sys.argv[2::2]))
print("arguments:", args)
`;
}

export type NewTest = { readonly name: string; readonly tasks: readonly string[]; readonly options: SampleOptions };

export function testText(file: string, pipeline: NewTest): string {
  const quoted = (text: string): string => `'${text}'`;
  const [first = ''] = pipeline.tasks;
  return `import { test } from 'node:test';
import { expectRun, simulate } from 'gluewright/testing';

// On a virtual clock, with simulated jobs. If a task reads an output, add it: jobs: { task: { output: { … } } }.
const file = ${quoted(file)};
const options = ${literal(pipeline.options)};

test(${quoted(`${pipeline.name} runs all of its tasks`)}, async () => {
  const run = await simulate(file, options);
  expectRun(run).toHaveSucceeded().tasksToBe('succeeded', ${pipeline.tasks.map(quoted).join(', ')});
});

test(${quoted(`when ${first} fails, so does ${pipeline.name}`)}, async () => {
  const run = await simulate(file, { ...options, jobs: { ${quoted(first)}: { state: 'FAILED' } } });
  expectRun(run).toHaveFailed();
});
`;
}

/** JSON as JavaScript is written here. */
function literal(value: unknown): string {
  return JSON.stringify(value, undefined, 1)
    .replaceAll(/\n */g, ' ')
    .replaceAll(/"(\w+)":/g, '$1:')
    .replaceAll('"', "'");
}
