import { use, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Reader, Readers } from "../../api/contract";
import { Button, IconButton } from "../../ui/button";
import { nearText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import { Menu, type MenuItem } from "../../ui/menu";
import { PatternContext } from "../cards/pattern";
import { ToolFailed, ToolWaiting, toolState } from "../cards/ToolState";
import type { CardKind } from "../entities/kind";
import { PersonChip } from "../people/PersonChip";
import { AskDialog } from "./AskDialog";
import { PrintSheet } from "./PrintSheet";
import { askAgain, askToRead, useReaders, whole, withdraw } from "./readers";
import "./readers.css";
import "./words";

/** What the list needs to know of its card. */
export interface ReadCard {
  id: number;
  version: number;
  number: string;
  title: string;
}

interface ReadersProps {
  kind: CardKind;
  card: ReadCard;
}

/** Who was asked to read any card, who has, when, and who has not. */
export function ReadersSection({ kind, card }: ReadersProps) {
  const { t } = useTranslation("readers");
  const query = useReaders(kind, card.id);
  const [open, setOpen] = useState<"ask" | "print" | null>(null);
  const isPattern = use(PatternContext);
  const state = toolState(query);
  if (state === "none") return null;
  if (state === "failed") return <ToolFailed title={t("title")} query={query} />;
  if (!query.data) return <ToolWaiting title={t("title")} />;
  const list = whole(query.data);
  if (list.asked === 0 && !list.can_edit) return null;
  const close = () => setOpen(null);

  return (
    <section className="sec" aria-label={t("title")} data-testid="readers">
      <ReadersHead kind={kind} card={card} list={list} onOpen={setOpen} />
      {list.asked === 0 ? (
        <p className="hint sec-empty">{t(isPattern ? "emptyPattern" : "empty")}</p>
      ) : (
        <>
          {isPattern ? (
            <p className="hint">{t("pattern")}</p>
          ) : (
            <>
              <div className="bar readers-bar" aria-hidden>
                <i style={{ width: `${Math.round((100 * list.done) / list.asked)}%` }} />
              </div>
              <Changed kind={kind} card={card} list={list} />
            </>
          )}
          <ul className="readers">
            {list.results.map((reader) => (
              <ReaderLine
                key={reader.id}
                reader={reader}
                version={card.version}
                onRemove={
                  list.can_edit && !reader.done_at
                    ? () => withdraw(kind, card.id, reader)
                    : undefined
                }
              />
            ))}
          </ul>
          {query.hasNextPage && (
            <button
              type="button"
              className="link f13 readers-more"
              onClick={() => void query.fetchNextPage()}
            >
              {t("more")}
            </button>
          )}
        </>
      )}
      {open === "ask" && (
        <AskDialog
          kind={kind}
          id={card.id}
          onSend={(asked) => askToRead(kind, card.id, asked)}
          onClose={close}
        />
      )}
      {open === "print" && <PrintSheet kind={kind} card={card} onClose={close} />}
    </section>
  );
}

interface HeadProps extends ReadersProps {
  list: Readers;
  onOpen: (what: "ask" | "print") => void;
}

function ReadersHead({ kind, card, list, onOpen }: HeadProps) {
  const { t } = useTranslation("readers");
  const isPattern = use(PatternContext);
  const items: MenuItem[] = [
    { key: "print", title: t("print"), icon: "printer", run: () => onOpen("print") },
  ];
  if (list.can_edit) {
    items.push({
      key: "again",
      title: t("again"),
      icon: "refresh-cw",
      run: () => void askAgain(kind, card.id, list.round),
    });
  }
  return (
    <header>
      <h3>{t("title")}</h3>
      {list.asked > 0 && (
        <span
          className="n"
          title={isPattern ? undefined : t("progress", { done: list.done, asked: list.asked })}
          data-testid="readers-progress"
        >
          {isPattern ? list.asked : `${list.done}/${list.asked}`}
        </span>
      )}
      <span className="grow" />
      {list.can_edit && (
        <button
          type="button"
          className="add"
          onClick={() => onOpen("ask")}
          data-testid="readers-add"
        >
          <Icon name="plus" size={14} />
          {t("add")}
        </button>
      )}
      {list.asked > 0 && !isPattern && (
        <Menu
          label={t("actions")}
          alignEnd
          items={items}
          trigger={(open) => (
            <IconButton
              icon="ellipsis"
              label={t("actions")}
              small
              {...open}
              data-testid="readers-menu"
            />
          )}
        />
      )}
    </header>
  );
}

const readFormer = (reader: Reader, version: number): boolean =>
  reader.version !== null && reader.version < version;

/** The card says something else than what they have read. */
function Changed({ kind, card, list }: ReadersProps & { list: Readers }) {
  const { t } = useTranslation("readers");
  const former = list.results.filter((one) => readFormer(one, card.version)).length;
  const [busy, setBusy] = useState(false);
  if (former === 0 || !list.can_edit) return null;
  const again = async () => {
    setBusy(true);
    await askAgain(kind, card.id, list.round);
    setBusy(false);
  };
  return (
    <div className="notice tone-amber readers-changed">
      <span className="grow">{t("changed", { count: former })}</span>
      <Button size="sm" busy={busy} onClick={() => void again()} data-testid="readers-again">
        {t("again")}
      </Button>
    </div>
  );
}

interface LineProps {
  reader: Reader;
  version: number;
  onRemove: (() => void) | undefined;
}

function ReaderLine({ reader, version, onRemove }: LineProps) {
  const { t } = useTranslation("readers");
  const isPattern = use(PatternContext);
  const { done_at } = reader;
  return (
    <li className="reader" data-testid="reader" data-done={done_at !== null}>
      <PersonChip person={reader.person} />
      {isPattern ? (
        <span />
      ) : done_at ? (
        <span className="row reader-when">
          {readFormer(reader, version) && <span className="amber">{t("former")}</span>}
          <Icon name="check" size={14} className="green" />
          <span className="vh">{t("confirm")}</span>
          <span className="num">{nearText(done_at)}</span>
        </span>
      ) : (
        <span
          className="row reader-when t3"
          title={t("askedAt", { when: nearText(reader.asked_at) })}
        >
          <Icon name="clock" size={14} />
          {t("waits")}
        </span>
      )}
      {onRemove ? (
        <IconButton
          icon="x"
          size={14}
          small
          label={t("remove", { name: reader.person.name })}
          onClick={onRemove}
          data-testid="reader-remove"
        />
      ) : (
        <span />
      )}
    </li>
  );
}
