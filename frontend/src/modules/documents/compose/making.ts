import { sentenceOf } from "../../../api/problem";
import { post, put } from "../../../api/request";
import { sendOne } from "../../../core/attachments/choose";
import { attach } from "../../../core/attachments/uploads";
import { settle } from "../../../core/entities/card";
import { keys } from "../../../core/entities/kind";
import { cache } from "../../../core/session/cache";
import { recount } from "../../../core/session/session";
import { complain } from "../../../ui/toast";
import { DOCUMENTS, type Doc } from "../document";
import { titleOfFile } from "./draft";

/** Write a draft; it stands in the lists at once. */
export async function makeDraft(body: Record<string, unknown>): Promise<Doc> {
  const made = await post<Doc>("documents/", body);
  recount();
  void cache.invalidateQueries({ queryKey: [DOCUMENTS.code] });
  return made;
}

/** Put files into a document; the first of them is its text from now on. */
export async function fileInto(id: number, files: File[]): Promise<void> {
  const [first, ...rest] = files;
  if (!first) return;
  attach(DOCUMENTS, id, rest);
  const file = await sendOne(`documents/${id}/attachments/`, first);
  settle(DOCUMENTS, await put<Doc>(`documents/${id}/text/`, { file }));
  await cache.invalidateQueries({ queryKey: keys.files(DOCUMENTS, id) });
}

/** The same while something else goes on; a file that did not come is told of, the draft stays. */
export function fileLater(id: number, files: File[]): void {
  fileInto(id, files).catch((error: unknown) => complain(sentenceOf(error)));
}

/** A draft out of files alone: it is called as the first of them. */
export async function draftOf(files: File[], type = ""): Promise<Doc> {
  const made = await makeDraft({ title: titleOfFile(files[0]?.name ?? ""), card_type: type });
  fileLater(made.id, files);
  return made;
}

export const registerNow = (doc: Doc): Promise<Doc> =>
  post<Doc>(`documents/${doc.id}/register/`, {}).then((done) => {
    settle(DOCUMENTS, done);
    void cache.invalidateQueries({ queryKey: [DOCUMENTS.code] });
    return done;
  });
