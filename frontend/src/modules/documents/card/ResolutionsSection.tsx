import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CardSection } from "../../../core/cards/CardParts";
import { ToolFailed, ToolWaiting, toolState } from "../../../core/cards/ToolState";
import { PersonChip } from "../../../core/people/PersonChip";
import { momentText, nearText } from "../../../ui/format";
import { Icon } from "../../../ui/icon";
import type { Doc } from "../document";
import { ResolutionForm } from "./ResolutionForm";
import { useResolutions } from "./resolutions";
import "../words";

/** What heads have written on the document, with the tasks that came of it. */
export function ResolutionsSection({ doc }: { doc: Doc }) {
  const { t } = useTranslation("documents");
  const query = useResolutions(doc.id);
  const [writing, setWriting] = useState(false);
  const may = doc.can?.resolve ?? false;
  const state = toolState(query);
  if (state === "none") return null;
  if (state === "failed") return <ToolFailed title={t("resolutions")} query={query} />;
  // Nothing to wait for where there will hardly be any.
  if (!query.data) return may ? <ToolWaiting title={t("resolutions")} /> : null;
  const rows = query.data.results;
  if (rows.length === 0 && !may) return null;
  return (
    <CardSection
      title={t("resolutions")}
      count={rows.length || ""}
      {...(may && { add: { title: t("resolutionAdd"), run: () => setWriting(true) } })}
    >
      {rows.length === 0 && <p className="hint sec-empty">{t("resolutionsNone")}</p>}
      {rows.map((row) => (
        <article key={row.id} className="doc-res" data-testid="resolution">
          <header className="row f13">
            <PersonChip person={row.author} />
            <span className="t3 num">{momentText(row.given_at)}</span>
          </header>
          <p className="doc-res-text">{row.text}</p>
          {row.tasks.map((task) => (
            <Link
              key={task.ref}
              to={task.route as never}
              className="doc-res-task f13"
              data-testid="resolution-task"
            >
              <Icon name={task.state === "open" ? "circle-dot" : "circle-check-big"} size={14} />
              <span className="num t3">{task.number}</span>
              <span className="el grow">{task.title}</span>
              <span className="t3">{task.status_title}</span>
              {task.due_at && <span className="t3 num">{nearText(task.due_at)}</span>}
            </Link>
          ))}
        </article>
      ))}
      {writing && <ResolutionForm doc={doc} onClose={() => setWriting(false)} />}
    </CardSection>
  );
}
