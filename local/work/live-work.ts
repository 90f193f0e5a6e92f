/** Functions that stop this process's work, by id. */
export interface LiveWork {
  /** @param stop stops the work without a report */
  add(id: string, stop: () => void): void;
  stop(id: string): void;
  /** Call this when the work has ended. */
  remove(id: string): void;
  stopAll(): void;
}

export function createLiveWork(): LiveWork {
  const stops = new Map<string, () => void>();
  return {
    add: (id, stop) => void stops.set(id, stop),
    stop(id) {
      stops.get(id)?.();
      stops.delete(id);
    },
    remove: (id) => void stops.delete(id),
    stopAll() {
      for (const stop of stops.values()) stop();
      stops.clear();
    },
  };
}
