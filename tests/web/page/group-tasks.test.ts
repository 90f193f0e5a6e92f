import { expect, test } from 'vitest';
import { foldGroups, groupsOf } from '../../../web/page/group-tasks.ts';

const task = (name: string, ...after: string[]) => ({ name, after });

test('three tasks with the same prefix before the first separator are a group', () => {
  const tasks = [task('load_a'), task('load_b'), task('load-c'), task('extract.x'), task('extract.y'), task('report')];
  expect([...groupsOf(tasks)]).toEqual([['load', ['load_a', 'load_b', 'load-c']]]);
});

test('a folded group is one node, and other tasks do not change', () => {
  const tasks = [task('start'), task('load_a', 'start'), task('load_b', 'start'), task('load_c', 'start')];
  const { members } = foldGroups(tasks, ['load']);
  expect([...members]).toEqual([
    ['start', ['start']],
    ['load …', ['load_a', 'load_b', 'load_c']],
  ]);
});

test('a group stays open if an outside task both follows and precedes it: folded, it would wait for itself', () => {
  const tasks = [task('load_a'), task('check', 'load_a'), task('load_b', 'check'), task('load_c')];
  expect([...foldGroups(tasks, ['load']).members.keys()]).toEqual(['load_a', 'check', 'load_b', 'load_c']);
});

test('only one of two groups that would wait for each other is folded', () => {
  const tasks = [task('a_1'), task('b_1', 'a_1'), task('b_2'), task('a_2', 'b_2'), task('a_3'), task('b_3')];
  expect(foldGroups(tasks, ['a', 'b']).members.size).toBe(4);
});
