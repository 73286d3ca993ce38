/** Texts for the output of `epochlens verify --json`. This file does not import `vscode`. */
import * as z from 'zod';

const findingSchema = z.object({
  file: z.string(),
  place: z.string().optional(),
  verdict: z.enum(['whole', 'damaged', 'missing', 'notVouched']),
  detail: z.string().optional(),
  advice: z.string().optional(),
});
type Finding = z.output<typeof findingSchema>;

const verifiedRunSchema = z.object({
  run: z.string(),
  findings: z.array(findingSchema).readonly(),
  notes: z.array(z.string()).readonly(),
});
export type VerifiedRun = z.output<typeof verifiedRunSchema>;

export const verificationSchema = z.object({ runs: z.array(verifiedRunSchema) });

function damaged({ findings }: Pick<VerifiedRun, 'findings'>): readonly Finding[] {
  return findings.filter(({ verdict }) => verdict === 'damaged' || verdict === 'missing');
}

export function unvouched({ findings }: Pick<VerifiedRun, 'findings'>): readonly Finding[] {
  return findings.filter(({ verdict }) => verdict === 'notVouched');
}

const WORDS = { whole: 'whole', damaged: 'damaged', missing: 'missing', notVouched: 'not vouched for' } as const;

/** "checkpoints/epoch-003.safetensors is damaged, and 2 more are not as they were."; undefined for a whole run. */
export function damageText(verified: VerifiedRun): string | undefined {
  const wrong = damaged(verified);
  const [first] = wrong;
  if (first === undefined) return undefined;
  const more = wrong.length - 1;
  const others =
    more === 0 ? '' : `, and ${more} more ${more === 1 ? 'is' : 'are'} not as ${more === 1 ? 'it' : 'they'} should be`;
  return `${placeOf(first)} is ${WORDS[first.verdict]}${others}.`;
}

/** Lists everything that is damaged or missing with what to do, then everything that is whole. */
export function detailsText(title: string, { run, findings, notes }: VerifiedRun): string {
  const whole = findings.filter(({ verdict }) => verdict === 'whole');
  const wrong = findings.filter(({ verdict }) => verdict !== 'whole');
  const lines = [
    title,
    run,
    '',
    ...wrong.flatMap((finding) => {
      const what = [WORDS[finding.verdict], finding.detail].filter((part) => part !== undefined).join(': ');
      return [`${placeOf(finding)}: ${what}.`, ...(finding.advice === undefined ? [] : [`  ${finding.advice}`])];
    }),
    ...(wrong.length > 0 && notes.length > 0 ? [''] : []),
    ...notes,
    '',
    `Whole: ${whole.length} of ${findings.length}`,
    ...whole.map((finding) => `  ${placeOf(finding)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function placeOf({ file, place }: Finding): string {
  return place === undefined ? file : `${file}, ${place}`;
}
