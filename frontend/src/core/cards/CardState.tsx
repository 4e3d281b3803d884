import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { Empty, Failed, Waiting } from "../../ui/state";
import "./words";

interface Asked<C> {
  data: C | undefined;
  error: unknown;
  isError: boolean;
  refetch: () => unknown;
}

/** What the frame of a card shows: the card itself, that there is none, that it did not come, or that it is coming. */
export function CardState<C>(props: { query: Asked<C>; children: (card: C) => ReactNode }) {
  const { query, children } = props;
  const { t } = useTranslation("cards");
  if (query.data !== undefined) return children(query.data);
  if (query.error instanceof ApiProblem && query.error.status === 404)
    return <Empty icon="circle-help" title={t("gone")} text={t("goneText")} />;
  if (query.isError)
    return <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />;
  return <Waiting rows={8} />;
}
