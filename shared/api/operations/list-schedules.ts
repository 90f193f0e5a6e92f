import * as z from 'zod/mini';
import { listDue } from '../../views/triggers/list-due.ts';
import { scheduleList } from '../../views/triggers/trigger-lists.ts';
import { operation, Refusal } from '../kit/operation.ts';
import { chosen, count, name } from '../kit/params.ts';

export const listSchedules = operation({
  name: 'listSchedules',
  method: 'GET',
  path: '/schedules',
  summary: 'The next times of each schedule, and their intervals',
  params: {},
  query: { pipeline: z.exactOptional(name), next: count(100) },
  answers: { status: 200, shape: scheduleList },
  async act({ system, query: { pipeline, next = 10 } }) {
    const pipelines = chosen(system, pipeline);
    return pipelines instanceof Refusal ? pipelines : listDue(system.ledger, pipelines, system.clock(), next);
  },
});
