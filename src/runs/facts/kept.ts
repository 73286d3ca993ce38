/** The results of a run that say something of it, each read once as long as its file stays. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileStamp } from '../../common/fileStamp';
import { yieldToEvents } from '../../common/yieldToEvents';
import { runPaths } from '../paths';
import { readKeptResult } from '../results/results';
import type { Fact, FactsContext, FactSource, KeptFacts } from './source';
import { FACT_SOURCES } from './sources';

interface KnownFile {
  readonly stamp: string;
  readonly source: FactSource;
  /** Undefined of one that is damaged, or that another version computed. */
  readonly kept: KeptFacts | undefined;
}

/** By the file's name. */
export type KnownFiles = ReadonlyMap<string, KnownFile>;

/** @param known what was read before: only files that have changed since are read again */
export async function readKept(folder: string, known: KnownFiles): Promise<KnownFiles> {
  const names = await readdir(runPaths(folder).results).catch(() => []);
  const files = new Map<string, KnownFile>();
  for (const name of names.sort()) {
    const source = FACT_SOURCES.find(({ kind }) => name.startsWith(`${kind}-`) && name.endsWith('.json'));
    if (source === undefined) continue;
    const stamp = await fileStamp(join(runPaths(folder).results, name)).catch(() => undefined);
    if (stamp === undefined) continue;
    const before = known.get(name);
    if (before?.stamp === stamp) {
      files.set(name, before);
      continue;
    }
    files.set(name, { stamp, source, kept: await readOne(folder, name, source) });
    // A result of ten thousand images takes as long as a frame or two.
    await yieldToEvents();
  }
  return files;
}

async function readOne(folder: string, name: string, source: FactSource): Promise<KeptFacts | undefined> {
  const result = await readKeptResult(folder, name);
  if (result.state !== 'whole' || result.kind !== source.kind) return undefined;
  const reduced = source.reduce(result.origin?.inputs, result.value);
  return reduced && { ...reduced, images: result.origin?.about.images };
}

/** Of several of one column and epoch the one of the highest weight. */
export function factsOfKept(files: KnownFiles, context: FactsContext): Fact[] {
  const found = FACT_SOURCES.flatMap((source) => {
    const kept = [...files.values()].flatMap((file) => (file.source === source ? (file.kept ?? []) : []));
    return source.facts(kept, context);
  });
  const best = new Map<string, Fact>();
  for (const fact of found) {
    const key = `${fact.epoch ?? ''} ${fact.column}`;
    if (fact.weight > (best.get(key)?.weight ?? -1)) best.set(key, fact);
  }
  return [...best.values()];
}
