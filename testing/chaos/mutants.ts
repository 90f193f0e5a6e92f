/** A plausible bug in the deciding code: in `file`, `find` becomes `replace`. */
export type Mutant = {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
};

/** `find` occurs exactly once in its file; a test checks this. */
export const mutants: readonly Mutant[] = [
  {
    name: 'a state of a job run is forgotten',
    file: 'shared/tasks/glue-job/job-outcome.ts',
    find: "ERROR: 'failed'",
    replace: "ERROR: 'open'",
  },
  {
    name: 'a job is started before the attempt is recorded',
    file: 'shared/actors/kit/advance.ts',
    find: '    try {\n      await system.ledger.write([change',
    replace:
      '    for (const effect of step.effects) if (before === undefined) await actor.perform(system, effect, []);\n    try {\n      await system.ledger.write([change',
  },
  {
    name: 'a complete gate is not opened',
    file: 'shared/runs/gate/advance-gate.ts',
    find: 'return news ? check({ ...gate, outcomes: { ...signal.outcomes, ...gate.outcomes } }) : { record, effects: [] };',
    replace: 'return { record: { ...gate, outcomes: { ...signal.outcomes, ...gate.outcomes } }, effects: [] };',
  },
  {
    name: 'an ambiguous start is never looked for',
    file: 'shared/runs/task/advance-task.ts',
    find: "      return now < phase.lease ? { record, effects: [] } : find(record);\n    case 'queued'",
    replace: "      return now < phase.lease ? { record, effects: [] } : startOrEnd(record, now);\n    case 'queued'",
  },
  {
    name: 'an undelivered outcome is not delivered again',
    file: 'shared/runs/task/advance-task.ts',
    find: "if (phase.delivery !== 'pending') return { record, effects: [] };\n      return { record, effects: [{ do: 'deliver', token: attempt.token, ending: phase.ending }] };",
    replace: 'return { record, effects: [] };',
  },
  {
    name: 'a finished run does not stop its work',
    file: 'shared/actors/task-actor.ts',
    find: "[{ is: 'stop' }], news, isStop)",
    replace: "[{ is: 'tick' }], news, isStop)",
  },
  {
    name: 'a run’s slot is freed while its jobs run',
    file: 'shared/actors/run-actor.ts',
    find: 'if (open > 0) {',
    replace: 'if (open > 1_000) {',
  },
  {
    name: 'refusals are failures',
    file: 'shared/services/service-error.ts',
    find: "if (refusals.has(name) || refused.includes(name) || status === 429) return { kind: 'refused', name, reason };",
    replace: "if (status === 429) return { kind: 'refused', name, reason };",
  },
  {
    name: 'a repeated event makes another attempt',
    file: 'shared/runs/task/call-again.ts',
    find: 'if (call.token === attempt.token || spent.includes(call.token)) return { record, effects: [] };',
    replace: 'if (call.token === attempt.token) return openAttempt(record, signal, now);',
  },
  {
    name: 'a rerun keeps tasks after a task that runs again',
    file: 'shared/runs/run/plan-rerun.ts',
    find: 'const again = withDownstream(pipeline, [...(from ?? []), ...undone]);',
    replace: 'const again = new Set([...(from ?? []), ...undone]);',
  },
  {
    name: 'a rerun forgets the outputs of kept tasks',
    file: 'shared/runs/run/plan-rerun.ts',
    find: 'const output = before?.output === undefined ? {} : { output: before.output };',
    replace: 'const output = {};',
  },
  {
    name: "a copy of an older call takes the newer one's place",
    file: 'shared/protocol/call-order.ts',
    find: 'if (turn === undefined || other === undefined) return false;',
    replace: 'if (turn !== other) return false;',
  },
  {
    name: 'a task runs although an upstream task was skipped or failed',
    file: 'shared/asl/states/join-condition.ts',
    find: 'return { blocked: fewerThan(count), failed };',
    replace: 'return { blocked: fewerThan(1), failed };',
  },
  {
    name: 'a requested stop is repeated at every look',
    file: 'shared/runs/task/attempt.ts',
    find: 'phase.stopAsked !== undefined && now >= nextStop(phase)',
    replace: 'phase.stopAsked !== undefined && now >= phase.stopAsked.at',
  },
  {
    name: 'due items wait for their turn in the round',
    file: 'shared/use-cases/reconciler/reconcile.ts',
    find: 'const due = await dueItems(shards, now, limit);',
    replace: 'const due = (await dueItems(shards, now, limit)).slice(0, 0);',
  },
  {
    name: 'a task treats its own crawl as another task’s',
    file: 'shared/actors/kit/advance.ts',
    find: 'if (record === undefined || soleEntries(indexBefore, actor.index(record)).length === 0) return undefined;',
    replace: 'if (record === undefined || !actor.index(record).some(({ sole }) => sole)) return undefined;',
  },
  {
    name: 'a native task does not begin when its state asks again',
    file: 'shared/runs/task/call-again.ts',
    find: "phase.at === 'starting' && kindOf(attempt.work.kind).runs.by === 'state'",
    replace: "phase.at === 'queued' && kindOf(attempt.work.kind).runs.by === 'state'",
  },
  {
    name: 'a repeated start has a token of its own',
    file: 'shared/actors/begin-work.ts',
    find: 'attempt, id: runs.begun(await sendCall(system, runs.begin(order, ',
    replace: 'attempt, id: runs.begun(await sendCall(system, runs.begin({ ...order, attempt: attempt + 100 }, ',
  },
  {
    name: 'without a decision, the opposite of `otherwise` counts',
    file: 'shared/tasks/approval.ts',
    find: "approve: otherwise === 'approve', by: 'nobody'",
    replace: "approve: otherwise === 'reject', by: 'nobody'",
  },
  {
    name: 'work without a timeout of its service is never stopped',
    file: 'shared/runs/task/attempt.ts',
    find: 'return phase.tooLong === true || now >= phase.since + timeout * 1_000;',
    replace: 'return phase.tooLong === true;',
  },
  {
    name: 'a place is free as soon as the work runs',
    file: 'shared/runs/task/task-place.ts',
    find: "return phase.at === 'ended' || phase.at === 'finishing' ?",
    replace: "return phase.at === 'ended' || phase.at === 'finishing' || phase.at === 'running' ?",
  },
  {
    name: 'a place stays held after the work has ended',
    file: 'shared/runs/task/task-place.ts',
    find: "return phase.at === 'ended' || phase.at === 'finishing' ?",
    replace: "return phase.at === 'finishing' ?",
  },
  {
    name: 'a pool lets in one task too many',
    file: 'shared/runs/slots/places.ts',
    find: 'const free = freePlaces(taken, capacity);',
    replace: 'const free = freePlaces(taken, capacity + 1);',
  },
  {
    name: 'a task that needs two places takes one',
    file: 'shared/runs/slots/places.ts',
    find: 'numbers: free.splice(0, places)',
    replace: 'numbers: free.splice(0, 1)',
  },
  {
    name: 'a task begins before it has its places',
    file: 'shared/runs/task/attempt.ts',
    find: '  if (lacksPlace(attempt)) return waitForPlace(record);\n',
    replace: '  if (lacksPlace(attempt) && attempt.tries > 0) return waitForPlace(record);\n',
  },
  {
    name: 'an item whose start is lost never starts',
    file: 'shared/actors/map-actor.ts',
    find: 'if (!map.stopped) return startItem(system, map, index);',
    replace: 'if (!map.stopped) return [];',
  },
  {
    name: 'a retry forgets which items have succeeded',
    file: 'shared/use-cases/child-runs/earlier-items.ts',
    find: 'return { kept: itemRun(map, index) };',
    replace: 'return undefined;',
  },
];
