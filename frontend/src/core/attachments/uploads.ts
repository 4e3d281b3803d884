import type { UploadTicket } from "../../api/contract";
import { ApiProblem } from "../../api/problem";
import { post } from "../../api/request";
import { uuid } from "../../api/uuid";
import { createStore } from "../../ui/store";
import { type CardKind, keys, refOf } from "../entities/kind";
import { cache } from "../session/cache";
import { sendBytes } from "./send";

/** Files on their way up; they outlive the drawer in which they were dropped. */
export interface Upload {
  key: string;
  ref: string;
  name: string;
  size: number;
  share: number;
  error: string | null;
  retry: () => void;
}

export const uploads = createStore<Upload[]>([]);

function update(key: string, change: Partial<Upload>): void {
  uploads.set(uploads.get().map((one) => (one.key === key ? { ...one, ...change } : one)));
}

export function forgetUpload(key: string): void {
  uploads.set(uploads.get().filter((one) => one.key !== key));
}

function describe(file: File) {
  const name = file.name || `Снимок ${new Date().toLocaleString("ru")}.png`.replaceAll(":", ".");
  return { name, size: file.size, content_type: file.type || "application/octet-stream" };
}

async function run(key: string, kind: CardKind, id: number | string, file: File, path: string) {
  update(key, { share: 0, error: null });
  try {
    const ticket = await post<UploadTicket>(path, describe(file));
    await sendBytes(file, ticket.upload, (share) => update(key, { share }));
    await post(`attachments/${ticket.id}/complete/`);
    await cache.invalidateQueries({ queryKey: keys.files(kind, id) });
    forgetUpload(key);
    void cache.invalidateQueries({ queryKey: keys.history(kind, id) });
  } catch (error) {
    const known = error instanceof ApiProblem || error instanceof Error;
    update(key, { error: known ? error.message : String(error) });
  }
}

function start(kind: CardKind, id: number | string, file: File, path: string): void {
  const key = uuid();
  const again = () => void run(key, kind, id, file, path);
  const { name, size } = describe(file);
  const upload = { key, ref: refOf(kind, id), name, size, share: 0, error: null, retry: again };
  uploads.set([...uploads.get(), upload]);
  again();
}

export function attach(kind: CardKind, id: number | string, files: Iterable<File>): void {
  for (const file of files) start(kind, id, file, `${kind.path}/${id}/attachments/`);
}

/** A new version takes the place of the file; the old one stays in its history. */
export function attachVersion(
  kind: CardKind,
  id: number | string,
  attachmentId: number,
  file: File,
): void {
  start(kind, id, file, `attachments/${attachmentId}/versions/`);
}
