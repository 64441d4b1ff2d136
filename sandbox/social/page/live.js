// Keeps a page of the local platforms up to date while it is open. Without it everything works, once the page is loaded again.

const EVERY_MS = 2_000;

/** Puts what the server shows by now in place of the timelines; what is being filled in stays, and so does what is unfolded. */
async function refresh() {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const part of document.querySelectorAll('[data-live]')) {
    const other = fresh.getElementById(part.id);
    if (other === null || other.dataset.live === part.dataset.live) continue;
    const unfolded = [...part.querySelectorAll('article:has(details[open])')].map(({ id }) => id);
    part.replaceChildren(...other.childNodes);
    part.dataset.live = other.dataset.live;
    for (const id of unfolded)
      document.getElementById(id)?.querySelector('details')?.setAttribute('open', '');
  }
}

setInterval(() => {
  // A server that is away for a moment comes back.
  if (!document.hidden) refresh().catch(() => undefined);
}, EVERY_MS);
