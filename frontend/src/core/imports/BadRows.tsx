import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BadRow, Import, ImportKind } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { Failed, Waiting } from "../../ui/state";
import { complain, say } from "../../ui/toast";
import { fixCell, useBadRows } from "./imports";
import "./words";

const TOLD = 3;

interface BadRowsProps {
  one: Import;
  kind: ImportKind;
}

/** Rows that cannot be read: what stands in them, and a box for each cell that is wrong. */
export function BadRows({ one, kind }: BadRowsProps) {
  const { t } = useTranslation("imports");
  const query = useBadRows(one.id);
  const rows = query.data?.pages.flatMap((page) => page.results) ?? [];
  if (query.isPending) return <Waiting rows={3} />;
  if (query.isError && rows.length === 0)
    return <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />;
  if (rows.length === 0) return null;
  return (
    <section aria-label={t("fix")}>
      <h3>{t("fix")}</h3>
      <p className="t3 f12 imp-lead">
        {t("fixText")} {t("badText")}
      </p>
      <ol className="imp-bad">
        {rows.map((row) => (
          <Row key={row.row} importId={one.id} first={row} kind={kind} />
        ))}
      </ol>
      {query.hasNextPage && (
        <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </section>
  );
}

interface RowProps {
  importId: number;
  first: BadRow;
  kind: ImportKind;
}

/** One row; it stays in its place when it is corrected, so that the others do not jump under the hand. */
function Row({ importId, first, kind }: RowProps) {
  const { t } = useTranslation("imports");
  const [row, setRow] = useState<BadRow | null>(first);
  if (row === null)
    return (
      <li className="imp-fixed t3" data-testid="import-fixed">
        {t("fixed", { number: first.row })}
      </li>
    );
  const told = kind.columns
    .filter(({ code }) => row.cells[code] && !row.errors[code])
    .map(({ code }) => row.cells[code])
    .slice(0, TOLD);
  const fix = async (code: string, text: string) => {
    try {
      const now = await fixCell(importId, row.row, code, text);
      setRow(now);
      if (now === null) say(t("fixed", { number: row.row }));
    } catch (error) {
      complain(sentenceOf(error));
    }
  };
  return (
    <li data-testid="import-bad-row">
      <div className="imp-bad-h">
        <span className="b">{t("row", { number: row.row })}</span>
        <span className="t3 el">{told.join(" · ")}</span>
      </div>
      <div className="imp-cells">
        {kind.columns
          .filter(({ code }) => row.errors[code])
          .map(({ code, title }) => (
            <Cell
              key={code}
              label={title}
              text={row.cells[code] ?? ""}
              error={row.errors[code] ?? ""}
              onFix={(text) => void fix(code, text)}
            />
          ))}
      </div>
    </li>
  );
}

interface CellProps {
  label: string;
  text: string;
  error: string;
  onFix: (text: string) => void;
}

/** A cell that is wrong: typed over, it is read anew by Enter or when it is left. */
function Cell({ label, text, error, onFix }: CellProps) {
  const [typed, setTyped] = useState(text);
  const [sent, setSent] = useState(text);
  const send = () => {
    if (typed === sent) return;
    setSent(typed);
    onFix(typed);
  };
  return (
    <TextField
      label={label}
      error={typed === sent ? error : undefined}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={send}
      enterKeyHint="done"
      onKeyDown={(event) => {
        if (event.key === "Enter") send();
      }}
      data-testid="import-cell"
    />
  );
}
