/** Commands that rows of the view show as buttons. A click on one does not give its row the focus. */
export interface Manifest {
  readonly contributes: {
    readonly menus: Readonly<Record<string, readonly { readonly command?: string; readonly group?: string }[]>>;
  };
}

/** @param manifest package.json's content */
export function rowButtons({ contributes }: Manifest): ReadonlySet<string> {
  const entries = contributes.menus['view/item/context'] ?? [];
  return new Set(
    entries.flatMap(({ command, group }) => (group?.startsWith('inline') === true ? (command ?? []) : [])),
  );
}
