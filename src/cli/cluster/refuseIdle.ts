/** Options of a submission where nothing is submitted, and of this machine where everything is. */
import { InputError } from '../../common/errors';
import { OF_CLUSTER, optionWord, type ClusterOptions } from './options';

/** What asks or stops, and submits nothing. */
const SUBMITS_NOTHING = ['list', 'status', 'pause', 'cancel', 'script'] as const;

type SweepOptions = ClusterOptions & {
  readonly [Name in (typeof SUBMITS_NOTHING)[number] | 'continue' | 'retry']?: boolean;
} & { readonly jobs?: number };

/** One of them is done, and the others are not. */
const ONE_OF = ['script', 'list', 'status', 'pause', 'cancel', 'continue'] as const;

function refuseTwo(options: SweepOptions): void {
  const asked = ONE_OF.filter((name) => options[name] === true && !(name === 'list' && options.status === true));
  const takesUp = options.retry === true && (options.pause === true || options.cancel === true);
  const [first, second] = [...asked, ...(takesUp ? ['retry'] : [])];
  if (first === undefined || second === undefined) return;
  throw new InputError('two things at once', {
    place: `--${second}`,
    found: `--${first} as well`,
    expected: 'one of them',
    advice: 'Give one command after the other.',
  });
}

/** That nobody thinks it did something. `--on` and `--host` say of which cluster. @throws InputError */
export function refuseIdle(options: SweepOptions): void {
  refuseTwo(options);
  if (options.on !== undefined && options.jobs !== undefined)
    throw new InputError('an option that plays no part here', {
      place: '--jobs',
      expected: 'it without --on',
      advice: 'On a cluster --limit is how many tasks run at once.',
    });
  const doing = SUBMITS_NOTHING.find((name) => options[name] === true);
  const given = OF_CLUSTER.find((name) => name !== 'host' && options[name] !== undefined);
  if (doing === undefined || given === undefined) return;
  throw new InputError('an option that plays no part here', {
    place: optionWord(given),
    expected: `it without --${doing}, which submits nothing`,
  });
}
