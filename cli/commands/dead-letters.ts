import { join } from 'node:path';
import { openDatabase } from '../../local/storage/open-database.ts';
import { listDeadLetters } from '../../shared/actors/dead-letters.ts';
import { type LetterView, letterList, letterView } from '../../shared/views/trigger-lists.ts';
import { lettersOf, openUndelivered, replayAll } from '../open/dead-letters.ts';
import { openLedger } from '../open/open-ledger.ts';
import { openProject } from '../open/open-project.ts';
import { findProjectRoot } from '../open/project-root.ts';
import { openSession } from '../open/session.ts';
import { addStageOptions, openStage, type Stage, type StageOptions } from '../open/stage.ts';
import { table } from '../render/table.ts';
import { timestamp } from '../render/timestamp.ts';
import { addCommand, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { exitCodes } from '../terminal/command-error.ts';

export const deadLetters: Register = (program, cli) => {
  const summary = 'list what could not be taken or started, and why';
  addStageOptions(addCommand(program, 'dead-letters', summary, 'dead-letters --replay'))
    .option('--replay', 'try all of it again, as if it had come now; what works is forgotten')
    .action(async (options: JsonOption & StageOptions & { replay?: true }) => {
      const stage = await openStage(cli, options);
      if (stage !== undefined) return onStage(stage, options);
      const { home } = findProjectRoot(cli.terminal);
      const open = openLedger(home);
      const empty = open === undefined;
      open?.close();
      if (empty) return show([], options);
      if (options.replay !== true) {
        const database = openDatabase(join(home, 'gluewright.db'));
        const ledger = openLedger(home);
        try {
          const letters = ledger === undefined ? [] : await listDeadLetters(ledger);
          show(lettersOf(letters, openUndelivered(database).deadLetters()), options);
        } finally {
          ledger?.close();
          database.close();
        }
        return;
      }
      const session = await openSession(await openProject(cli));
      const database = openDatabase(join(home, 'gluewright.db'));
      try {
        const left = await replayAll(session.system, openUndelivered(database));
        if (left.some(({ outcome }) => outcome === 'dead still')) cli.exitCode = exitCodes.failed;
        show(left, options);
      } finally {
        database.close();
        await session.close();
      }
    });

  async function onStage(stage: Stage, options: JsonOption & { replay?: true }): Promise<void> {
    const { view, text } = await stage.get('/dead-letters', letterList);
    if (options.replay !== true) {
      if (options.json) cli.terminal.out(text);
      else show(view.letters, options);
      return;
    }
    const tried: LetterView[] = [];
    for (const { id } of view.letters) {
      const path = `/dead-letters/${encodeURIComponent(id)}/replay`;
      tried.push((await stage.post(path, letterView)).view);
    }
    if (tried.some(({ outcome }) => outcome === 'dead still')) cli.exitCode = exitCodes.failed;
    show(tried, options);
  }

  function show(letters: readonly LetterView[], options: JsonOption): void {
    if (options.json) printJson(cli, { letters });
    else if (letters.length === 0) cli.terminal.out('no dead letters');
    else cli.terminal.out(lettersTable(letters));
  }
};

function lettersTable(letters: readonly LetterView[]): string {
  const rows = letters.map(({ at, what, why, outcome }) => [timestamp(at), what, outcome ?? '', why]);
  const titles = ['SINCE', 'WHAT', '', 'WHY'].map((title) => ({ title }));
  return table(titles, rows).join('\n');
}
