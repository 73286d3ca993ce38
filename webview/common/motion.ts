/** Whether the person asked for little movement, in the system or in VS Code (`workbench.reduceMotion`). */
export function prefersReducedMotion(): boolean {
  return (
    matchMedia('(prefers-reduced-motion: reduce)').matches || document.body.classList.contains('vscode-reduce-motion')
  );
}
