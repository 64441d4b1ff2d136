// Lets people join.
import { html, type TemplateResult } from 'lit';
import { join } from '../actions/members.ts';
import type { Guild } from '../store/state.ts';
import { dialogView, field, textIn } from './dialog.ts';
import { closeDialog } from './overlay.ts';

const SEVERAL = 10;
const RAID = 50;
const LARGEST_RAID = 5_000;

/**
 * Draws the dialog.
 * @param guild the guild, for its invites
 * @returns one newcomer with a name, ten, or a raid
 */
export function joinDialog(guild: Guild): TemplateResult {
  return dialogView({
    title: 'Somebody joins',
    note: 'They join as they would on Discord, and the bot is told in the same way.',
    size: 'small',
    onClose: closeDialog,
    onSubmit: (form) => void joinOne(form),
    content: html`
      ${field('Name', html`<input name="name" type="text" maxlength="32" placeholder="An invented one" autocomplete="off" />`)}
      <fieldset class="choices">
        <legend class="field-label">Show them</legend>
        <label><input type="radio" name="show" value="here" checked /> in this column</label>
        <label><input type="radio" name="show" value="beside" /> beside it</label>
        <label><input type="radio" name="show" value="nowhere" /> not now</label>
      </fieldset>
      <details class="more-options">
        <summary>More</summary>
        <label class="check"><input type="checkbox" name="pending" /> has not accepted the rules yet</label>
        <label class="check"><input type="checkbox" name="dmsClosed" /> takes no direct messages</label>
        ${
          guild.guild.vanity_url_code === undefined
            ? ''
            : field(
                'By invite',
                html`<input name="inviteCode" type="text" placeholder="Code, if any" autocomplete="off" />`,
              )
        }
      </details>
      <div class="crowd">
        <span class="field-label">Or many at once</span>
        <div class="crowd-row">
          <button type="button" class="button secondary" @click=${() => void joinMany(SEVERAL)}>${SEVERAL} join</button>
          <span class="spring"></span>
          <input name="raid" type="number" aria-label="Size of the raid" min="1" max=${LARGEST_RAID} value=${RAID} />
          <button type="button" class="button danger" @click=${raid}>Raid</button>
        </div>
      </div>
    `,
    actions: html`
      <button type="button" class="button secondary" @click=${closeDialog}>Cancel</button>
      <button type="submit" class="button primary">Join</button>
    `,
  });
}

async function joinOne(form: HTMLFormElement): Promise<void> {
  const data = new FormData(form);
  const shown = data.get('show');
  const joined = await join({
    name: textIn(form, 'name'),
    pending: data.has('pending'),
    dmsClosed: data.has('dmsClosed'),
    inviteCode: textIn(form, 'inviteCode'),
    show: shown === 'beside' || shown === 'nowhere' ? shown : 'here',
  });
  if (joined) closeDialog();
}

function raid(event: Event): void {
  const form = (event.currentTarget as HTMLElement).closest('form');
  const size = form ? Number(textIn(form, 'raid')) : 0;
  if (Number.isInteger(size) && size >= 1 && size <= LARGEST_RAID) void joinMany(size);
}

async function joinMany(count: number): Promise<void> {
  if (await join({ count, show: 'nowhere' })) closeDialog();
}
