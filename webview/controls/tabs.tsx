import './tabs.css';

export interface TabsProperties<Tab extends string> {
  /** Of what they are views. */
  readonly label: string;
  readonly tabs: readonly (readonly [tab: Tab, text: string])[];
  readonly shown: Tab;
  readonly onTab: (tab: Tab) => void;
}

/** The id of the element that all tabs control: the shown tab's content. */
export const TAB_PANEL = 'view';

/** The id of a tab, which names its content. */
export function tabId(tab: string): string {
  return `tab-${tab}`;
}

/** One of several views is shown. The arrow keys, Home and End choose among them, and go round. */
export function Tabs<Tab extends string>({ label, tabs, shown, onTab }: TabsProperties<Tab>) {
  return (
    <div
      class="tabs"
      role="tablist"
      aria-label={label}
      onKeyDown={(event) => {
        const place = tabs.findIndex(([tab]) => tab === shown);
        const targets: Readonly<Record<string, number>> = {
          ArrowLeft: place - 1,
          ArrowRight: place + 1,
          Home: 0,
          End: tabs.length - 1,
        };
        const target = targets[event.key];
        const other = target === undefined ? undefined : tabs[(target + tabs.length) % tabs.length]?.[0];
        if (other === undefined) return;
        event.preventDefault();
        event.currentTarget.querySelector<HTMLElement>(`#${tabId(other)}`)?.focus();
        onTab(other);
      }}
    >
      {tabs.map(([tab, text]) => (
        <button
          key={tab}
          id={tabId(tab)}
          class="tab"
          role="tab"
          aria-controls={TAB_PANEL}
          aria-selected={tab === shown}
          tabIndex={tab === shown ? 0 : -1}
          onClick={() => onTab(tab)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
