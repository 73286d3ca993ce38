/** A list to choose from by keys, by the mouse or by searching. Loaded with what opens it. */
import * as l10n from '@vscode/l10n';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { found, type SearchItem } from './searchItems';

export interface SearchListProperties {
  /** What is chosen here. */
  readonly label: string;
  readonly items: readonly SearchItem[];
  readonly chosen: readonly string[];
  /** Whether several can be chosen: then a choice of what is chosen already lets it go. */
  readonly several?: boolean;
  readonly onChoose: (value: string) => void;
}

/** So many rows at most: of more, a person searches. */
const MOST_ROWS = 400;
const PAGE = 10;

export function SearchList({ label, items, chosen, several = false, onChoose }: SearchListProperties) {
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const [query, setQuery] = useState('');
  const matching = found(items, query);
  const shown = matching.slice(0, MOST_ROWS);
  const [wanted, setWanted] = useState(chosen[0]);
  const active = Math.max(
    0,
    shown.findIndex(({ value }) => value === wanted),
  );

  useLayoutEffect(() => {
    list.current?.querySelector('.active')?.scrollIntoView({ block: 'nearest' });
  }, [wanted, query]);

  function onKeyDown(event: KeyboardEvent): void {
    const to = destination(event, active, shown.length);
    if (to !== undefined) setWanted(shown[to]?.value);
    else if (event.key === 'Enter' && shown[active] !== undefined) onChoose(shown[active].value);
    else return;
    event.preventDefault();
  }

  return (
    <div class="search-list">
      <input
        type="text"
        class="text-field"
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={shown.length === 0 ? undefined : `${id}-${active}`}
        placeholder={l10n.t('Search')}
        value={query}
        onInput={({ currentTarget }) => setQuery(currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <ul id={id} ref={list} role="listbox" aria-label={label} aria-multiselectable={several}>
        {shown.map((item, at) => (
          <>
            {item.group !== undefined && item.group !== shown[at - 1]?.group && (
              <li class="search-group muted" role="presentation">
                {item.group}
              </li>
            )}
            <li
              key={item.value}
              id={`${id}-${at}`}
              role="option"
              class={at === active ? 'active' : ''}
              aria-selected={chosen.includes(item.value)}
              title={item.title}
              onClick={() => {
                setWanted(item.value);
                onChoose(item.value);
              }}
            >
              <span class="search-text">{item.text}</span>
              {item.tags?.map((tag) => (
                <span key={tag} class="tag">
                  {tag}
                </span>
              ))}
              {item.detail !== undefined && <span class="muted">{item.detail}</span>}
            </li>
          </>
        ))}
      </ul>
      <p class="muted" role="status">
        {matching.length === 0
          ? l10n.t('Nothing is called so.')
          : matching.length > shown.length
            ? l10n.t('{0} of {1}: search for the others.', shown.length, matching.length)
            : ''}
      </p>
    </div>
  );
}

/** Home and End are the text's own. */
function destination({ key }: KeyboardEvent, from: number, count: number): number | undefined {
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE };
  const by = Object.hasOwn(steps, key) ? steps[key] : undefined;
  return by === undefined || count === 0 ? undefined : Math.min(Math.max(from + by, 0), count - 1);
}
