/** A shard of an evaluation, as a file: what it is of, and what each of its batches came to. */
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { writeFileAtomically } from '../../common/atomic';
import { canonicalJson, jsonHash } from '../../common/canonicalJson';
import { InputError } from '../../common/errors';
import { shardSchema, shardText } from '../../common/shard';

const FORMAT = 'epochlens evaluation part';

/** All that the numbers depend on: parts of one evaluation have it in common. */
const subjectSchema = z.object({
  /** SHA-256 of the file, in hexadecimal. */
  weights: z.string(),
  /** Of several in the file, the one that was named; null where none was. */
  stateDict: z.string().nullable(),
  architecture: z.string(),
  classes: z.int().min(1),
  /** Of pixels and labels of the test images, in their order, and how many they are. */
  data: z.string(),
  images: z.int().min(0),
  /** How pixels become the network's input. */
  input: z.unknown(),
  epochlens: z.string(),
});
export type EvaluatedSubject = z.output<typeof subjectSchema>;

const partSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  shard: shardSchema,
  subject: subjectSchema,
  engine: z.object({ name: z.string(), version: z.string() }),
  /** Which of like networks it is: another than the subject's where images decided. */
  architecture: z.string(),
  /** How that was measured, where it was. */
  twins: z.unknown().optional(),
  batches: z.array(
    z.object({
      start: z.int().min(0),
      loss: z.number(),
      correct: z.int().min(0),
      predictions: z.array(z.int().min(0)).min(1),
    }),
  ),
  /** Of all the others, as canonical JSON. */
  checksum: z.string(),
});
export type EvaluationPart = Omit<z.output<typeof partSchema>, 'format' | 'version' | 'checksum'>;

export async function writePart(path: string, part: EvaluationPart): Promise<void> {
  const content = { format: FORMAT, version: 1, ...part };
  await writeFileAtomically(path, `${canonicalJson({ ...content, checksum: jsonHash(content) })}\n`);
}

/** @throws InputError for what is not a whole part */
export async function readPart(path: string): Promise<EvaluationPart> {
  const { checksum, ...content } = parsePart(await readText(path), path);
  if (jsonHash(content) !== checksum) {
    throw new InputError('the part is damaged', {
      file: path,
      found: 'a checksum that is not that of its content',
      advice: `Delete it and compute shard ${shardText(content.shard)} again.`,
    });
  }
  return content;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new InputError('the part cannot be read', {
      file: path,
      found: error instanceof Error ? error.message : String(error),
      expected: 'a file that evaluate --shard i/n --out FILE has written',
    });
  }
}

function parsePart(text: string, file: string): z.output<typeof partSchema> {
  try {
    return partSchema.parse(JSON.parse(text));
  } catch {
    throw new InputError('not a part of an evaluation', {
      file,
      expected: 'a file that evaluate --shard i/n --out FILE has written',
    });
  }
}
