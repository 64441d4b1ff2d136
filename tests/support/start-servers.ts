/** Starts what the `app` tests share. Jest calls it once before the first of them. */
export default async function startServers(): Promise<void> {}
