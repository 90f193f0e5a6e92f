import type { DatabaseSync } from 'node:sqlite';

/** An event on its way to the target of one rule. `due` is in epoch milliseconds. */
export type Delivery = {
  readonly id: number;
  readonly rule: string;
  /** JSON text of the event. */
  readonly event: string;
  readonly attempts: number;
  readonly due: number;
  /** When the event was put. Retries also end by age. */
  readonly since: number;
};

export type DeadLetter = {
  readonly id: number;
  readonly rule: string;
  readonly event: string;
  readonly error: string;
  readonly at: number;
};

/** Pending deliveries, and dead letters. */
export interface DeliveryStore {
  add(rule: string, event: string, due: number, since: number): Delivery;
  done(id: number): void;
  retry(id: number, attempts: number, due: number): void;
  giveUp(delivery: Delivery, error: string, at: number): void;
  pending(): readonly Delivery[];
  deadLetters(): readonly DeadLetter[];
  forget(letter: number): void;
}

export function openDeliveryStore(database: DatabaseSync): DeliveryStore {
  database.exec(`
    CREATE TABLE IF NOT EXISTS event_deliveries (
      id INTEGER PRIMARY KEY, rule TEXT NOT NULL, event TEXT NOT NULL,
      attempts INTEGER NOT NULL, due REAL NOT NULL, since REAL NOT NULL
    );
    CREATE TABLE IF NOT EXISTS event_dead_letters (
      id INTEGER PRIMARY KEY, rule TEXT NOT NULL, event TEXT NOT NULL, error TEXT NOT NULL, at REAL NOT NULL
    );
  `);
  const insert = database.prepare(
    'INSERT INTO event_deliveries (rule, event, attempts, due, since) VALUES (?, ?, 0, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM event_deliveries WHERE id = ?');
  const update = database.prepare('UPDATE event_deliveries SET attempts = ?, due = ? WHERE id = ?');
  const addLetter = database.prepare('INSERT INTO event_dead_letters (rule, event, error, at) VALUES (?, ?, ?, ?)');
  const all = database.prepare('SELECT id, rule, event, attempts, due, since FROM event_deliveries ORDER BY id');
  const dead = database.prepare('SELECT id, rule, event, error, at FROM event_dead_letters ORDER BY id');

  const removeLetter = database.prepare('DELETE FROM event_dead_letters WHERE id = ?');

  return {
    forget: (letter) => void removeLetter.run(letter),
    add(rule, event, due, since) {
      const id = Number(insert.run(rule, event, due, since).lastInsertRowid);
      return { id, rule, event, attempts: 0, due, since };
    },
    done: (id) => void remove.run(id),
    retry: (id, attempts, due) => void update.run(attempts, due, id),
    giveUp(delivery, error, at) {
      // Writes the letter first: a crash in between duplicates it rather than losing it.
      addLetter.run(delivery.rule, delivery.event, error, at);
      remove.run(delivery.id);
    },
    pending: () =>
      all.all().map((row) => ({
        id: Number(row.id),
        rule: String(row.rule),
        event: String(row.event),
        attempts: Number(row.attempts),
        due: Number(row.due),
        since: Number(row.since),
      })),
    deadLetters: () =>
      dead.all().map((row) => ({
        id: Number(row.id),
        rule: String(row.rule),
        event: String(row.event),
        error: String(row.error),
        at: Number(row.at),
      })),
  };
}
