import { useQuery } from "@tanstack/react-query";
import type { Attachment, Page } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { addressOf, del, get } from "../../api/request";
import { i18next } from "../../ui/texts";
import { complain } from "../../ui/toast";
import { undoable } from "../../ui/undo";
import { type CardKind, keys } from "../entities/kind";
import { cache } from "../session/cache";

const CHECK_EVERY_MS = 2000;

/** Removed on screen but not yet on the server: a refetch must not bring them back. */
const hidden = new Set<number>();

/** The card's files; while one is being checked we look again, in case the socket is away. */
export function useFiles(kind: CardKind, id: number | string) {
  return useQuery({
    queryKey: keys.files(kind, id),
    queryFn: async ({ signal }) => {
      const path = `${kind.path}/${id}/attachments/`;
      const answer = await get<Page<Attachment> | Attachment[]>(path, { signal });
      const files = Array.isArray(answer) ? answer : answer.results;
      return files.filter((file) => !hidden.has(file.id));
    },
    refetchInterval: (query) =>
      query.state.data?.some((file) => file.state === "checking") ? CHECK_EVERY_MS : false,
  });
}

/** A short-lived link is made at each press, after the rights are checked again. */
export const contentAddress = (file: Attachment): string => addressOfFile(file.id);

/** How a text of the card names a picture: the reader's rights are asked at this address. */
export const addressOfFile = (id: number): string => addressOf(`attachments/${id}/content/`);

export function removeFile(kind: CardKind, id: number | string, file: Attachment): void {
  const key = keys.files(kind, id);
  cache.setQueryData<Attachment[]>(key, (files) => files?.filter((one) => one.id !== file.id));
  hidden.add(file.id);
  const back = () => {
    hidden.delete(file.id);
    return cache.invalidateQueries({ queryKey: key });
  };
  undoable(i18next.t("attachments:removed"), {
    commit: (leaving) => del(`attachments/${file.id}/`, { keepalive: leaving }).then(back),
    undo: back,
    failed: (error) => {
      complain(sentenceOf(error));
      void back();
    },
  });
}
