import type { EngineCore, Operations } from '../driver/engine-core.ts';
import { testState } from '../test-state/test-state.ts';

export function testStateOperations({ options, tools }: EngineCore): Operations {
  return { TestState: (input) => testState(options, tools, input) };
}
