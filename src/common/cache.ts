/** A cache of expensive values, evicted by count, the least recently used first, and after an idle time. */

export interface CacheOptions<T> {
  /** How many are kept at most, beside those in use. */
  readonly most: number;
  readonly idleMilliseconds: number;
  readonly dispose?: (value: T) => void;
}

export interface Cache<T> {
  /** Makes the value of a key, if it is not there, and lends it out: it stays for as long as the work goes on. */
  use<R>(key: string, make: () => Promise<T>, work: (value: T) => Promise<R> | R): Promise<R>;
  /** Whether it would be lent without being made. */
  has(key: string): boolean;
}

interface Entry<T> {
  readonly value: Promise<T>;
  users: number;
}

export function createCache<T>({ most, idleMilliseconds, dispose }: CacheOptions<T>): Cache<T> {
  // In the order of their last use.
  const entries = new Map<string, Entry<T>>();
  let timer: NodeJS.Timeout | undefined;

  function shrinkTo(count: number): void {
    for (const [key, entry] of entries) {
      if (entries.size <= count) return;
      if (entry.users > 0) continue;
      entries.delete(key);
      if (dispose !== undefined) void entry.value.then(dispose);
    }
  }

  function take(key: string, make: () => Promise<T>): Entry<T> {
    const entry = entries.get(key) ?? { value: make(), users: 0 };
    entries.delete(key);
    entries.set(key, entry);
    return entry;
  }

  return {
    has: (key) => entries.has(key),
    async use(key, make, work) {
      const entry = take(key, make);
      entry.users++;
      try {
        return await work(await entry.value);
      } finally {
        entry.users--;
        // What could not be made is tried anew the next time.
        await entry.value.catch(() => {
          if (entries.get(key) === entry) entries.delete(key);
        });
        shrinkTo(most);
        clearTimeout(timer);
        timer = setTimeout(() => shrinkTo(0), idleMilliseconds).unref();
      }
    },
  };
}
