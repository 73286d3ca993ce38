/** Texts for the output of `epochlens verify --json`. */
import * as vscode from 'vscode';
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

function verdictWord(verdict: Finding['verdict']): string {
  switch (verdict) {
    case 'whole':
      return vscode.l10n.t('whole');
    case 'damaged':
      return vscode.l10n.t('damaged');
    case 'missing':
      return vscode.l10n.t('missing');
    case 'notVouched':
      return vscode.l10n.t('not vouched for');
  }
}

/** "checkpoints/epoch-003.safetensors is damaged, and 2 more are not as they should be."; undefined for a whole run. */
export function damageText(verified: VerifiedRun): string | undefined {
  const { l10n } = vscode;
  const wrong = damaged(verified);
  const [first] = wrong;
  if (first === undefined) return undefined;
  const more = wrong.length - 1;
  const [place, word] = [placeOf(first), verdictWord(first.verdict)];
  if (more === 0) return l10n.t('{0} is {1}.', place, word);
  return more === 1
    ? l10n.t('{0} is {1}, and 1 more is not as it should be.', place, word)
    : l10n.t('{0} is {1}, and {2} more are not as they should be.', place, word, more);
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
      const what = [verdictWord(finding.verdict), finding.detail].filter((part) => part !== undefined).join(': ');
      return [`${placeOf(finding)}: ${what}.`, ...(finding.advice === undefined ? [] : [`  ${finding.advice}`])];
    }),
    ...(wrong.length > 0 && notes.length > 0 ? [''] : []),
    ...notes,
    '',
    vscode.l10n.t('Whole: {0} of {1}', whole.length, findings.length),
    ...whole.map((finding) => `  ${placeOf(finding)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function placeOf({ file, place }: Finding): string {
  return place === undefined ? file : `${file}, ${place}`;
}
