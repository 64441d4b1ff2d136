import { fileURLToPath } from 'node:url';

/** The path of a file of the project, given as seen from its root. */
export function fromProject(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
