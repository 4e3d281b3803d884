import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import type { Person } from "../../api/contract";
import { IconButton } from "../../ui/button";
import { trapTab } from "../../ui/dialog";
import { useHotKeys } from "../../ui/keys";
import { Menu, type MenuItem } from "../../ui/menu";
import { usePhone } from "../../ui/screen";
import { say } from "../../ui/toast";
import { useWhoSees } from "../access/WhoSees";
import { type CardKind, refOf } from "../entities/kind";
import { useRemembered } from "../search/recent";
import "./cards.css";
import { useOpenCard } from "./open";
import { useWalk } from "./walk";
import "./words";

interface CardFrameProps {
  kind: CardKind;
  id: string;
  listTitle: string;
  /** What the card is called at its head: its number, or a name where it has none. */
  number: string;
  watch?: ReactNode;
  more: MenuItem[];
  /** Whose card it is: he may ask who sees it. */
  owner?: Person["id"] | undefined;
  body: ReactNode;
  stream: ReactNode;
  /** Words for the phone's switch between the card and its stream. */
  streamCount: number;
  /** What the phone calls the stream of a card that nobody comments on. */
  streamTitle?: string;
}

type Search = Record<string, string>;

/** Opened over the list, or as a page of its own; the address says which. */
export function CardFrame(props: CardFrameProps) {
  const { kind, id } = props;
  const { t } = useTranslation("cards");
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Search;
  const full = search.view === "full";
  const phone = usePhone();
  const whoSees = useWhoSees(kind, id, props.owner);
  const walk = useWalk(id);
  useRemembered(refOf(kind, id));
  useOpenCard(kind.code, props.number);
  const [side, setSide] = useState<"card" | "stream">("card");
  const box = useRef<HTMLDivElement>(null);

  const listSearch = (view?: "full"): Search => {
    const { view: _view, ...rest } = search;
    return view ? { ...rest, view } : rest;
  };
  const go = (to: string, view?: "full") =>
    void navigate({ to, search: listSearch(view) } as never);
  const home = kind.list ?? kind.route;
  const close = () => go(home);
  const step = (to: string | null) => {
    if (to) go(`${home}/${to}`, full ? "full" : undefined);
  };

  useHotKeys({
    Escape: close,
    ArrowLeft: () => step(walk.prev),
    ArrowRight: () => step(walk.next),
    KeyE: () => box.current?.querySelector<HTMLElement>(".card-t")?.focus(),
  });
  useEffect(() => box.current?.focus({ preventScroll: true }), []);

  const copy = async () => {
    await navigator.clipboard.writeText(`${window.location.origin}${kind.route}/${id}`);
    say(t("linkCopied"), { icon: "link" });
  };

  const head = (
    <header className="dr-h">
      <span className="crumb">
        <button type="button" className="link-quiet" onClick={close}>
          {props.listTitle}
        </button>
        {props.number && (
          <>
            <span aria-hidden>/</span>
            <b className="num">{props.number}</b>
          </>
        )}
      </span>
      <span className="grow" />
      {walk.of > 0 && walk.at > 0 && !phone && (
        <span className="f12 t3 num">{t("place", { at: walk.at, of: walk.of })}</span>
      )}
      <IconButton
        icon="chevron-left"
        label={t("prev")}
        small
        disabled={!walk.prev}
        onClick={() => step(walk.prev)}
      />
      <IconButton
        icon="chevron-right"
        label={t("next")}
        small
        disabled={!walk.next}
        onClick={() => step(walk.next)}
      />
      {!phone && (
        <>
          <span className="vsep" />
          <IconButton icon="link" label={t("copyLink")} small onClick={() => void copy()} />
        </>
      )}
      {props.watch}
      {!phone && (
        <IconButton
          icon={full ? "minimize-2" : "maximize-2"}
          label={full ? t("side") : t("full")}
          small
          onClick={() => go(`${home}/${id}`, full ? undefined : "full")}
        />
      )}
      <Menu
        label={t("more")}
        alignEnd
        items={[...whoSees.items, ...props.more]}
        trigger={(open) => <IconButton icon="ellipsis" label={t("more")} small {...open} />}
      />
      <span className="vsep" />
      <IconButton icon="x" label={t("close")} small onClick={close} data-testid="card-close" />
    </header>
  );

  const frame = (
    <div
      ref={box}
      className={`drawer ${full ? "full" : ""} side-${side}`}
      role="dialog"
      aria-modal={!full}
      aria-label={`${props.listTitle} ${props.number}`}
      tabIndex={-1}
      onKeyDown={full ? undefined : trapTab}
      data-testid="card"
    >
      {head}
      {phone && (
        <div className="dr-switch" role="tablist">
          <button
            type="button"
            role="tab"
            aria-selected={side === "card"}
            onClick={() => setSide("card")}
          >
            {t("card")}
          </button>
          <button
            type="button"
            role="tab"
            aria-selected={side === "stream"}
            onClick={() => setSide("stream")}
          >
            {props.streamTitle ?? t("streamComments")}{" "}
            {props.streamCount > 0 && <span className="num">{props.streamCount}</span>}
          </button>
        </div>
      )}
      <div className="dr-l">{props.body}</div>
      {props.stream}
      {whoSees.dialog}
    </div>
  );

  if (full) return frame;
  return createPortal(
    <>
      <div className="over" aria-hidden onPointerDown={close} />
      {frame}
    </>,
    document.body,
  );
}
