/** The files of messages, at the addresses that the messages give. */

import type { FastifyInstance } from 'fastify';
import type { World } from '../state/world.ts';

/** Adds `GET /attachments/:channelId/:fileId/:filename`. */
export async function attachmentFiles(app: FastifyInstance, world: World): Promise<void> {
  app.get<{ Params: { fileId: string } }>('/attachments/:channelId/:fileId/:filename', (request, reply) => {
    const file = world.files.get(request.params.fileId);
    if (file === undefined) return reply.code(404).send('This file does not exist.');
    const isPicture =
      /^(image|video|audio)\/[\w.+-]+$/.test(file.contentType) && file.contentType !== 'image/svg+xml';
    return (
      reply
        .header('content-type', isPicture ? file.contentType : 'application/octet-stream')
        // Members send what they like: the browser must not run it.
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('content-disposition', isPicture ? 'inline' : 'attachment')
        .send(Buffer.from(file.base64, 'base64'))
    );
  });
}
