import type { Pipeline } from '../../shared/model/pipeline.ts';
import { readPipelineValue } from '../../shared/pipeline/read-pipeline.ts';
import type { JobBehaviour, JobBehaviours, JobEnd, SimulatedJob } from '../job-behaviour.ts';
import { type Ending, longDeadline, nothing, type Scenario, timeoutSeconds } from './scenario.ts';

const states = { SUCCEEDED: 'SUCCEEDED', FAILED: 'FAILED', ERROR: 'ERROR', STOPPED: 'STOPPED' } as const;
/** The prefix of such jobs' names; the task's name follows. */
export const bareJob = 'bare-';

/** Each job's output names its run and task: `RUN/TASK`. */
export function jobsOf({ tasks, stress }: Scenario): JobBehaviours {
  const entries = tasks.map(({ name, seconds, endings, bare }): [string, JobBehaviour] => {
    const counts = new Map<string, number>();
    const behaviour = ({ run, attempt, arguments: given }: SimulatedJob): JobEnd => {
      const of = given['--of'] ?? run;
      counts.set(of, (counts.get(of) ?? 0) + 1);
      const number = bare ? (counts.get(of) ?? 1) : attempt;
      const ending = endings[Math.min(number, endings.length) - 1] ?? 'SUCCEEDED';
      const stops = stress === 'stops' ? { stopSeconds: 240 } : {};
      return { ...jobEnd(ending, seconds), ...stops, output: { by: `${of}/${name}` } };
    };
    return [bare ? `${bareJob}${name}` : name, behaviour];
  });
  return Object.fromEntries(entries);
}

function jobEnd(ending: Ending, seconds: number): JobEnd {
  return ending === 'LONG' ? { seconds: 20_000 } : { seconds, state: states[ending] };
}

export function pipelineOf(scenario: Scenario): Pipeline {
  const { tasks, stop, seed, max, overlap, onFailure } = scenario;
  const most = stop?.how === 'deadline' ? stop.at : longDeadline;
  const written = tasks.map(({ name, after, when, tolerate, skipped, attempts, job, reads, bare, deadline }) => [
    name,
    {
      'glue-job': bare ? `${bareJob}${name}` : job,
      ...(bare ? { inject: false } : {}),
      args: {
        ...(bare ? { of: '{% $run.id %}' } : {}),
        ...(reads === undefined ? {} : { read: readsOutput(reads) }),
      },
      ...(after.length === 0 ? {} : { after, when }),
      ...(skipped ? { if: '{% 1 = 2 %}' } : {}),
      ...(tolerate ? { tolerate } : {}),
      retry: { attempts, delay: '10s', backoff: 1 },
      timeout: `${Math.min(timeoutSeconds(scenario), deadline ?? most)}s`,
      ...(deadline === undefined ? {} : { deadline: `${Math.min(deadline, most)}s` }),
    },
  ]);
  const value = {
    pipeline: 'chaos',
    runs: { max, overlap, deadline: `${most}s`, onFailure },
    tasks: Object.fromEntries(written),
  };
  const { pipeline, problems } = readPipelineValue(value, `seed ${seed}`);
  if (pipeline === undefined) throw new Error(JSON.stringify(problems));
  return pipeline;
}

function readsOutput(task: string): string {
  return `{% $exists($tasks.${task}.output.by) ? $tasks.${task}.output.by : '${nothing}' %}`;
}
