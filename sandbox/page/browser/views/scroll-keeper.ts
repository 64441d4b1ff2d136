// Keeps a list of messages where it is: at its end as new ones come in, or at what is being read.
import { noChange } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive, type ElementPart } from 'lit/directive.js';

const AT_END = 60;
const NEAR_START = 300;

/** What happens as somebody scrolls. */
export interface ScrollEvents {
  /** Differs whenever the list does. */
  version: unknown;
  /** The oldest message comes near. */
  onStart: () => void;
  /** The newest message is in sight. */
  onEnd: () => void;
}

class ScrollKeeper extends AsyncDirective {
  private scroller: HTMLElement | null = null;
  private events: ScrollEvents | null = null;
  private atEnd = true;
  private readonly sizes = new ResizeObserver(() => this.keep());

  override update(part: ElementPart, [events]: [ScrollEvents]): typeof noChange {
    const changed = this.events?.version !== events.version;
    this.events = events;
    // A list that does not fill its place does not grow as messages are added.
    if (changed) requestAnimationFrame(() => this.keep());
    if (this.scroller !== part.element) this.attach(part.element as HTMLElement);
    return noChange;
  }

  render(_events: ScrollEvents): typeof noChange {
    return noChange;
  }

  override disconnected(): void {
    this.sizes.disconnect();
  }

  override reconnected(): void {
    if (this.scroller) this.attach(this.scroller);
  }

  private attach(scroller: HTMLElement): void {
    this.scroller = scroller;
    scroller.addEventListener('scroll', () => this.scrolled(), { passive: true });
    this.sizes.observe(scroller);
    // What grows is the list in it: new messages, older ones, pictures that arrive.
    for (const child of scroller.children) this.sizes.observe(child);
    requestAnimationFrame(() => {
      for (const child of scroller.children) this.sizes.observe(child);
      this.keep();
    });
  }

  private keep(): void {
    if (!this.scroller) return;
    if (this.atEnd) {
      this.scroller.scrollTop = this.scroller.scrollHeight;
      this.events?.onEnd();
    }
    if (this.scroller.scrollHeight <= this.scroller.clientHeight) this.events?.onStart();
  }

  private scrolled(): void {
    const { scroller, events } = this;
    if (!scroller) return;
    const toEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    this.atEnd = toEnd < AT_END;
    if (this.atEnd) events?.onEnd();
    if (scroller.scrollTop < NEAR_START) {
      // At the very top browsers do not hold what is shown in place as something is put before it.
      if (scroller.scrollTop === 0) scroller.scrollTop = 1;
      events?.onStart();
    }
  }
}

/** Put on the element that scrolls. */
export const keepScroll = directive(ScrollKeeper);
