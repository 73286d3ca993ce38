/** Small JSON files that others may have written, torn or edited. */
import type * as z from 'zod';
import { writeFileAtomically } from './atomic';
import { readRegularFile } from './regularFile';

const MOST_BYTES = 4_000_000;

/** Undefined where the file is absent, torn or not ours. */
export async function readJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.output<Schema> | undefined> {
  try {
    const text = (await readRegularFile(path, MOST_BYTES)).toString('utf8');
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** @param toDisk see `writeFileAtomically` @throws WorkError */
export async function writeJson(path: string, value: object, toDisk = true): Promise<void> {
  await writeFileAtomically(path, `${JSON.stringify(value, null, 2)}\n`, { toDisk });
}
