import type { AddJobFlowStepsCommandInput } from '@aws-sdk/client-emr';
import { attemptDigest } from '../kind/attempt-digest.ts';
import { outputUrl } from '../kind/output-address.ts';
import { textOf } from '../kind/text-of.ts';
import { type Order, ownId, type Stack } from '../kind/work-state.ts';
import type { EmrStepWork } from './emr-step-work.ts';

/** The prefix of the names of steps, and so of the events that concern us. */
export const mark = 'gluewright ';

/** A name of 256 characters at most, which no other attempt of any stack has. People read run, task and attempt. */
export function stepNameOf(order: Order<EmrStepWork>, stack: Stack): string {
  return `${mark}${attemptDigest(order, stack)} ${ownId(order).slice(-200)}`;
}

export function stepOf(order: Order<EmrStepWork>, stack: Stack): AddJobFlowStepsCommandInput {
  const { cluster, jar, main, onFailure } = order.work;
  return {
    JobFlowId: cluster,
    Steps: [
      {
        Name: stepNameOf(order, stack),
        ActionOnFailure: onFailure,
        HadoopJarStep: {
          Jar: jar,
          ...(main === null ? {} : { MainClass: main }),
          Args: argumentsOf(order, stack),
        },
      },
    ],
  };
}

/** `spark-submit` is the only program that takes an option of ours. */
export function isSpark({ jar, args: [program] }: Pick<EmrStepWork, 'jar' | 'args'>): boolean {
  return jar === commandRunner && program === 'spark-submit';
}

/** EMR's JAR that runs a program of the cluster. */
export const commandRunner = 'command-runner.jar';

function argumentsOf(order: Order<EmrStepWork>, stack: Stack): string[] {
  const texts = order.work.args.map(textOf);
  if (!isSpark(order.work)) return texts;
  return ['spark-submit', '--conf', `spark.gluewright.output=${outputUrl(order, stack)}`, ...texts.slice(1)];
}
