import { isJsonObject, mapValues } from '../../json.ts';
import type { Param, Pipeline, Value } from '../../model/pipeline.ts';
import type { Trigger } from '../../model/trigger.ts';
import { expressionText } from '../../pipeline/expressions/expression-text.ts';
import type { Crawler, Job } from '../../pipeline/jobs/jobs-file.ts';
import { kindOf } from '../../tasks/kinds.ts';
import { triggerKind } from '../../triggers/kinds/kinds.ts';
import type { Settings } from '../template/settings.ts';
import { crawlerName } from './crawlers.ts';
import { jobName } from './jobs.ts';
import { rulesetName } from './rulesets.ts';

/**
 * The pipeline with the names that things have on AWS: a bucket of the settings gets its real name, in triggers and in
 * every `s3://` address that is a constant or a literal of an expression, and in `$buckets`; a job, crawler or ruleset that the
 * stack makes gets the name of its stage; a function gets the name that the settings give it.
 *
 * @param made names of the crawlers and rulesets of `jobs/jobs.yml`
 */
export function pipelineOnAws(
  pipeline: Pipeline,
  settings: Settings,
  jobs: readonly Job[],
  {
    crawlers = [],
    rulesets = [],
  }: { readonly crawlers?: readonly string[]; readonly rulesets?: readonly string[] } = {},
): Pipeline {
  const owned = new Set(jobs.filter((job) => job.script !== undefined).map((job) => job.name));
  const functions = new Map(Object.entries(settings.functions));
  /** Names of the things that the stack makes for tasks. */
  const made: Readonly<Record<string, readonly [ReadonlySet<string>, typeof jobName]>> = {
    job: [owned, jobName],
    crawler: [new Set(crawlers), crawlerName],
    ruleset: [new Set(rulesets), rulesetName],
  };
  return {
    ...pipeline,
    ...(pipeline.buckets === undefined
      ? {}
      : { buckets: mapValues(pipeline.buckets, (alias) => bucketName(alias, settings)) }),
    params: mapValues(pipeline.params, (param): Param => {
      return param.default === undefined ? param : { ...param, default: rename(param.default, settings) };
    }),
    triggers: mapValues(pipeline.triggers, (trigger): Trigger => {
      return triggerKind(trigger.kind).renamed(trigger, ({ what, name }) => {
        if (what === 'bucket') return bucketName(name, settings);
        return owned.has(name) ? jobName(settings.stack, name) : name;
      });
    }),
    tasks: pipeline.tasks.map((task) => ({
      ...task,
      ...(task.if === undefined ? {} : { if: renameLiterals(task.if, settings) }),
      work: kindOf(task.work.kind).renamed(
        task.work,
        ({ what, name }) => {
          if (what === 'function') return functions.get(name) ?? name;
          const [names, nameOf] = made[what] ?? [];
          return nameOf !== undefined && names?.has(name) ? nameOf(settings.stack, name) : name;
        },
        (value) => rename(value, settings),
      ),
    })),
  };
}

/** The job, with the addresses in its default arguments as on AWS. */
export function jobOnAws(job: Job, settings: Settings): Job {
  return { ...job, args: mapValues(job.args, (value) => renameAddresses(value, settings)) };
}

/** The crawler, with its folders' addresses as on AWS. */
export function crawlerOnAws(crawler: Crawler, settings: Settings): Crawler {
  return { ...crawler, paths: crawler.paths.map((path) => renameAddresses(path, settings)) };
}

function bucketName(alias: string, settings: Settings): string {
  return settings.buckets[alias]?.name ?? alias;
}

/** Addresses that an expression assembles in other ways are refused or doubted: see `checkAddresses`. */
function rename(value: Value, settings: Settings): Value {
  if (typeof value === 'string') {
    return expressionText(value) === undefined ? renameAddresses(value, settings) : renameLiterals(value, settings);
  }
  if (Array.isArray(value)) return value.map((each: Value) => rename(each, settings));
  if (isValueObject(value)) return mapValues(value, (each) => rename(each, settings));
  return value;
}

/** All of them, since a text may be a list, or settings of Spark. */
function renameAddresses(text: string, settings: Settings): string {
  return text.replaceAll(/(?<=\bs3[an]?:\/\/)[^/\s,;|'"()[\]{}]+/g, (alias) => bucketName(alias, settings));
}

/** Literals such as `'s3://landing/' & …` that hold the whole name of a bucket. */
function renameLiterals(text: string, settings: Settings): string {
  return text.replaceAll(/(?<=['"]s3:\/\/)[^/'"]+(?=\/)/g, (alias) => bucketName(alias, settings));
}

function isValueObject(value: Value): value is { readonly [key: string]: Value } {
  return isJsonObject(value);
}
