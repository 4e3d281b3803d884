import { Link, Outlet, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../../api/problem";
import { WalkContext } from "../../../core/cards/walk";
import { EntityList } from "../../../core/lists/EntityList";
import { Find } from "../../../core/lists/Find";
import { useRows } from "../../../core/lists/rows";
import { may, useMe } from "../../../core/session/session";
import { Button } from "../../../ui/button";
import { countText } from "../../../ui/format";
import { Icon } from "../../../ui/icon";
import { useHotKeys } from "../../../ui/keys";
import { usePhone } from "../../../ui/screen";
import { Empty, Failed, Waiting } from "../../../ui/state";
import { TemplatePhoneRow, templateColumns } from "./columns";
import { TemplateComposer } from "./TemplateComposer";
import { TEMPLATES, type TemplateRow } from "./template";
import "./templates.css";
import "./words";

interface Search {
  search?: string;
}

/** What a row far out of sight must still tell. */
const keptOf = ({ id }: TemplateRow) => ({ id });

/** Templates of tasks as a list; the card opens over it at its own address. */
export function Screen() {
  const { t } = useTranslation("templates");
  const { t: lists } = useTranslation("lists");
  const navigate = useNavigate();
  const me = useMe();
  const phone = usePhone();
  const { search } = useSearch({ strict: false }) as Search;
  const { templateId } = useParams({ strict: false }) as { templateId?: string };
  const query = useMemo(() => (search ? { search } : ({} as Record<string, string>)), [search]);
  const { rows, see, ...list } = useRows<TemplateRow>(TEMPLATES, query, keptOf);
  const columns = useMemo(templateColumns, []);
  const [current, setCurrent] = useState(-1);
  const [composing, setComposing] = useState(false);
  const find = useRef<HTMLInputElement>(null);
  const mayCreate = may(me, "tasks.create");

  const narrow = (text: string | undefined) => {
    setCurrent(-1);
    void navigate({ to: ".", search: { search: text }, replace: true } as never);
  };
  const open = useCallback(
    (row: TemplateRow) =>
      void navigate({ to: `${TEMPLATES.route}/${row.id}`, search: true } as never),
    [navigate],
  );
  const move = (step: number) => setCurrent(Math.min(rows.length - 1, Math.max(0, current + step)));
  const openCurrent = () => {
    const row = rows[current];
    if (row) open(row);
  };
  useHotKeys(
    {
      KeyJ: () => move(1),
      ArrowDown: () => move(1),
      KeyK: () => move(-1),
      ArrowUp: () => move(-1),
      Enter: openCurrent,
      KeyE: openCurrent,
      Slash: () => find.current?.focus(),
    },
    { enabled: !templateId && !composing },
  );

  const { hasNextPage, isFetchingNextPage } = list;
  const total = hasNextPage ? null : rows.length;
  const walk = useMemo(() => ({ ids: rows.map((row) => row.id), total }), [rows, total]);
  const add = mayCreate && (
    <Button
      look="primary"
      icon="plus"
      onClick={() => setComposing(true)}
      data-testid="template-create"
    >
      {t(phone ? "createShort" : "create")}
    </Button>
  );

  return (
    <WalkContext value={walk}>
      <div className="ph-row">
        <Link to={"/tasks" as never} className="icb" aria-label={t("back")} title={t("back")}>
          <Icon name="arrow-left" />
        </Link>
        <h1>{t(phone ? "short" : "title")}</h1>
        <span className="grow" />
        {rows.length > 0 && add}
      </div>
      {(rows.length > 0 || search) && (
        <div className="filters">
          <Find value={search} onFind={narrow} findRef={find} />
        </div>
      )}
      {list.isPending && <Waiting rows={8} />}
      {list.isError && rows.length === 0 && (
        <Failed text={sentenceOf(list.error)} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess && rows.length === 0 && search && (
        <Empty icon="search" title={lists("nothingFound")} text={lists("nothingFoundText")}>
          <Button onClick={() => narrow("")}>{lists("clearAll")}</Button>
        </Empty>
      )}
      {list.isSuccess && rows.length === 0 && !search && (
        <Empty icon="repeat" title={t("emptyTitle")} text={t("emptyText")}>
          {add}
        </Empty>
      )}
      {rows.length > 0 && (
        <>
          <EntityList
            label={t("title")}
            rows={rows}
            columns={columns}
            complete={!hasNextPage}
            groupOf={null}
            current={current}
            ordering=""
            onSort={() => undefined}
            onMore={list.more}
            onSee={see}
            hrefOf={(row) => `${TEMPLATES.route}/${row.id}`}
            onOpen={open}
            phoneRow={(row) => <TemplatePhoneRow row={row} />}
          />
          <footer className="tfoot">
            <span>{lists("shown", { shown: countText(rows.length) })}</span>
            {isFetchingNextPage && <span>{lists("loadingMore")}</span>}
          </footer>
        </>
      )}
      {composing && <TemplateComposer onClose={() => setComposing(false)} />}
      <Outlet />
    </WalkContext>
  );
}
