import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const run = promisify(execFile);
const PROGRAM = fileURLToPath(new URL('print-workflow-bundle.ts', import.meta.url));
const LARGEST_BYTES = 64 * 1024 * 1024;

/** The code of all workflows as one. Bundling takes about two seconds: once for each process. */
export async function bundleWorkflows(): Promise<{ readonly code: string }> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    logger: new DefaultLogger('WARN'),
  });
  return { code };
}

/** The same, in a process of its own: the compiler's memory, some 180 MB, is not kept for as long as the worker lives. */
export async function bundleWorkflowsApart(): Promise<{ readonly code: string }> {
  const { stdout } = await run(process.execPath, [PROGRAM], { maxBuffer: LARGEST_BYTES });
  return { code: stdout };
}
