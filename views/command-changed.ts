/** To whoever sends a command that is not, or no longer, as Discord was told of it. */
export const COMMAND_CHANGED = 'This command has changed meanwhile. Please type it again.';
