import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { findPostToReword, writeModelWords } from '../../database/rewording.ts';
import { contentFor, roomForText } from '../../domain/adaptation.ts';
import type { Platform } from '../../domain/platforms.ts';
import type { PostRef, PostWords } from '../../domain/posts.ts';
import { rewordedWords, rewordingPrompt } from '../../domain/rewording.ts';
import { type Completion, complete } from '../../runtime/language-model.ts';
import type { DatabaseContext } from './context.ts';

/** So often the model is asked: whoever writes a post waits for it, and the words for all are as good. */
const MOST_ATTEMPTS = 2;
const RETRY_AFTER = '3s';

/** Having a language model write posts for platforms, where one is configured. */
export function rewordingInDatabase({ database, config, environment }: DatabaseContext) {
  const settings = config.distribution;

  return {
    /**
     * Has the language model write a post in a platform's tone, unless somebody has written it for that platform. If the model fails, the
     * words for all stay, which the preview says. Asked again, it changes nothing that is written.
     */
    async rewordPost(ref: PostRef, platform: Platform): Promise<void> {
      const rules = settings.platforms[platform];
      if (settings.languageModel === undefined || rules === undefined) return;
      const delivery = { ...ref, platform };
      const post = await findPostToReword(database.em.fork(), delivery);
      if (post === undefined) return;
      const { title, text, hashtags } = post;
      const words = { title, text, hashtags };
      const content = contentFor(
        post,
        { platform, words: null, publishedLink: null },
        config.engagement.links,
      );
      const length = roomForText(platform, content, settings);
      const prompt = rewordingPrompt(words, { platform, tone: rules.tone, length });
      const model = { ...settings.languageModel, apiKey: environment.LANGUAGE_MODEL_API_KEY };
      const reworded = rewordedBy(words, await complete(model, prompt, Context.current().cancellationSignal));
      if (reworded !== undefined) await writeModelWords(database.em, delivery, reworded, words);
    },
  };
}

/**
 * What the model has made of `words`. Undefined if it has made nothing of them.
 *
 * @throws ApplicationFailure if it may do so when it is asked again
 */
function rewordedBy(words: PostWords, completion: Completion): PostWords | undefined {
  if (completion.kind === 'answered') return rewordedWords(words, completion.text);
  const { reason, isPassing } = completion;
  if (isPassing && Context.current().info.attempt < MOST_ATTEMPTS) {
    throw ApplicationFailure.create({
      message: reason,
      type: 'LanguageModelFailed',
      nextRetryDelay: RETRY_AFTER,
    });
  }
  return undefined;
}
