/** Prints the code of all workflows as one: what `bundleWorkflowsApart` runs. */

import { bundleWorkflows } from './workflow-bundle.ts';

const { code } = await bundleWorkflows();
process.stdout.write(code);
