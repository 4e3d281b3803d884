import { useState } from "react";
import type { UploadTicket } from "../../api/contract";
import { reasonOf } from "../../api/problem";
import { post } from "../../api/request";
import { uuid } from "../../api/uuid";
import { sendBytes } from "../../core/attachments/send";

/** A file on its way to the support, or there already. */
export interface Sending {
  key: string;
  name: string;
  size: number;
  share: number;
  /** Its number once it has arrived. */
  id: number | null;
  error: string | null;
}

/** Files of one message: sent as they are chosen, so that the message itself goes at once. */
export function useSending(most: number) {
  const [files, setFiles] = useState<Sending[]>([]);
  const change = (key: string, next: Partial<Sending>) =>
    setFiles((now) => now.map((one) => (one.key === key ? { ...one, ...next } : one)));

  const bring = async (key: string, file: File) => {
    try {
      const ticket = await post<UploadTicket>("help/files/", {
        name: file.name,
        size: file.size,
        content_type: file.type || "application/octet-stream",
      });
      await sendBytes(file, ticket.upload, (share) => change(key, { share }));
      await post(`help/files/${ticket.id}/complete/`);
      change(key, { id: ticket.id });
    } catch (error) {
      const plain = error instanceof Error && error.name === "Error";
      change(key, { error: plain ? error.message : reasonOf(error) });
    }
  };

  /** False when there are more than may go; those that fit are taken. */
  const add = (chosen: Iterable<File>): boolean => {
    const all = [...chosen];
    const taken = all.slice(0, Math.max(0, most - files.length));
    for (const file of taken) {
      const key = uuid();
      const row = { key, name: file.name, size: file.size, share: 0, id: null, error: null };
      setFiles((now) => [...now, row]);
      void bring(key, file);
    }
    return taken.length === all.length;
  };

  return {
    files,
    add,
    remove: (key: string) => setFiles((now) => now.filter((one) => one.key !== key)),
    clear: () => setFiles([]),
    /** Numbers of those that have arrived. */
    ids: files.flatMap(({ id }) => (id === null ? [] : [id])),
    underway: files.some(({ id, error }) => id === null && error === null),
  };
}

export type Files = ReturnType<typeof useSending>;
