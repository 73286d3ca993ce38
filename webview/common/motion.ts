/** Whether the person has asked for reduced motion, in the system or in VS Code (`workbench.reduceMotion`). */
export function prefersReducedMotion(): boolean {
  return (
    matchMedia('(prefers-reduced-motion: reduce)').matches || document.body.classList.contains('vscode-reduce-motion')
  );
}
