import { present } from '../../shared/json.ts';
import type { Random } from '../random.ts';

/** The work of a task that is no Glue job. Times are seconds since the scenario's start. */
export type OtherWork =
  | { readonly kind: Attempted }
  | { readonly kind: 'map' | 'pipeline' | 'wait' }
  | { readonly kind: 'crawler'; readonly crawler: string; readonly running: Running }
  /** `appears`: when its object appears. Absent: never. */
  | { readonly kind: 'sensor'; readonly appears?: number }
  /** `decision`: for the first run. Without one, `otherwise` counts. */
  | { readonly kind: 'approval'; readonly otherwise: 'approve' | 'reject'; readonly decision?: ScenarioDecision };

/** Kinds with one piece of work for each attempt. The work's input contains the run's id. */
export type Attempted = (typeof attempted)[number];
const attempted = [
  'athena',
  'aws',
  'batch',
  'data-quality',
  'ecs',
  'emr-serverless',
  'emr-step',
  'lambda',
  'redshift',
] as const;

export function isAttempted(kind: string): boolean {
  return attempted.some((each) => each === kind);
}

export type Running = 'wait' | 'join' | 'fail';
export type ScenarioDecision = { readonly approve: boolean; readonly at: number };

/** A crawler that several tasks and another pipeline may use. */
export const sharedCrawler = 'shared';

const others = ['crawler', 'crawler', 'wait', 'sensor', 'approval', 'pipeline', 'map', 'map', 'map'] as const;
const kinds = [...attempted, ...others] as const;
const ways = ['wait', 'wait', 'join', 'fail'] as const;

/** Whether a state of the machine does the work itself. */
export function isNative(other: OtherWork | undefined): boolean {
  return other?.kind === 'lambda' || other?.kind === 'aws';
}

/** @param name the task's, which is also the name of what it runs */
export function drawOtherWork(random: Random, name: string): OtherWork {
  const kind = random.pick(kinds);
  switch (kind) {
    case 'crawler':
      return { kind, crawler: random.chance(0.6) ? sharedCrawler : name, running: random.pick(ways) };
    case 'sensor': {
      const appears = random.pick([0, random.integer(60, 600), random.integer(1_000, 6_000), undefined]);
      return { kind, ...present({ appears }) };
    }
    case 'approval': {
      const decision = { approve: random.chance(0.6), at: random.integer(10, 2_000) };
      const otherwise = random.pick<'approve' | 'reject'>(['approve', 'reject']);
      return { kind, otherwise, ...(random.chance(0.7) ? { decision } : {}) };
    }
    default:
      return { kind };
  }
}

export function drawRunning(random: Random): Running {
  return random.pick(ways);
}

/** Whether the task runs another pipeline. The checks then observe that pipeline's jobs. */
export function isNested(other: OtherWork | undefined): boolean {
  return other?.kind === 'pipeline' || other?.kind === 'map';
}
