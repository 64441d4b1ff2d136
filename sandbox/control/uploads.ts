/** Files that members send through the control API. */

import type { UploadedFile } from '../actions/attachments.ts';
import type { FileUpload } from './api.ts';

/** The files as if they had come by a form. */
export function uploaded(files: FileUpload[] = []): UploadedFile[] {
  return files.map((file, index) => ({
    index,
    filename: file.filename,
    contentType: file.contentType,
    content: Buffer.from(file.base64, 'base64'),
  }));
}
