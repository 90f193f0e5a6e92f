import { join } from 'node:path';
import { openDeliveryStore } from '../../local/events/delivery-store.ts';
import { undeliveredEvents } from '../../local/events/undelivered.ts';
import { openDatabase } from '../../local/storage/open-database.ts';
import { droppedLetter } from '../../shared/api/operations/drop-dead-letter.ts';
import { present } from '../../shared/json.ts';
import { dropLetter, listLetters, replayLetter } from '../../shared/use-cases/requests/letters.ts';
import { type LetterList, type LetterView, letterList, letterView } from '../../shared/views/triggers/trigger-lists.ts';
import { openLedger } from '../open/open-ledger.ts';
import { openProject } from '../open/open-project.ts';
import { findProjectRoot } from '../open/project-root.ts';
import { openSession } from '../open/session.ts';
import { table } from '../render/table.ts';
import { timestamp } from '../render/timestamp.ts';
import { openStage, type Stage } from '../stage/stage.ts';
import { addActingOptions, type StageOptions } from '../stage/stage-options.ts';
import { addCommand, type Cli, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';

type LettersOptions = JsonOption &
  StageOptions & {
    readonly pipeline?: string;
    readonly replay?: true;
    readonly drop?: true;
  };

/** Where the letters are: on this machine, or on a stage. */
type Letters = {
  list(): Promise<LetterList>;
  /** Undefined: it no longer exists. */
  replay(id: string): Promise<LetterView | undefined>;
  drop(id: string): Promise<boolean>;
};

export const deadLetters: Register = (program, cli) => {
  const summary = 'list dead letters: what could not be taken or started, and why';
  addActingOptions(addCommand(program, 'dead-letters', summary, 'dead-letters --replay'))
    .argument('[letter...]', 'only the letters with these ids')
    .option('--pipeline <name>', 'only refused runs of this pipeline')
    .option('--replay', 'replay them; a letter that works is dropped')
    .option('--drop', 'drop them: they never start a run')
    .action(async (ids: readonly string[], options: LettersOptions) => {
      if (options.replay && options.drop) throw new CommandError(exitCodes.usage, 'give either --replay or --drop');
      if (options.drop && ids.length === 0 && options.pipeline === undefined) {
        throw new CommandError(exitCodes.usage, 'name the letters to drop, or give --pipeline NAME');
      }
      const stage = await openStage(cli, options);
      if (stage !== undefined) return answer(cli, onStage(stage, options), ids, options);
      if (options.replay || options.drop) return actHere(cli, ids, options);
      const open = openLedger(findProjectRoot(cli.terminal).home);
      if (open === undefined) return show(cli, { letters: [] }, options);
      const database = openDatabase(join(findProjectRoot(cli.terminal).home, 'gluewright.db'));
      try {
        const undelivered = { list: () => undeliveredEvents(openDeliveryStore(database)) };
        const list = (cursor?: string) => listLetters({ ledger: open.ledger, undelivered }, wanted(options, cursor));
        const letters: Letters = { list: () => all(list), replay: async () => undefined, drop: async () => false };
        await answer(cli, letters, ids, options);
      } finally {
        database.close();
        open.close();
      }
    });
};

async function actHere(cli: Cli, ids: readonly string[], options: LettersOptions): Promise<void> {
  const session = await openSession(await openProject(cli));
  const { system } = session;
  try {
    const letters: Letters = {
      list: () => all((cursor) => listLetters(system, wanted(options, cursor))),
      replay: (id) => replayLetter(system, id),
      drop: (id) => dropLetter(system, id),
    };
    await answer(cli, letters, ids, options);
  } finally {
    await session.close();
  }
}

function onStage(stage: Stage, options: LettersOptions): Letters {
  const pathOf = (id: string, act: string): string => `/dead-letters/${encodeURIComponent(id)}/${act}`;
  const list = async (cursor?: string): Promise<LetterList> => {
    const { limit, pipeline } = wanted(options);
    const query = new URLSearchParams({ limit: String(limit), ...present({ pipeline, cursor }) });
    return (await stage.get(`/dead-letters?${query}`, letterList)).view;
  };
  return {
    list: () => all(list),
    replay: async (id) => (await stage.post(pathOf(id, 'replay'), letterView)).view,
    drop: async (id) => (await stage.post(pathOf(id, 'drop'), droppedLetter)).view.dropped,
  };
}

const pageLength = 200;

function wanted({ pipeline }: LettersOptions, cursor?: string) {
  return { limit: pageLength, ...present({ pipeline, cursor }) };
}

/** Page by page, to the end. */
async function all(read: (cursor?: string) => Promise<LetterList>): Promise<LetterList> {
  const letters: LetterView[] = [];
  let cursor: string | undefined;
  do {
    const page = await (cursor === undefined ? read() : read(cursor));
    letters.push(...page.letters);
    cursor = page.next;
  } while (cursor !== undefined);
  return { letters };
}

async function answer(cli: Cli, letters: Letters, ids: readonly string[], options: LettersOptions): Promise<void> {
  const known = (await letters.list()).letters;
  const missing = ids.filter((id) => !known.some((letter) => letter.id === id));
  if (missing.length > 0) throw new CommandError(exitCodes.notFound, `there is no dead letter ${missing.join(', ')}`);
  const meant = ids.length === 0 ? known : known.filter(({ id }) => ids.includes(id));
  if (!options.replay && !options.drop) return show(cli, { letters: meant }, options);
  const tried: LetterView[] = [];
  for (const letter of meant) {
    if (options.drop) tried.push({ ...letter, outcome: (await letters.drop(letter.id)) ? 'dropped' : 'gone already' });
    else tried.push((await letters.replay(letter.id)) ?? { ...letter, outcome: 'gone already' });
  }
  if (tried.some(({ outcome }) => outcome === 'still failing')) cli.exitCode = exitCodes.failed;
  show(cli, { letters: tried }, options);
}

function show(cli: Cli, list: LetterList, options: JsonOption): void {
  if (options.json) printJson(cli, list);
  else if (list.letters.length === 0) cli.terminal.out('no dead letters');
  else cli.terminal.out(lettersTable(list.letters));
}

function lettersTable(letters: readonly LetterView[]): string {
  const rows = letters.map(({ id, at, what, why, outcome }) => [id, timestamp(at), what, outcome ?? '', why]);
  const titles = ['LETTER', 'SINCE', 'WHAT', '', 'WHY'].map((title) => ({ title }));
  return table(titles, rows).join('\n');
}
