import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Export, ImportRow } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { get } from "../../api/request";
import { Button } from "../../ui/button";
import { nearText } from "../../ui/format";
import { Status, type Tone } from "../../ui/marks";
import { Empty, Failed, Waiting } from "../../ui/state";
import { FileBox } from "../attachments/FileBox";
import "../attachments/files.css";
import { may, useMe } from "../session/session";
import "../sheets/words";
import "./imports.css";
import { useImportKinds, useImports } from "./imports";
import { StartImport } from "./StartImport";
import "./words";

const TONES: Partial<Record<ImportRow["state"], Tone>> = {
  done: "green",
  failed: "red",
  undone: "neutral",
  checked: "amber",
  mapping: "amber",
};

/** Where cards come in from files, and what has come so far. */
export function Screen() {
  const { t } = useTranslation("imports");
  const me = useMe();
  return (
    <>
      <div className="imp-h">
        <h2>{t("title")}</h2>
      </div>
      {may(me, "imports.run") && <Coming />}
      {may(me, "sheets.export") && <Gone />}
    </>
  );
}

function Coming() {
  const { t } = useTranslation("imports");
  const { kind } = useSearch({ strict: false }) as { kind?: string };
  const kinds = useImportKinds();
  const imports = useImports(true);
  const rows = imports.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <>
      {kinds.isPending && <Waiting rows={3} />}
      {kinds.isError && (
        <Failed text={sentenceOf(kinds.error)} onRetry={() => void kinds.refetch()} />
      )}
      {kinds.data?.length === 0 && (
        <Empty icon="upload" title={t("nothing")} text={t("nothingText")} />
      )}
      {kinds.data && kinds.data.length > 0 && <StartImport kinds={kinds.data} chosen={kind} />}
      <section className="imp-sec">
        <h3>{t("former")}</h3>
        {imports.isPending && <Waiting rows={3} />}
        {imports.isError && (
          <Failed text={sentenceOf(imports.error)} onRetry={() => void imports.refetch()} />
        )}
        {imports.isSuccess && rows.length === 0 && <p className="t3">{t("none")}</p>}
        <ul className="imp-rows">
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ul>
        {imports.hasNextPage && (
          <Button busy={imports.isFetchingNextPage} onClick={() => void imports.fetchNextPage()}>
            {t("more")}
          </Button>
        )}
      </section>
    </>
  );
}

function Row({ row }: { row: ImportRow }) {
  const { t } = useTranslation("imports");
  const told =
    row.state === "done"
      ? t("made", { count: row.made_count })
      : t("rows", { count: row.rows_count });
  return (
    <li>
      <Link
        to={`/settings/imports/${row.id}` as never}
        className="row imp-row"
        data-testid="import-row"
      >
        <span className="grow imp-name">
          <span className="b el">{row.name}</span>
          <span className="f12 t3">
            {row.kind_title} · {told} · {row.author.name} · {nearText(row.created_at)}
          </span>
        </span>
        <Status tone={TONES[row.state] ?? "blue"}>{row.state_title}</Status>
      </Link>
    </li>
  );
}

/** Files that I have taken out lately: a large one is waited for elsewhere. */
function Gone() {
  const { t } = useTranslation("sheets");
  const me = useMe();
  const exports = useQuery({
    queryKey: ["exports", "mine"],
    queryFn: async () => (await get<{ results: Export[] }>("exports/")).results,
  });
  const files = exports.data ?? [];
  return (
    <section className="imp-sec" data-testid="exports">
      <h3>{t("out")}</h3>
      <p className="t2">
        {t("where")}{" "}
        {may(me, "takeout.see") && <Link to={"/settings/data" as never}>{t("whereAll")}</Link>}
      </p>
      {files.length > 0 && (
        <>
          <h4>{t("mine")}</h4>
          <div className="stack">
            {files.map((one) => (
              <FileBox
                key={one.id}
                name={one.name}
                href={one.url}
                note={`${one.reason ?? t("rows", { count: one.rows_count })} · ${nearText(one.created_at)}`}
              />
            ))}
          </div>
        </>
      )}
    </section>
  );
}
