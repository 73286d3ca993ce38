/** Explanation methods with their parameters, as they are typed. */
import { chooseMethod, METHODS, type ChosenMethod } from '../../explanations';

type Parameters = Readonly<Record<string, number | string>>;

/**
 * Of several methods each takes those of the parameters that it has; one that none of them has is refused.
 * @param given undefined: the study's of its own method, and the defaults of the others
 * @throws InputError
 */
export function chosenMethods(
  ids: readonly string[],
  given: Parameters | undefined,
  study?: { readonly method: string; readonly parameters?: Parameters | undefined },
): ChosenMethod[] {
  const has = (id: string, name: string): boolean =>
    METHODS.some(({ id: each, parameters }) => each === id && Object.hasOwn(parameters, name));
  return ids.map((id) => {
    const own = Object.entries(given ?? {}).filter(([name]) => has(id, name) || !ids.some((other) => has(other, name)));
    if (own.length === 0) return chooseMethod(id, study?.method === id ? study.parameters : undefined);
    return chooseMethod(id, Object.fromEntries(own));
  });
}
