// Polls.
import type { APIMessage, APIPoll, APIPollAnswer } from 'discord-api-types/v10';
import { html, type TemplateResult } from 'lit';
import { vote } from '../actions/writing.ts';
import { relativeTime } from '../text/times.ts';
import { emojiText } from './emoji-text.ts';
import type { View } from './view.ts';

/**
 * Draws a poll. Choosing votes at once; choosing the same answer again takes the vote back.
 * @param message the poll's message
 * @param poll the poll
 * @param view the column
 * @returns the poll
 */
export function pollView(message: APIMessage, poll: APIPoll, view: View): TemplateResult {
  const counts = new Map(poll.results?.answer_counts.map((count) => [count.id, count]));
  const votes = [...counts.values()].reduce((sum, count) => sum + count.count, 0);
  const mine = [...counts.values()].filter((count) => count.me_voted).map((count) => count.id);
  const over = isOver(poll, view.state.now);
  return html`
    <fieldset slot="embeds" class="poll" ?disabled=${over}>
      <legend>${poll.question.text}</legend>
      <p class="poll-hint">${poll.allow_multiselect ? 'Select one or more answers' : 'Select one answer'}</p>
      ${poll.answers.map((answer) => {
        const count = counts.get(answer.answer_id)?.count ?? 0;
        const chosen = mine.includes(answer.answer_id);
        const choose = () => void vote(view.column.memberId, message, nextVote(poll, mine, answer.answer_id));
        return answerView(answer, { count, share: votes ? count / votes : 0, chosen, choose });
      })}
      <p class="poll-foot">
        ${votes === 1 ? '1 vote' : `${votes} votes`} •
        ${over ? 'Poll closed' : poll.expiry ? `closes ${relativeTime(Date.parse(poll.expiry), view.state.now)}` : 'open'}
      </p>
    </fieldset>
  `;
}

function isOver(poll: APIPoll, now: number): boolean {
  return poll.results?.is_finalized === true || (poll.expiry !== null && Date.parse(poll.expiry) <= now);
}

function nextVote(poll: APIPoll, mine: number[], answerId: number): number[] {
  if (mine.includes(answerId)) return mine.filter((id) => id !== answerId);
  return poll.allow_multiselect ? [...mine, answerId] : [answerId];
}

interface AnswerState {
  count: number;
  /** 0 to 1. */
  share: number;
  chosen: boolean;
  choose: () => void;
}

function answerView(answer: APIPollAnswer, { count, share, chosen, choose }: AnswerState): TemplateResult {
  const text = answer.poll_media.text ?? '';
  const percent = Math.round(share * 100);
  return html`
    <button type="button" class="poll-answer ${chosen ? 'mine' : ''}" aria-pressed=${chosen} @click=${choose}>
      <svg class="share" aria-hidden="true" preserveAspectRatio="none"><rect width="${percent}%" height="100%" /></svg>
      ${emojiText(answer.poll_media.emoji)} <span class="answer-text">${text}</span>
      <span class="answer-count">${percent}% <small>(${count})</small></span>
    </button>
  `;
}
