/** An attack as options name it, in place of the study's. */
import { InputError } from '../../common/errors';
import { attackSchema, resolveAttack, type ResolvedAttack } from '../../study';

export interface AttackOptions {
  readonly kind?: string;
  readonly epsilon?: string;
  readonly steps?: number;
  readonly stepSize?: string;
  readonly restarts?: number;
  readonly norm?: string;
  readonly images?: number;
}

const FIELDS = ['kind', 'norm', 'epsilon', 'steps', 'stepSize', 'restarts'] as const;

/** Undefined where no option names one: `--images` alone changes those of the study. */
export function namedAttack(options: AttackOptions): ResolvedAttack | undefined {
  if (FIELDS.every((field) => options[field] === undefined)) return undefined;
  const { kind = (options.steps ?? 2) === 1 ? 'fgsm' : 'pgd', norm, steps, restarts, images } = options;
  const given = {
    norm,
    steps,
    restarts,
    images,
    epsilon: distance(options.epsilon),
    stepSize: distance(options.stepSize),
  };
  const parsed = attackSchema.safeParse({ kind, ...given });
  if (!parsed.success) throw refused(options, parsed.error.issues[0]?.path[0]);
  if (kind === 'fgsm' && (steps ?? 1) > 1) {
    throw new InputError('FGSM is one step', { place: '--steps', found: String(steps), expected: '1, or --kind pgd' });
  }
  return resolveAttack(parsed.data);
}

/** A number is written as one in a study file, and a fraction as text. */
function distance(text: string | undefined): string | number | undefined {
  return text === undefined || text.includes('/') ? text : Number(text);
}

const EXPECTED: Readonly<Record<string, string>> = {
  kind: 'fgsm or pgd',
  norm: 'linf or l2',
  epsilon: 'a number above 0, of pixels in 0 … 1, or a fraction such as 8/255',
  stepSize: 'a number above 0, of pixels in 0 … 1, or a fraction such as 2/255',
};

function refused(options: AttackOptions, field: PropertyKey | undefined): InputError {
  const name = String(field);
  return new InputError('not an attack', {
    place: `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    found: JSON.stringify(options[name as keyof AttackOptions]),
    expected: EXPECTED[name] ?? 'a number within the limits of the study file',
  });
}
