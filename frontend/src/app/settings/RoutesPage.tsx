import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import type { RoutedKind, RouteLine } from "../../api/routes";
import { Button, IconButton } from "../../ui/button";
import { Segmented, Tag } from "../../ui/marks";
import { Empty, Failed, Waiting } from "../../ui/state";
import { complain } from "../../ui/toast";
import { ListsPart } from "./routes/ListsPart";
import { NewRoute } from "./routes/NewRoute";
import "./routes/routeset.css";
import { swap, useRoutedKinds, useRoutes, useTypes } from "./routes/settings";
import "./routes/words";
import "./settings.css";

/** Routes of each kind of card in the order in which they are tried, and the approval lists. */
export function Screen() {
  const { t } = useTranslation("routeset");
  const kinds = useRoutedKinds();
  const [code, setCode] = useState("");
  const known = kinds.data ?? [];
  const kind = known.find((one) => one.kind === code) ?? known[0];
  return (
    <>
      <div className="set-h">
        <h2>{t("title")}</h2>
      </div>
      {kinds.isPending && <Waiting />}
      {kinds.isError && (
        <Failed text={sentenceOf(kinds.error)} onRetry={() => void kinds.refetch()} />
      )}
      {kinds.data && known.length === 0 && (
        <Empty icon="git-branch" title={t("noKinds")} text={t("noKindsText")} />
      )}
      {known.length > 1 && kind && (
        <div className="routeset-kinds">
          <Segmented
            label={t("kinds")}
            value={kind.kind}
            options={known.map((one) => ({ value: one.kind, title: one.title }))}
            onChange={setCode}
          />
        </div>
      )}
      {kind && <OfKind key={kind.kind} kind={kind} />}
    </>
  );
}

function OfKind({ kind }: { kind: RoutedKind }) {
  const { t } = useTranslation("routeset");
  const routes = useRoutes(kind.kind);
  const types = useTypes(kind.kind).data ?? [];
  const [adding, setAdding] = useState(false);
  const rows = routes.data ?? [];
  const add = (
    <Button look="primary" icon="plus" onClick={() => setAdding(true)} data-testid="route-add">
      {t("add")}
    </Button>
  );
  const move = async (at: number, step: number) => {
    const [one, other] = [rows[at], rows[at + step]];
    if (!one || !other) return;
    try {
      await swap(one, other);
    } catch (error) {
      complain(sentenceOf(error));
    }
  };
  return (
    <>
      <section className="set-sec" aria-label={t("title")}>
        <header className="row">
          <p className="hint grow">{rows.length > 1 ? t("order") : t("intro")}</p>
          {rows.length > 0 && add}
        </header>
        {routes.isPending && <Waiting />}
        {routes.isError && (
          <Failed text={sentenceOf(routes.error)} onRetry={() => void routes.refetch()} />
        )}
        {routes.data && rows.length === 0 && (
          <Empty icon="git-branch" title={t("none")} text={t("noneText")}>
            {add}
          </Empty>
        )}
        <ul className="routeset-rows">
          {rows.map((row, at) => (
            <RouteRow
              key={row.id}
              row={row}
              type={types.find((one) => one.code === row.card_type)?.title ?? row.card_type}
              onUp={at > 0 ? () => void move(at, -1) : undefined}
              onDown={at < rows.length - 1 ? () => void move(at, 1) : undefined}
            />
          ))}
        </ul>
      </section>
      <ListsPart kind={kind} />
      {adding && <NewRoute kind={kind} onClose={() => setAdding(false)} />}
    </>
  );
}

interface RouteRowProps {
  row: RouteLine;
  type: string;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
}

function RouteRow({ row, type, onUp, onDown }: RouteRowProps) {
  const { t } = useTranslation("routeset");
  const taken = row.by_hand
    ? t("byHandOnly")
    : row.condition
      ? t("when", { condition: row.condition })
      : t("always");
  return (
    <li className="routeset-row" data-testid="route-row">
      <Link to={`/settings/routes/${row.id}` as never} className="routeset-open">
        <span className="b">{row.title}</span>
        <span className="f12 t3">{[row.card_type ? type : t("anyType"), taken].join(" · ")}</span>
      </Link>
      <span className="routeset-marks">
        <Tag tone={row.in_force === null ? "neutral" : "green"}>
          {row.in_force === null ? t("notYet") : t("inForce", { number: row.in_force })}
        </Tag>
        {row.has_draft && <Tag tone="amber">{t("hasDraft")}</Tag>}
        {row.going > 0 && <Tag tone="blue">{t("going", { count: row.going })}</Tag>}
      </span>
      <span className="routeset-moves">
        <IconButton
          icon="arrow-up"
          small
          size={14}
          label={t("up", { title: row.title })}
          disabled={!onUp}
          onClick={onUp}
        />
        <IconButton
          icon="arrow-down"
          small
          size={14}
          label={t("down", { title: row.title })}
          disabled={!onDown}
          onClick={onDown}
        />
      </span>
    </li>
  );
}
