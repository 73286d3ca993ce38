import { InputError } from '../common/errors';

/** A file that is whole and holds no weights that can be read: arguments, a schedule, a program. */
export class NoWeightsError extends InputError {}
