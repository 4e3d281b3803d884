import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Numbering } from "../../../api/contract";
import { sentenceOf } from "../../../api/problem";
import { get } from "../../../api/request";
import { cache } from "../../../core/session/cache";
import { Failed, Waiting } from "../../../ui/state";
import { KindNumbering } from "./KindNumbering";
import "./words";

const KEY = ["numbering", "masks"];

/** How each kind of card is numbered: one mask each, with its next numbers in sight. */
export function Masks() {
  const { t } = useTranslation("numbering");
  const kinds = useQuery({
    queryKey: KEY,
    queryFn: async () => (await get<{ results: Numbering[] }>("numbering/")).results,
  });
  const show = (fresh: Numbering) =>
    cache.setQueryData<Numbering[]>(KEY, (list) =>
      list?.map((one) => (one.kind === fresh.kind ? fresh : one)),
    );

  return (
    <>
      <div className="set-h">
        <h2>{t("title")}</h2>
      </div>
      <p className="t2">{t("about")}</p>
      {kinds.isPending && <Waiting />}
      {kinds.isError && !kinds.data && (
        <Failed text={sentenceOf(kinds.error)} onRetry={() => void kinds.refetch()} />
      )}
      {kinds.data?.map((kind) => (
        <KindNumbering key={kind.kind} kind={kind} onSaved={show} />
      ))}
    </>
  );
}
