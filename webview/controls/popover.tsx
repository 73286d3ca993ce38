import type { ComponentChildren } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { Button, IconButton } from './button';
import type { IconName } from './icon';

export interface PopoverProperties {
  /** The text of the button; with `alone`, its label. */
  readonly label: string;
  /** What the panel is, where the button says something else. */
  readonly title?: string | undefined;
  readonly icon: IconName;
  /** The button shows its icon alone. */
  readonly alone?: boolean;
  readonly disabled?: boolean;
  /** Awaited before the panel opens: what its content needs. */
  readonly load?: () => Promise<void>;
  /** The panel's content; drawn while it is open. */
  readonly children: (close: () => void) => ComponentChildren;
}

const MARGIN = 8;

/** A button that opens a small panel below it. The browser closes it on Escape or a click elsewhere. */
export function Popover({ label, title, icon, alone = false, disabled = false, load, children }: PopoverProperties) {
  const id = useId();
  const holder = useRef<HTMLSpanElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  // A press on the button closes the open panel before the click arrives, and that click must not open it again.
  const closedAt = useRef(0);
  const close = (): void => panel.current?.hidePopover();

  async function show(): Promise<void> {
    if (performance.now() - closedAt.current < 200) return;
    await load?.();
    panel.current?.showPopover();
  }

  function toggled(event: ToggleEvent): void {
    const element = panel.current;
    const opener = holder.current?.querySelector<HTMLElement>('vscode-button');
    const box = holder.current?.getBoundingClientRect();
    if (element === null || opener === null || opener === undefined || box === undefined) return;
    if (event.newState === 'open') {
      setOpen(true);
      element.style.top = `${box.bottom + 4}px`;
      element.style.maxHeight = `${innerHeight - box.bottom - 4 - MARGIN}px`;
      requestAnimationFrame(() => {
        element.style.left = `${Math.max(Math.min(box.left, innerWidth - element.offsetWidth - MARGIN), MARGIN)}px`;
        element.querySelector<HTMLElement>('vscode-checkbox, vscode-button, vscode-dropdown, button, input')?.focus();
      });
    } else {
      setOpen(false);
      closedAt.current = performance.now();
      if (document.activeElement === document.body || element.contains(document.activeElement)) opener.focus();
    }
  }

  const opens = { title, disabled, expanded: open, onClick: () => void show() };
  return (
    <span class="popover-holder" ref={holder}>
      {alone ? <IconButton label={label} icon={icon} {...opens} /> : <Button label={label} icon={icon} {...opens} />}
      <div
        id={id}
        ref={panel}
        class="popover"
        popover="auto"
        role="dialog"
        aria-label={title ?? label}
        onToggle={toggled}
      >
        {open && children(close)}
      </div>
    </span>
  );
}

/** Rows of a menu inside a popover. */
export function MenuItem({
  label,
  icon,
  onClick,
}: {
  readonly label: string;
  readonly icon: IconName;
  readonly onClick: () => void;
}) {
  return <Button label={label} icon={icon} class="menu-item" onClick={onClick} />;
}
