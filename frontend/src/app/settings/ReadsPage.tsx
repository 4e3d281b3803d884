import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import type { ReadLine } from "../../api/reads";
import { Button } from "../../ui/button";
import { countText, momentText } from "../../ui/format";
import { Empty, Failed, Waiting } from "../../ui/state";
import { ALL, useReads } from "./reads/asked";
import { ReadFilters } from "./reads/ReadFilters";
import "./reads/reads.css";
import "./reads/words";
import "./settings.css";

/** Who has looked at what is sensitive: for whoever answers for safety. */
export function Screen() {
  const { t } = useTranslation("reads");
  const [asked, setAsked] = useState(ALL);
  const pages = useReads(asked);
  const [first] = pages.data?.pages ?? [];
  const lines = pages.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <>
      <div className="set-h">
        <h2>{t("title")}</h2>
      </div>
      <p className="t2">{t("text")}</p>
      <p className="t3 f12">
        {first && t("kept", { days: first.kept_days })} {t("fields")}
      </p>
      <ReadFilters asked={asked} kinds={first?.kinds ?? []} onChange={setAsked} />
      {pages.isPending && <Waiting rows={5} />}
      {pages.isError && !first && (
        <Failed text={sentenceOf(pages.error)} onRetry={() => void pages.refetch()} />
      )}
      {first && lines.length === 0 && (
        <Empty icon="history" title={t("none")} text={t("noneText")} />
      )}
      {lines.length > 0 && (
        <div className="pane over" data-testid="reads">
          {lines.map((line) => (
            <Line key={line.id} line={line} />
          ))}
        </div>
      )}
      {pages.hasNextPage && (
        <Button
          look="quiet"
          busy={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
          data-testid="reads-more"
        >
          {t("more")}
        </Button>
      )}
    </>
  );
}

const DOORS = ["token", "support", "job"] as const;
type Door = (typeof DOORS)[number];
const isTold = (door: string): door is Door => (DOORS as readonly string[]).includes(door);

function Line({ line }: { line: ReadLine }) {
  const { t } = useTranslation("reads");
  const more = [
    line.detail,
    line.whose && t("ofWhom", { name: line.whose.name }),
    line.count > 1 && t("rows", { number: countText(line.count) }),
    isTold(line.door) && t(line.door),
  ].filter(Boolean);
  return (
    <div className="read-line" data-testid="read-line" data-kind={line.kind}>
      <span className="t3 num">{momentText(line.at)}</span>
      <span>
        <span className="sb">{line.reader?.name ?? "—"}</span> {line.title}
        {line.card && (
          <>
            {": "}
            <Link to={line.card.route as never}>{line.card.title}</Link>
          </>
        )}
        {more.length > 0 && <span className="f12 t2"> ({more.join("; ")})</span>}
      </span>
    </div>
  );
}
