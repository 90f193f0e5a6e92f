import { testState } from '../test-state/test-state.ts';
import type { EngineCore, Operations } from './engine-core.ts';

export function testStateOperations({ options, tools }: EngineCore): Operations {
  return { TestState: (input) => testState(options, tools, input) };
}
