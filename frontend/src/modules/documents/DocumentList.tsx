import { Outlet, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import { WalkContext } from "../../core/cards/walk";
import { openComposer } from "../../core/entities/module";
import { ChooseRows } from "../../core/lists/ChooseRows";
import { ColumnsButton } from "../../core/lists/ColumnsButton";
import { EntityList } from "../../core/lists/EntityList";
import { isBefore, useGroups, useSummary } from "../../core/lists/groups";
import type { ListQuery } from "../../core/lists/pages";
import { useRowKeys } from "../../core/lists/rowKeys";
import { useRows } from "../../core/lists/rows";
import { useSelection } from "../../core/lists/selection";
import { useDesk } from "../../core/saved_views/desk";
import { SaveView } from "../../core/saved_views/SaveView";
import { ViewTabs } from "../../core/saved_views/ViewTabs";
import { may, useHiddenFields, useMe } from "../../core/session/session";
import { useHotKeys } from "../../ui/keys";
import { usePhone } from "../../ui/screen";
import { Failed, Waiting } from "../../ui/state";
import { DropToDraft } from "./compose/DropToDraft";
import { DOCUMENTS, type Row } from "./document";
import { DocumentPhoneRow, documentColumns } from "./lists/columns";
import { DocumentBulk } from "./lists/DocumentBulk";
import { DocumentFilters } from "./lists/DocumentFilters";
import { DocumentFoot } from "./lists/DocumentFoot";
import { DocumentHead } from "./lists/DocumentHead";
import { DocumentTabs } from "./lists/DocumentTabs";
import { EmptyDocuments } from "./lists/EmptyDocuments";
import {
  type DocumentSearch,
  groupOf,
  orderOf,
  presetOf,
  seenOf,
  tabOf,
  toListQuery,
} from "./query";
import { useCounts } from "./reads";
import "./documents.css";
import "./words";

/** What a row far out of sight must still tell: its caption, and what a change of many rows needs. */
const keptOf = ({ id, version, status, state, due_at, is_overdue, is_draft }: Row) => ({
  id,
  version,
  status,
  state,
  due_at,
  is_overdue,
  is_draft,
});

type Viewed = DocumentSearch & { view?: string };

/** Documents as a list; the card opens over it at its own address. */
export function Screen() {
  const { t } = useTranslation("documents");
  const { t: lists } = useTranslation("lists");
  const navigate = useNavigate();
  const phone = usePhone();
  const me = useMe();
  const search = useSearch({ strict: false }) as Viewed;
  const { documentId } = useParams({ strict: false }) as { documentId?: string };
  const hidden = useHiddenFields(DOCUMENTS.code);
  const { view: _view, ...told } = search;
  const address = seenOf(told, hidden);
  const own = useMemo(() => documentColumns(hidden), [hidden]);
  const desk = useDesk<Row>(DOCUMENTS, address, own, documentId !== undefined);
  const group = groupOf(address);
  const queryText = JSON.stringify({ ...toListQuery(address), ...desk.asks });
  const plain = useMemo<ListQuery>(() => JSON.parse(queryText), [queryText]);
  const figures = useSummary(DOCUMENTS, plain, group);
  const summary = figures.data;
  const { grouped, query, waits } = useGroups(plain, group, figures);
  const find = useRef<HTMLInputElement>(null);
  const [now] = useState(() => new Date());
  const tab = tabOf(address, now);
  const change = useCallback(
    (next: DocumentSearch) =>
      void navigate({
        to: ".",
        search: (old: DocumentSearch) => ({ ...old, ...next }),
        replace: true,
      } as never),
    [navigate],
  );
  const go = (next: DocumentSearch) =>
    void navigate({ to: ".", search: next, replace: true } as never);
  const { rows, see, ...list } = useRows<Row>(DOCUMENTS, query, keptOf);
  const counts = useCounts().data;
  const selection = useSelection(rows.map((row) => row.id));
  const open = useCallback(
    (row: Row) => void navigate({ to: `${DOCUMENTS.route}/${row.id}`, search: true } as never),
    [navigate],
  );
  const enabled = !documentId;
  const current = useRowKeys({ rows, of: queryText, selection, onOpen: open, enabled });
  useHotKeys({ Slash: () => find.current?.focus() }, { enabled });

  const { hasNextPage, isFetchingNextPage } = list;
  const total = hasNextPage ? null : rows.length;
  const walk = useMemo(() => ({ ids: rows.map((row) => row.id), total }), [rows, total]);
  const waiting = list.isPending || waits || isBefore(rows, grouped);
  const bare = rows.length === 0 && !grouped?.groups.length;
  const creates = may(me, "documents.create");
  const create = creates ? () => openComposer.set(DOCUMENTS.code) : undefined;

  return (
    <WalkContext value={walk}>
      <DocumentHead query={plain} columns={desk.columns.flatMap((column) => column.sheet ?? [])} />
      <DocumentTabs
        tab={desk.open ? null : tab}
        counts={counts}
        onTab={(code) => go(presetOf(code, now))}
      >
        <ViewTabs
          kind={DOCUMENTS}
          open={desk.open}
          changed={desk.changed}
          onOpen={desk.openView}
          onGone={desk.leaveView}
        />
        <SaveView
          kind={DOCUMENTS}
          open={desk.open}
          changed={desk.changed}
          parts={desk.parts}
          worth={desk.worth && tab === null}
          onOpen={desk.openView}
          onKept={desk.keptView}
        />
      </DocumentTabs>
      <DocumentFilters search={address} onChange={change} findRef={find}>
        {!phone && <ColumnsButton all={desk.all} choice={desk.choice} onChange={desk.arrange} />}
      </DocumentFilters>
      {desk.open?.is_narrowed && <p className="hint list-note">{t("viewNarrowed")}</p>}
      {group && summary?.groups === null && (
        <p className="hint list-note">{lists("tooManyToGroup")}</p>
      )}
      {waiting && !list.isError && <Waiting rows={10} />}
      {list.isError && rows.length === 0 && (
        <Failed text={sentenceOf(list.error)} onRetry={() => void list.refetch()} />
      )}
      {!waiting && list.isSuccess && bare && (
        <EmptyDocuments tab={tab} onCreate={create} onReset={() => go({})} />
      )}
      {!waiting && !bare && (
        <>
          <EntityList
            label={t("title")}
            rows={rows}
            columns={desk.columns}
            onWidth={desk.setWidth}
            complete={!hasNextPage}
            groupOf={null}
            grouped={grouped}
            selection={selection}
            current={current}
            ordering={orderOf(address)}
            onSort={(order) => change({ order })}
            onMore={list.more}
            onSee={see}
            hrefOf={(row) => `${DOCUMENTS.route}/${row.id}`}
            onOpen={open}
            phoneRow={(row) => <DocumentPhoneRow row={row} />}
          />
          {selection.size > 0 && (
            <DocumentBulk
              rows={rows.filter((row) => selection.has(row.id))}
              loaded={rows.length}
              query={plain}
              summary={summary}
              onClear={() => selection.setAll([])}
            />
          )}
          <DocumentFoot
            shown={rows.length}
            total={total}
            summary={summary}
            loading={isFetchingNextPage}
          >
            {phone && rows.length > 0 && (
              <ChooseRows selection={selection} ids={rows.map((row) => row.id)} />
            )}
          </DocumentFoot>
        </>
      )}
      {creates && enabled && <DropToDraft />}
      <Outlet />
    </WalkContext>
  );
}
