import { expect, test } from 'vitest';
import { layoutView } from '../../../shared/views/pipelines/layout-view.ts';
import { pipelineOf, taskOf, World } from '../world/world.ts';
import { callApi as call } from './call-api.ts';

test('a layout places every task to the left of the tasks after it', async () => {
  const tasks = [taskOf('extract'), taskOf('clean', ['extract']), taskOf('load', ['extract', 'clean'])];
  const world = new World([pipelineOf('orders', { tasks })]);
  const {
    tasks: placed,
    dependencies,
    width,
  } = layoutView.parse((await call(world, 'GET', '/pipelines/orders/layout')).body);
  const at = new Map(placed.map(({ name, x, y }) => [name, { x, y }]));
  expect([...at.keys()]).toEqual(['extract', 'clean', 'load']);
  expect(dependencies.map(({ from, to }) => `${from} ${to}`)).toEqual(['extract clean', 'extract load', 'clean load']);
  for (const { from, to, path } of dependencies) {
    expect([path.at(0), path.at(-1)]).toEqual([at.get(from), at.get(to)]);
    expect(path.every(({ x }, index) => index === 0 || x > (path[index - 1]?.x ?? x))).toBe(true);
  }
  expect(at.get('load')?.x).toBe(width);
});

test('a request for the layout of an unknown pipeline is refused with the nearest name', async () => {
  const world = new World([pipelineOf('orders', { tasks: [taskOf('extract')] })]);
  const { statusCode, body } = await call(world, 'GET', '/pipelines/ordres/layout');
  expect([statusCode, body.remedy]).toEqual([404, 'did you mean orders?']);
});
