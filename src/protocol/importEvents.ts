/** What `epochlens import --json` writes lines of. */
import * as z from 'zod';

/** A value that may be absent or null. */
const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined);

const channels = z.tuple([z.number(), z.number(), z.number()]);

const progress = z.object({ event: z.literal('progress'), text: z.string(), done: z.number(), of: z.number() });

const inspected = z.object({
  event: z.literal('inspected'),
  architecture: z.string(),
  classes: z.number(),
  /** Absent where the files do not say it. */
  normalization: maybe(z.object({ mean: channels, std: channels })),
  /** By epoch. */
  checkpoints: z.array(z.object({ epoch: z.number(), epochFrom: z.string().optional() })),
  /** Files that are no checkpoint of the import, each with the reason. */
  leftOut: z.array(z.object({ path: z.string(), reason: z.string() })).default([]),
  /** For a file with several networks: the one that is taken by default, and the others. */
  stateDicts: maybe(z.object({ chosen: z.string(), others: z.array(z.string()) })),
  /** Further remarks, each a sentence. */
  notes: z.array(z.string()).default([]),
});

const imported = z.object({
  event: z.literal('imported'),
  /** Its folder. */
  run: z.string(),
  study: z.string(),
  /** The measured checkpoints. */
  measured: z
    .array(
      z.object({
        epoch: z.number(),
        right: z.number(),
        count: z.number(),
        /** In per cent; null where the file claims nothing. */
        claimed: z.object({ testAccuracy: z.number().nullable(), isBestSoFar: z.boolean().optional() }),
        /** Whether the difference is more than chance. */
        differs: z.boolean().nullable(),
      }),
    )
    .default([]),
  /** A sentence for each checkpoint that differs from its file's claim, then possible causes. */
  warnings: z.array(z.string()).default([]),
});

/** What files leave open and a person can say: each answer is an argument of the next import. */
const question = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('epochs'),
    /** The files in the order of --epochs; `epoch` is null where nothing tells it. */
    files: z.array(z.object({ path: z.string(), epoch: z.number().nullable() })),
  }),
  z.object({
    kind: z.literal('architecture'),
    path: z.string(),
    /** The architecture that the file names. */
    claimed: z.string(),
    /** The architecture that its tensors have. */
    recognised: z.string(),
  }),
  z.object({ kind: z.literal('stateDict'), keys: z.array(z.string()) }),
]);

const refused = z.object({ event: z.literal('refused'), message: z.string(), question });

const importEvent = z.discriminatedUnion('event', [progress, inspected, imported, refused]);

export type ImportEvent = z.infer<typeof importEvent>;
export type Inspected = z.infer<typeof inspected>;
export type Imported = z.infer<typeof imported>;
export type Refused = z.infer<typeof refused>;
export type ImportQuestion = z.infer<typeof question>;

/** Undefined for a line of an unknown kind: plain text, or an event of another version. */
export function parseImportEvent(line: string): ImportEvent | undefined {
  if (!line.startsWith('{"event":')) return undefined;
  try {
    return importEvent.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
