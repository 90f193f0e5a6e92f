import * as z from 'zod/mini';
import { present } from '../../shared/json.ts';
import { parseInput } from '../service/parse-input.ts';
import { ServiceError } from '../service/service-error.ts';
import type { Counterpart } from './counterpart.ts';
import type { LocalWork } from './local-work.ts';

const step = z.object({
  Name: z.string(),
  ActionOnFailure: z.optional(z.string()),
  HadoopJarStep: z.object({
    Jar: z.string(),
    MainClass: z.optional(z.string()),
    Args: z.optional(z.array(z.string())),
  }),
});

const inputs = {
  add: z.object({ JobFlowId: z.string(), Steps: z.array(step).check(z.minLength(1)) }),
  one: z.object({ ClusterId: z.string(), StepId: z.string() }),
  list: z.object({ ClusterId: z.string(), StepStates: z.optional(z.array(z.string())) }),
  cancel: z.object({ ClusterId: z.string(), StepIds: z.array(z.string()) }),
};

const states = {
  running: 'RUNNING',
  stopping: 'CANCEL_PENDING',
  succeeded: 'COMPLETED',
  failed: 'FAILED',
  timed_out: 'FAILED',
  stopped: 'CANCELLED',
} as const;

/** EMR steps for simulations, and for tasks with a local replacement. The steps of a cluster run in parallel. */
export const emrStepService: Counterpart = {
  service: 'ElasticMapReduce',
  integration: 'emr',
  operations(works) {
    const of = (cluster: string, id: string): LocalWork | undefined => {
      const work = works.get(id);
      return work?.name === cluster ? work : undefined;
    };
    return {
      async AddJobFlowSteps(input) {
        const { JobFlowId, Steps } = parse(inputs.add, input);
        return { StepIds: Steps.map((each) => works.start(JobFlowId, JSON.parse(JSON.stringify(each))).id) };
      },
      async DescribeStep(input) {
        const { ClusterId, StepId } = parse(inputs.one, input);
        const work = of(ClusterId, StepId);
        if (work === undefined) throw new ServiceError('InvalidRequestException', 'Step id is not valid.');
        return { Step: describe(work) };
      },
      async ListSteps(input) {
        const { ClusterId, StepStates } = parse(inputs.list, input);
        const steps = works.of(ClusterId, mostListed).map(describe);
        return { Steps: steps.filter(({ Status }) => StepStates?.includes(Status.State) !== false) };
      },
      async CancelSteps(input) {
        const { ClusterId, StepIds } = parse(inputs.cancel, input);
        for (const id of StepIds) if (of(ClusterId, id) !== undefined) works.stop(id);
        return { CancelStepsInfoList: StepIds.map((StepId) => ({ StepId, Status: 'SUBMITTED' })) };
      },
    };
  },
  /** Several tasks can use one cluster, so the JAR and the arguments identify the task. Expressions match any value. */
  isStartedBy(work, input) {
    if (work.kind !== 'emr-step') return true;
    const { Jar, Args = [] } = step.parse(input).HadoopJarStep;
    const given = Args.filter((each, index) => !isOurs(each) && !isOurs(Args[index + 1] ?? ''));
    const isSame = (each: unknown, index: number) =>
      typeof each !== 'string' || each.startsWith('{%') || each === given[index];
    return work.jar === Jar && work.args.length === given.length && work.args.every(isSame);
  },
  environment(input) {
    const address = step.parse(input).HadoopJarStep.Args?.find(isOurs)?.slice(option.length);
    return present({ GLUEWRIGHT_OUTPUT: address });
  },
  event({ id, name: clusterId, input, state, message = '' }) {
    const { Name, ActionOnFailure = 'CONTINUE' } = step.parse(input);
    return {
      source: 'aws.emr',
      detailType: 'EMR Step Status Change',
      detail: {
        severity: states[state] === 'FAILED' ? 'ERROR' : 'INFO',
        actionOnFailure: ActionOnFailure,
        ...{ stepId: id, name: Name, clusterId, state: states[state], message },
      },
    };
  },
};

const option = 'spark.gluewright.output=';

function isOurs(argument: string): boolean {
  return argument.startsWith(option);
}

const mostListed = 1_000;

function describe({ id, input, state, startedOn, endedOn, message }: LocalWork) {
  const { Name, ActionOnFailure, HadoopJarStep } = step.parse(input);
  const { Jar, MainClass, Args } = HadoopJarStep;
  const FailureDetails = states[state] === 'FAILED' ? present({ Message: message }) : undefined;
  return {
    Id: id,
    Name,
    Config: { Jar, ...present({ MainClass, Args }) },
    Status: {
      State: states[state],
      ...present({ FailureDetails }),
      Timeline: {
        CreationDateTime: startedOn / 1_000,
        StartDateTime: startedOn / 1_000,
        ...present({ EndDateTime: endedOn === undefined ? undefined : endedOn / 1_000 }),
      },
    },
    ...present({ ActionOnFailure }),
  };
}

function parse<T extends z.ZodMiniType>(schema: T, input: unknown): z.infer<T> {
  return parseInput(schema, input, 'ValidationException');
}
