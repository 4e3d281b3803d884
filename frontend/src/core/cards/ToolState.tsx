import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { CardSection } from "./CardParts";
import "./cards.css";
import "./words";

type Asked = Pick<UseQueryResult, "error" | "isError" | "data" | "refetch">;

const SILENT = new Set([403, 404]);

/** A tool that the card has not, or that is not for this reader, is not spoken of. */
export function toolState(query: Asked): "none" | "failed" | "shown" {
  if (query.data !== undefined || !query.isError) return "shown";
  const { error } = query;
  return error instanceof ApiProblem && SILENT.has(error.status) ? "none" : "failed";
}

/** The section's head and a grey line under it; the card does not jump when the rest comes. */
export function ToolWaiting({ title }: { title: string }) {
  const { t } = useTranslation("ui");
  return (
    <CardSection title={title}>
      <div className="tool-wait" role="status">
        <span className="vh">{t("loading")}</span>
        <span className="sk wait" />
      </div>
    </CardSection>
  );
}

/** One line in the place of the section: the rest of the card works on. */
export function ToolFailed({ title, query }: { title: string; query: Asked }) {
  const { t } = useTranslation("ui");
  return (
    <CardSection title={title}>
      <p className="hint sec-empty row" role="alert">
        <span>{sentenceOf(query.error)}</span>
        <button type="button" className="link" onClick={() => void query.refetch()}>
          {t("retry")}
        </button>
      </p>
    </CardSection>
  );
}
