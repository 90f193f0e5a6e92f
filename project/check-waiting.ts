import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { findAbsentIntervals } from '../shared/pipeline/checks/find-absent-intervals.ts';
import { findMissing } from '../shared/pipeline/checks/find-missing.ts';
import { findUnequalIntervals } from '../shared/pipeline/checks/find-unequal-intervals.ts';
import type { Path } from '../shared/reading/finding.ts';
import type { Problem } from '../shared/reading/problem.ts';
import { checkSchedule, isTimezone } from '../shared/time/check-schedule.ts';
import { nextTimes, timesOf } from '../shared/time/next-times.ts';
import type { ProjectPipeline, Written } from './project-files.ts';

type Doubt = Pick<Problem, 'code' | 'message' | 'remedy'> & {
  readonly pipeline: string;
  readonly trigger: string;
  /** A part of the trigger. Absent: the trigger itself. */
  readonly path?: Path;
};

/** Triggers that wait for something that never comes. These are warnings, because people may start a run by hand. */
export function checkWaiting(cwd: string, written: Written): Problem[] {
  const { wrong, sketches, now } = written;
  const all = [...written.pipelines, ...sketches].filter(({ pipeline }) => pipeline.name !== '');
  const files = new Map(all.map((each) => [each.pipeline.name, each]));
  const texts = new Map(wrong.map((file) => [file, readFileSync(resolve(cwd, file), 'utf8')]));
  // the unreadable part of a file may hold the name
  const mayBeIn = (name: string, except: string | undefined) =>
    wrong.some((file) => file !== except && texts.get(file)?.includes(name));
  const doubts = [
    ...missing(all).filter(({ name, pipeline }) => !mayBeIn(name, files.get(pipeline)?.file)),
    ...unequalIntervals(all, sketches),
    ...absentIntervals(all, sketches),
    ...past(all, now),
  ];
  return doubts.flatMap(({ pipeline, trigger, path, code, message, remedy }): Problem[] => {
    const found = files.get(pipeline);
    if (found === undefined) return [];
    const of = ['triggers', trigger];
    const place = found.place(path === undefined ? { path: of, key: true } : { path: [...of, ...path] });
    return [{ file: found.file, ...place, severity: 'warning', code, message, remedy }];
  });
}

function missing(all: readonly ProjectPipeline[]): (Doubt & { readonly name: string })[] {
  return findMissing(all.map(({ pipeline }) => pipeline)).map(({ pipeline, trigger, kind, name, path, meant }) => ({
    pipeline,
    trigger,
    name,
    path,
    code: kind === 'pipeline' ? 'unknown-pipeline' : 'unpublished-dataset',
    message:
      kind === 'pipeline'
        ? `${trigger} waits for the end of ${name}, which does not exist`
        : `${trigger} waits for the dataset ${name}, which no task publishes`,
    remedy:
      meant === undefined
        ? `add ${kind === 'pipeline' ? 'that pipeline' : `\`publishes: ${name}\` to a task`}, or remove it here`
        : `did you mean \`${meant}\`?`,
  }));
}

function unequalIntervals(all: readonly ProjectPipeline[], sketches: readonly ProjectPipeline[]): Doubt[] {
  const pipelines = all.map(({ pipeline }) => pipeline);
  const unsure = sketches.map(({ pipeline }) => pipeline.name);
  return findUnequalIntervals(pipelines, unsure).map(({ pipeline, trigger, by }) => {
    const each = by.map(({ dataset, intervals }) => `${dataset} for ${intervals.join(' or ')}`).join(', ');
    return {
      pipeline,
      trigger,
      code: 'unequal-intervals',
      message: `${trigger} waits for datasets that are not published for the same intervals: ${each}`,
      remedy: 'give the triggers of the pipelines that publish them the same `interval` and `timezone`',
    };
  });
}

function absentIntervals(all: readonly ProjectPipeline[], sketches: readonly ProjectPipeline[]): Doubt[] {
  const unsure = sketches.map(({ pipeline }) => pipeline.name);
  return findAbsentIntervals(
    all.map(({ pipeline }) => pipeline),
    unsure,
  ).map(({ pipeline, trigger, reader }) => ({
    pipeline,
    trigger,
    code: 'no-interval',
    message: `${trigger} may start runs without an interval, which ${reader} reads: some runs that it follows have none`,
    remedy: 'give every trigger of the pipelines that it follows an `interval`, such as `interval: "{day}"` for s3',
  }));
}

function past(all: readonly ProjectPipeline[], now: number): Doubt[] {
  return all.flatMap(({ pipeline: { name, triggers } }) =>
    Object.entries(triggers).flatMap(([trigger, each]): Doubt[] => {
      if (each.kind !== 'schedule') return [];
      const { expression, timezone } = each;
      if (checkSchedule(expression) !== undefined || !isTimezone(timezone)) return [];
      if (nextTimes(timesOf({ expression, timezone }, now), now, 1).length > 0) return [];
      const message = `${trigger} never starts a run: ${expression} in ${timezone} has passed`;
      const remedy = 'write a time in the future, or remove the trigger';
      return [{ pipeline: name, trigger, path: ['schedule'], code: 'past-schedule', message, remedy }];
    }),
  );
}
