/** A place in the configuration, as zod reports it. */
export type Path = readonly PropertyKey[];

/** A step on the way to a place. An item of a list is known by its name, if it has one. */
export type PathStep =
  | { readonly key: PropertyKey }
  | { readonly index: number; readonly name: string | undefined };

/** The steps of `path` through `root`. */
export function stepsOf(path: Path, root: unknown): PathStep[] {
  let value = root;
  return path.map((key) => {
    value = (value as Record<PropertyKey, unknown> | undefined)?.[key];
    if (typeof key !== 'number') return { key };
    const name = (value as { name?: unknown } | undefined)?.name;
    return { index: key, name: typeof name === 'string' ? name : undefined };
  });
}

/** `path` as people read it: `onboarding.steps.welcome.after`. */
export function describePath(path: Path, root: unknown): string {
  return stepsOf(path, root)
    .map((step) => ('key' in step ? String(step.key) : (step.name ?? `[${step.index}]`)))
    .join('.');
}
