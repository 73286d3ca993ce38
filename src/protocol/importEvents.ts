/** What `epochlens import --json` writes lines of. */
import { z } from 'zod';

/** What may be absent, or null. */
const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined);

const channels = z.tuple([z.number(), z.number(), z.number()]);

const progress = z.object({ event: z.literal('progress'), text: z.string(), done: z.number(), of: z.number() });

const inspected = z.object({
  event: z.literal('inspected'),
  architecture: z.string(),
  /** Absent where the files do not say it. */
  normalization: maybe(z.object({ mean: channels, std: channels })),
  /** By epoch. */
  checkpoints: z.array(z.object({ epoch: z.number(), epochFrom: z.string().optional() })),
  /** Files that are no checkpoint of the import, each with the reason. */
  leftOut: z.array(z.object({ path: z.string(), reason: z.string() })).default([]),
  /** Where a file holds several networks: the one that is taken unless another is asked for, and the others. */
  stateDicts: maybe(z.object({ chosen: z.string(), others: z.array(z.string()) })),
  /** What else a person should know, a sentence each. */
  notes: z.array(z.string()).default([]),
});

const imported = z.object({
  event: z.literal('imported'),
  /** Its folder. */
  run: z.string(),
  study: z.string(),
  /** Of each checkpoint that was evaluated on the study's test images. */
  measured: z
    .array(
      z.object({
        epoch: z.number(),
        right: z.number(),
        count: z.number(),
        /** In per cent; null where the file claims none. */
        claimed: z.object({ testAccuracy: z.number().nullable(), isBestSoFar: z.boolean().optional() }),
        /** Whether it differs from the claim by more than chance. */
        differs: z.boolean().nullable(),
      }),
    )
    .default([]),
  /** A sentence for each checkpoint that is not what its file claims, then what to look for. */
  warnings: z.array(z.string()).default([]),
});

/** What files leave open and a person can say: each answer is an argument of the next import. */
const question = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('epochs'),
    /** In the order in which --epochs takes them; `epoch` is null where nothing tells it. */
    files: z.array(z.object({ path: z.string(), epoch: z.number().nullable() })),
  }),
  z.object({
    kind: z.literal('architecture'),
    path: z.string(),
    /** What the file calls itself. */
    claimed: z.string(),
    /** What its tensors look like. */
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

/** Undefined where the line is none that is known here: words for a person, or an event of another version. */
export function parseImportEvent(line: string): ImportEvent | undefined {
  if (!line.startsWith('{"event":')) return undefined;
  try {
    return importEvent.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
