import type { SubmitJobCommandInput } from '@aws-sdk/client-batch';
import { mapValues } from '../../json.ts';
import { attemptDigest } from '../kind/attempt-digest.ts';
import { outputUrl } from '../kind/output-address.ts';
import { reserved } from '../kind/own-variables.ts';
import { textOf } from '../kind/text-of.ts';
import type { Order, Stack } from '../kind/work-state.ts';
import type { BatchWork } from './batch-work.ts';

/** The prefix of the names of jobs, and so of the events that concern us. */
export const mark = 'gluewright-';

/** A name of 128 characters at most, which no other attempt of any stack has. */
export function jobNameOf(order: Order<BatchWork>, stack: Stack): string {
  const shown = order.task.replace(/[^\w-]/g, '-').slice(0, 64);
  return `${mark}${shown}-${attemptDigest(order, stack)}`;
}

export function jobOf(order: Order<BatchWork>, stack: Stack): SubmitJobCommandInput {
  const { run, task, attempt, work, timeout } = order;
  const given = Object.entries(work.env).map(([name, each]) => ({ name, value: textOf(each) }));
  const output = outputUrl(order, stack);
  const ours = { RUN: run, TASK: task, ATTEMPT: String(attempt), ...(work.size === null ? { OUTPUT: output } : {}) };
  const own = Object.entries(ours).map(([name, value]) => ({ name: `${reserved}${name}`, value }));
  return {
    jobName: jobNameOf(order, stack),
    jobQueue: work.queue,
    jobDefinition: work.definition,
    parameters: mapValues(work.args, textOf),
    containerOverrides: {
      environment: [...given, ...own],
      ...(work.command === null ? {} : { command: work.command.map(textOf) }),
    },
    // Gluewright is first to stop the job, unless it cannot
    timeout: { attemptDurationSeconds: Math.max(60, Math.ceil(timeout)) },
    ...(work.size === null ? {} : { arrayProperties: { size: work.size } }),
    ...(work.share === null ? {} : { shareIdentifier: work.share }),
  };
}
